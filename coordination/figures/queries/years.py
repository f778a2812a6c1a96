from datetime import date

from django.db.models import Count, F

from coordination.figures.scope import Scope, all_years
from coordination.figures.tally import Group, Tally, tally


def tallies_by_year(scope: Scope, *, as_of: date) -> dict[int, Tally]:
    """The buckets of every year the scope has tasks in, judged on one day; one query.

    Rule: R-FIG-5. A program of several years is counted in each of them.
    """
    counted = (
        all_years(scope, as_of=as_of)
        .exclude(bucket="")
        .values("bucket", first=F("program__period_start__year"), last=F("program__period_end__year"))
        .annotate(count=Count("pk"))
        .order_by()
    )
    by_year: dict[int, list[Group]] = {}
    for row in counted:
        group = Group(bucket=row["bucket"], standing="", count=row["count"])
        for year in range(row["first"], row["last"] + 1):
            by_year.setdefault(year, []).append(group)
    return {year: tally(groups, [("year", year)]) for year, groups in sorted(by_year.items())}
