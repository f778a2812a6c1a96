from datetime import date

from django.db.models import Count

from coordination.figures.scope import Scope, all_years
from coordination.figures.tally import Group, Tally, tally

_SPAN = ("program__period_start__year", "program__period_end__year", "start_on__year", "due_on__year")


def tallies_by_year(scope: Scope, *, as_of: date) -> dict[int, Tally]:
    """The buckets of every year the scope has tasks in, judged on one day; one query.

    Rule: R-FIG-5. A task is counted in every year that its program covers and its own days, where it has any, touch.
    """
    counted = (
        all_years(scope, as_of=as_of).exclude(bucket="").values("bucket", *_SPAN).annotate(count=Count("pk")).order_by()
    )
    by_year: dict[int, list[Group]] = {}
    for row in counted:
        first, last, starts, ends = (row[column] for column in _SPAN)
        group = Group(bucket=row["bucket"], standing="", count=row["count"])
        for year in range(max(first, starts or first), min(last, ends or last) + 1):
            by_year.setdefault(year, []).append(group)
    return {year: tally(groups, (("year", str(year)),)) for year, groups in sorted(by_year.items())}
