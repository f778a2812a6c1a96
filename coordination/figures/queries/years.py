from datetime import date

from coordination.figures.queries.settled import counted_by
from coordination.figures.scope import Scope, past_keys
from coordination.figures.tally import Group, Tally, tally

_PERIOD = ("program__period_start", "program__period_end")


def tallies_by_year(scope: Scope, *, as_of: date) -> dict[int, Tally]:
    """The buckets of every year the scope has tasks in, judged on one day; one query.

    Rule: R-FIG-5. A task is counted in every year that its program covers and its own days, where it has any, touch.
    """
    by_year: dict[int, list[Group]] = {}
    for first, last, starts, ends, bucket, count in counted_by(*_PERIOD, scope=scope, as_of=as_of):
        group = Group(bucket=bucket, standing="", count=count)
        for year in range(max(first.year, starts or first.year), min(last.year, ends or last.year) + 1):
            by_year.setdefault(year, []).append(group)
    return {
        year: tally(groups, (("year", str(year)), *past_keys(as_of)))
        for year, groups in sorted(by_year.items())
        if any(group.count for group in groups)
    }
