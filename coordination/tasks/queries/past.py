"""Tasks as they stood on an earlier day: what happened since is undone, nothing is judged by what is known today.

Rule: R-FIG-14. A day counts whole, up to midnight in the country's time. Of a task whose history was not kept, its own
days tell: it was not completed before it was reported so, nor confirmed before it was confirmed.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime, timedelta

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    DecimalField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from agencies.models import Agency, Membership
from coordination.programs.sight import ProgramsSeen
from coordination.tasks import judging
from coordination.tasks.enums import TaskState
from coordination.tasks.judging import THEN, Facts
from coordination.tasks.models import DueDateChange, ProgressReport, Task, TaskQuerySet, TaskRole, TaskStateChange
from records import clock

_REPORTED = (TaskState.AWAITING, TaskState.COMPLETED)


def is_past(day: date) -> bool:
    """Whether a day is over, so that something may have changed since it."""
    return day < clock.today()


def facts_on(day: date) -> Facts:
    """Under which names tasks judged on a day have their facts."""
    return THEN if is_past(day) else judging.NOW


def judged(
    actor: Membership, day: date, *, entered_since: bool = False, among: ProgramsSeen | None = None
) -> TaskQuerySet:
    """The tasks the actor sees, each with its `standing` and `bucket` on a day, as everything stood on that day.

    `among` are programs the actor was just found to see; only their tasks come.

    Why rights are today's: who may look is a question of now, what is looked at one of then.
    """
    tasks = Task.with_binned if is_past(day) else Task.objects
    return standing_on(tasks.visible_to(actor, among=among), day, entered_since=entered_since)


def standing_on(tasks: TaskQuerySet, day: date, *, entered_since: bool = False) -> TaskQuerySet:
    """Some tasks judged on a day, of a past day as they stood then."""
    return stood_on(tasks, day, entered_since=entered_since) if is_past(day) else tasks.judged_on(day)


def stood_on(tasks: TaskQuerySet, day: date, *, entered_since: bool = False) -> TaskQuerySet:
    """Those of some tasks that were there on a past day, with the facts of `THEN` and what these make of them.

    With `entered_since` those entered only later are taken as there too, as their own days tell of them: for papers
    that compare with a year entered afterwards.
    """
    after = clock.at(day + timedelta(days=1), 0)
    told = ProgressReport.objects.filter(task_id=OuterRef("pk"), entered_at__lt=after).order_by("-entered_at", "-pk")
    known = (
        tasks.filter(Q(binned_at=None) | Q(binned_at__gte=after))
        .annotate(state_then=_state(day, after, entered_since), due_then=_due(after), value_then=_value(after))
        .exclude(state_then="")
        .annotate(
            percent_then=Coalesce(Subquery(told.values("percent")[:1]), _unless_reported_since(after)),
            reported_then=Subquery(told.values("entered_at")[:1]),
        )
        .annotate(deadline_then=Coalesce("legal_due_on", "due_then"), completed_then=_completed(day, after))
    )
    return known.annotate(standing=judging.standing(THEN, day), bucket=judging.bucket(THEN, day))


def put_back(tasks: Iterable[Task], day: date) -> list[Task]:
    """Tasks fetched by `stood_on` with their roles, each as it stood on that day, for pages to show; never to be saved.

    One query, for the agencies that have passed their parts on since.
    """
    tasks = list(tasks)
    roles = [role for task in tasks for role in task.roles.all()]
    holders = {role.agency_id: role.agency for role in roles}
    passed = dict(roles_on(day).filter(pk__in=[role.pk for role in roles]).values_list("pk", "agency_then"))
    holders |= Agency.objects.in_bulk(set(passed.values()) - set(holders))
    for role in roles:
        role.agency = holders[passed.get(role.pk, role.agency_id)]
    return facts_put_back(tasks)


def facts_put_back(tasks: Iterable[Task]) -> list[Task]:
    """Tasks fetched by `stood_on` with the facts of that day, and the agencies of today; never to be saved."""
    tasks = list(tasks)
    for task in tasks:
        for column in (field.name for field in fields(Facts)):
            setattr(task, column, getattr(task, THEN.named(column)))
    return tasks


def roles_on(day: date | None) -> QuerySet[TaskRole]:
    """The parts in tasks, with the agency that had each on a day as `agency_then`; None for those that have it now."""
    if day is None:
        return TaskRole.objects.annotate(agency_then=F("agency_id"))
    passed_on = Task._meta.get_field("handovers").related_model.objects.filter(
        task_id=OuterRef("task_id"), part=OuterRef("kind"), position=OuterRef("position"), on__gt=day
    )
    before = Subquery(passed_on.order_by("on", "pk").values("from_agency_id")[:1])
    return TaskRole.objects.annotate(agency_then=Coalesce(before, F("agency_id"), output_field=BigIntegerField()))


def _state(day: date, after: datetime, entered_since: bool) -> Case:
    """What the first change since came from; empty where the task itself came later."""
    since = TaskStateChange.objects.filter(task_id=OuterRef("pk"), at__gte=after).order_by("at", "pk")
    if entered_since:
        entered = TaskStateChange.objects.filter(task_id=OuterRef("task_id"), at__gte=after, from_state="")
        since = since.exclude(Exists(entered))
    return Case(
        When(Exists(since), then=Subquery(since.values("from_state")[:1])),
        When(state__in=_REPORTED, completed_on__gt=day, then=Value(TaskState.IN_PROGRESS.value)),
        When(state=TaskState.COMPLETED, confirmed_on__gt=day, then=Value(TaskState.AWAITING.value)),
        default=F("state"),
        output_field=CharField(),
    )


def _due(after: datetime) -> Case:
    since = DueDateChange.objects.filter(task_id=OuterRef("pk"), at__gte=after).order_by("at", "pk")
    return Case(
        When(Exists(since), then=Subquery(since.values("old_due_on")[:1])),
        default=F("due_on"),
        output_field=DateField(),
    )


def _value(after: datetime) -> Case:
    since = ProgressReport.objects.filter(task_id=OuterRef("pk"), entered_at__gte=after).order_by("entered_at", "pk")
    return Case(
        When(Exists(since), then=Subquery(since.values("value_before")[:1])),
        default=F("last_value"),
        output_field=DecimalField(max_digits=17, decimal_places=2),
    )


def _unless_reported_since(after: datetime) -> Case:
    since = ProgressReport.objects.filter(task_id=OuterRef("pk"), entered_at__gte=after)
    return Case(When(Exists(since), then=Value(0)), default=F("last_percent"), output_field=IntegerField())


def _completed(day: date, after: datetime) -> Case:
    """The day completion was reported, where it was by then: the task's own, or that of the claim returned since."""
    claims = TaskStateChange.objects.filter(task_id=OuterRef("pk"), to_state=TaskState.AWAITING, at__lt=after)
    claimed_on = claims.order_by("-at", "-pk").annotate(on=TruncDate("at")).values("on")[:1]
    return Case(
        When(THEN.has_state(*_REPORTED) & Q(completed_on__lte=day), then=F("completed_on")),
        When(THEN.has_state(*_REPORTED), then=Coalesce(Subquery(claimed_on), F("completed_on"), Value(day))),
        output_field=DateField(),
    )
