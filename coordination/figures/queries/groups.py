"""What the database counts: tasks grouped by everything the figures tell apart."""

from datetime import date, timedelta

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractMonth

from coordination.figures.scope import Scope, involving, tasks_of
from coordination.figures.tally import Group
from coordination.handover.models import Handover
from coordination.tasks.enums import Bucket, RoleKind, TaskState
from coordination.tasks.models import Target, Task, TaskRole

_COMMON = ("bucket", "standing", "program_id", "area_id", "due_month", "involves")
_LABELS = {
    "program_code": F("program__code"),
    "program_title": F("program__short_title"),
    "area_code": F("area__code"),
    "area_name": F("area__name"),
    "area_position": F("area__position"),
}
_COUNTED = ~Q(bucket="")


def task_groups(scope: Scope, year: int, *, as_of: date) -> list[Group]:
    """Each task once, under its first lead agency, with late days and targets; one query.

    Rule: R-FIG-6. A task with two leads is counted for the first.
    """
    late_by = ExpressionWrapper(F("completed_on") - F("deadline"), output_field=DurationField())
    late = Q(bucket=Bucket.DONE_LATE.value)
    counted = (
        _prepared(scope, year, as_of=as_of)
        .annotate(lead_id=_first_lead(scope.roles_on), target=_first_target())
        .annotate(done_month=_month_in("completed_on", year))
        .values(*_COMMON, "lead_id", "done_month", **_LABELS)
        .annotate(
            count=Count("pk"),
            late_total=Sum(late_by, filter=late),
            late_most=Max(late_by, filter=late),
            measured=Count("pk", filter=Q(target__isnull=False)),
            reached=Count("pk", filter=Q(last_value__gte=F("target"))),
        )
        .order_by()
    )
    return [_group(row) for row in counted]


def role_groups(scope: Scope, year: int, *, as_of: date) -> list[Group]:
    """Each task once for every agency that leads or coordinates it; `lead_id` holds that agency. One query."""
    counted = (
        _prepared(scope, year, as_of=as_of)
        .filter(roles__isnull=False)
        .values(*_COMMON, lead_id=_agency_of_role(scope.roles_on), **_LABELS)
        .annotate(count=Count("pk", distinct=True), led=Count("pk", distinct=True, filter=Q(roles__kind=RoleKind.LEAD)))
        .order_by()
    )
    return [Group(**row) for row in counted]


def _prepared(scope: Scope, year: int, *, as_of: date) -> QuerySet[Task]:
    """The countable tasks with their month of deadline and whether the scope's agency is in them."""
    involves = Value(True, output_field=BooleanField()) if scope.agency_id is None else involving(scope.agency_id)
    tasks = tasks_of(scope, year, as_of=as_of).filter(_COUNTED)
    return tasks.annotate(due_month=_month_in("deadline", year), involves=involves)


def _month_in(column: str, year: int) -> Case:
    """The month of a day in the year, 0 for a day before it; a completion counts once it is confirmed."""
    known = Q(state=TaskState.COMPLETED) if column == "completed_on" else Q()
    return Case(
        When(known & Q(**{f"{column}__year": year}), then=ExtractMonth(column)),
        When(known & Q(**{f"{column}__year__lt": year}), then=Value(0)),
        output_field=IntegerField(),
    )


def _first_lead(roles_on: date | None) -> Subquery | Coalesce:
    leads = TaskRole.objects.filter(task_id=OuterRef("pk"), kind=RoleKind.LEAD)
    now = Subquery(leads.order_by("position").values("agency_id")[:1])
    if roles_on is None:
        return now
    before = _before_handover(roles_on, part=RoleKind.LEAD.value, position=1)
    return Coalesce(before, now, output_field=BigIntegerField())


def _agency_of_role(roles_on: date | None) -> F | Coalesce:
    now = F("roles__agency_id")
    if roles_on is None:
        return now
    place = {"part": OuterRef("roles__kind"), "position": OuterRef("roles__position")}
    return Coalesce(_before_handover(roles_on, **place), now, output_field=BigIntegerField())


def _before_handover(day: date, **place) -> Subquery:
    """Who had a place in the task on a day: the agency from which it passed on first after that."""
    since = Handover.objects.filter(task_id=OuterRef("pk"), on__gt=day, **place).order_by("on", "pk")
    return Subquery(since.values("from_agency_id")[:1])


def _first_target() -> Subquery:
    """The value progress is measured against; targets in words have none."""
    return Subquery(Target.objects.filter(task_id=OuterRef("pk"), position=1).values("value")[:1])


def _group(row: dict) -> Group:
    total, most = row.pop("late_total") or timedelta(), row.pop("late_most") or timedelta()
    return Group(**row, late_days=total.days, most_late_days=most.days)
