from datetime import date

from django.db.models import Count

from coordination.figures.expressions import YearOf
from coordination.figures.scope import Scope, all_years, past_keys
from coordination.figures.tally import Group, Tally, tally
from coordination.programs.models import Program
from coordination.tasks.queries import past


def tallies_by_year(scope: Scope, *, as_of: date) -> dict[int, Tally]:
    """The buckets of every year the scope has tasks in, judged on one day; two queries.

    Rule: R-FIG-5. A task is counted in every year that its program covers and its own days, where it has any, touch.
    """
    facts = past.facts_on(as_of)
    counted = (
        all_years(scope, as_of=as_of)
        .filter(facts.is_counted)
        .annotate(starts=YearOf("start_on"), ends=YearOf(facts.due_on))
        .values_list("program_id", "bucket", "starts", "ends")
        .annotate(count=Count("pk"))
        .order_by()
    )
    periods = _periods(scope)
    by_year: dict[int, list[Group]] = {}
    for program_id, bucket, starts, ends, count in counted:
        first, last = periods[program_id]
        for year in range(max(first, starts or first), min(last, ends or last) + 1):
            by_year.setdefault(year, []).append(Group(bucket=bucket, standing="", count=count))
    return {year: tally(groups, (("year", str(year)), *past_keys(as_of))) for year, groups in sorted(by_year.items())}


def _periods(scope: Scope) -> dict[int, tuple[int, int]]:
    """The first and the last year of each program the actor sees."""
    periods = Program.objects.visible_to(scope.actor).values_list("pk", "period_start", "period_end")
    return {pk: (first.year, last.year) for pk, first, last in periods}
