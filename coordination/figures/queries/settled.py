"""Counting where what is settled was counted already: whole programs from their sums, the rest task by task.

Rule: R-FIG-19. Whoever makes a program sees all its tasks, so its sums are theirs to see. Of a program the actor only
works in, and of an open task with a deadline, every task is looked at; so is everything on a day that is over.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from coordination.figures.expressions import YearOf
from coordination.figures.models import SettledCount
from coordination.figures.scope import Scope, all_years
from coordination.programs.marks import mark_of_programs
from coordination.programs.queries import seen_by
from coordination.programs.sight import ProgramsSeen
from coordination.tasks import judging
from coordination.tasks.enums import Bucket, TaskState
from coordination.tasks.models import Task
from coordination.tasks.queries import past
from records.prepared import Prepared
from records.shelf import Shelf

_KEPT = Shelf(most=64)
_OPEN = Q(state__in=(TaskState.NOT_STARTED, TaskState.IN_PROGRESS), deadline__isnull=False)


def counted_by(*columns: str, scope: Scope, as_of: date) -> list[tuple]:
    """Columns of the program, then first year, last year, bucket and number of the scope's tasks; rows may repeat.

    One query; every task but the settled ones of whole programs is judged on the day.
    """
    if past.is_past(as_of) or scope.own_only or scope.agency_id is not None or scope.area_id is not None:
        return list(_live(all_years(scope, as_of=as_of), columns, as_of))
    return _kept(columns, scope, as_of)


def _kept(columns: tuple[str, ...], scope: Scope, as_of: date) -> list[tuple]:
    """What was counted for those who act for the same agencies on the same day, until a mark of these or of a program
    they see is another one.
    """
    agencies, sight = tuple(sorted(scope.actor.agency_ids())), seen_by(scope.actor)
    seen = sight.programs(None)
    if scope.program_ids is not None:
        seen = seen.only(scope.program_ids)
    key = (agencies, sight.mark, scope.for_anybody(), columns, as_of)
    known, rows = _KEPT.get(key) or ("", [])
    given = {"agencies": agencies, "made": seen.made, "others": seen.others}
    asked = _prepared(scope.for_anybody(), columns, as_of)
    mark, counted = asked.rows_unless(mark_of_programs(seen.keys), known, **given)
    if mark == known:
        return rows
    _KEPT.put(key, (mark, counted))
    return counted


@lru_cache(maxsize=32)
def _prepared(scope: Scope, columns: tuple[str, ...], as_of: date) -> Prepared:
    """The statement of a day; who asks, and of which programs, is told each time."""

    def ask(agencies: tuple[int, ...], **seen: frozenset[int]) -> QuerySet:
        return _settled_and_live(scope.seen_by(agencies, ()), columns, ProgramsSeen(**seen), as_of)

    return Prepared(ask)


def _settled_and_live(scope: Scope, columns: tuple[str, ...], seen: ProgramsSeen, as_of: date) -> QuerySet:
    sums = SettledCount.objects.visible_to(scope.actor)
    if scope.program_ids is not None:
        sums = sums.filter(program_id__in=scope.program_ids)
    settled = sums.order_by().values_list(*columns, "starts", "ends", "bucket").annotate(n=Sum("count"))
    whole, single = (
        Task.objects.visible_to(scope.actor, among=kind).judged_on(as_of)
        for kind in (replace(seen, others=frozenset()), replace(seen, made=frozenset()))
    )
    counts = [_live(whole.filter(_OPEN), columns, as_of)] if seen.made else []
    counts += [_live(single, columns, as_of)] if seen.others else []
    return settled.union(*counts, all=True) if counts else settled


def differences() -> Iterator[str]:
    """Where the sums kept by the database are not what a recount of all tasks gives; a line each."""
    kept = SettledCount.objects.order_by().values_list("program_id", "bucket", "starts", "ends")
    kept = {tuple(row): n for *row, n in kept.annotate(n=Sum("count")) if n}
    settled = Task.objects.filter(judging.NOW.is_counted).exclude(_OPEN).judged_on(date.max)
    years = {"starts": YearOf("start_on"), "ends": YearOf("due_on")}
    counted = settled.annotate(**years).order_by().values_list("program_id", "bucket", "starts", "ends")
    counted = {tuple(row): n for *row, n in counted.annotate(n=Count("pk"))}
    for place in sorted(kept.keys() | counted.keys(), key=str):
        if kept.get(place, 0) != counted.get(place, 0):
            program, bucket, starts, ends = place
            told = {
                "bucket": dict(Bucket.choices).get(bucket, bucket),
                "starts": starts or "…",
                "ends": ends or "…",
                "program": program,
            }
            told |= {"kept": kept.get(place, 0), "counted": counted.get(place, 0)}
            yield (
                _(
                    "Count of settled tasks of program %(program)s, %(bucket)s, %(starts)s–%(ends)s: %(kept)s kept, "
                    "%(counted)s when counted anew. Count anew: manage.py figures --rebuild."
                )
                % told
            )


def _live(tasks: QuerySet[Task], columns: tuple[str, ...], as_of: date) -> QuerySet:
    facts = past.facts_on(as_of)
    years = {"starts": YearOf("start_on"), "ends": YearOf(facts.due_on)}
    counted = tasks.filter(facts.is_counted).annotate(**years).order_by()
    return counted.values_list(*columns, "starts", "ends", "bucket").annotate(n=Count("pk"))
