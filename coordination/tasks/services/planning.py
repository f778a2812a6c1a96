"""Writing tasks into a program, changing them, carrying them over to the next one."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.enums import SETTLED_STATES
from coordination.programs.models import Program, Section
from coordination.tasks.enums import RoleKind, TargetOperator, TaskOrigin, TaskState
from coordination.tasks.models import Target, Task, TaskRole
from coordination.tasks.permissions import can_create_task, can_edit_task, can_view_task
from coordination.tasks.services.drafts import (
    TaskDraft,
    check,
    confirming_agency_for,
    draft_of,
    in_present_hands,
    span_of,
)
from coordination.tasks.services.states import locked, trace
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import Conflict, RuleBroken


@transaction.atomic
def create_task(program: Program, *, actor: Membership, draft: TaskDraft) -> Task:
    """Write a new task into a program under the program's next number.

    Raises: NotAllowed; RuleBroken at the field that can mend it.
    """
    program = Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
    require(can_create_task(actor, program))
    check(draft, program, actor=actor)
    return _write_new(program, draft, actor=actor)


@transaction.atomic
def edit_task(task: Task, *, actor: Membership, revision: int, draft: TaskDraft) -> Task:
    """Change what is planned about a task that nobody else has changed since the actor opened it.

    Raises: NotAllowed; Conflict when the revision is stale; RuleBroken, also when a settled deadline would move.
    """
    task = locked(task)
    require(can_edit_task(actor, task))
    if task.revision != revision:
        raise Conflict(_("Someone else has just changed this task."))
    check(draft, task.program, actor=actor, task=task)
    before = summary(draft_of(task))
    _write_plan(task, draft)
    task.revision += 1
    task.save()
    _write_roles(task, draft)
    _write_target(task, draft)
    _measure_again(task)
    record(AuditAction.CHANGED, actor=actor, about=task, before=before, after=summary(draft_of(task)))
    task.refresh_from_db()
    return task


@transaction.atomic
def carry_over(
    task: Task,
    *,
    into: Program,
    actor: Membership,
    start_on: date | None,
    due_on: date | None,
    section: Section | None = None,
    title: str | None = None,
) -> Task:
    """Continue an unfinished task in another program, with the quantity reached so far.

    Raises: NotAllowed; RuleBroken when the task is finished well or cancelled.
    """
    require(can_view_task(actor, task))
    require(can_create_task(actor, into))
    if task.state in (TaskState.COMPLETED, TaskState.CANCELLED):
        raise RuleBroken(_("Only an unfinished task can be carried over."))
    draft = replace(
        in_present_hands(draft_of(task)),
        title=title or task.title,
        section=section,
        start_on=start_on,
        due_on=due_on,
        legal_due_on=None,
        origin=TaskOrigin.CARRIED_OVER,
        continues=task,
    )
    return continue_task(task, into=into, actor=actor, draft=draft)


@transaction.atomic
def continue_task(task: Task, *, into: Program, actor: Membership, draft: TaskDraft) -> Task:
    """Write a plan that continues a task: unfinished work keeps the quantity reached, work that recurs begins anew.

    Raises: NotAllowed; RuleBroken as `create_task`.
    """
    require(can_view_task(actor, task))
    carried = create_task(into, actor=actor, draft=replace(draft, continues=task))
    if task.state != TaskState.COMPLETED:
        carried.last_value, carried.last_percent = task.last_value, task.last_percent
        carried.save(update_fields=["last_value", "last_percent"])
    return carried


def summary(draft: TaskDraft) -> dict:
    """A plan in plain values, as the audit keeps it."""
    plain = {name: value for name, value in vars(draft).items() if name not in ("leads", "coordinators")}
    return {
        **{name: str(value) if value is not None else "" for name, value in plain.items()},
        "leads": [named(lead.agency, lead.body or lead.office or "") for lead in draft.leads],
        "coordinators": [named(agency) for agency in draft.coordinators],
    }


def _write_new(program: Program, draft: TaskDraft, *, actor: Membership) -> Task:
    last = program.tasks.aggregate(last=Max("ordinal"))["last"] or 0
    task = Task(program=program, ordinal=last + 1, code=f"{program.code}.{last + 1:02}")
    _write_plan(task, draft)
    task.save()
    _write_roles(task, draft)
    _write_target(task, draft)
    trace(task, "", actor=actor)
    record(AuditAction.CREATED, actor=actor, about=task, after=summary(draft_of(task)))
    task.refresh_from_db()
    return task


def _write_plan(task: Task, draft: TaskDraft) -> None:
    days = span_of(draft, task.program, task=task if task.pk else None)
    _refuse_moved_deadline(task, days.due_on)
    task.title, task.deliverable = draft.title, draft.deliverable
    task.area, task.section = draft.area, draft.section
    task.schedule_kind, task.schedule_number = draft.schedule_kind, draft.schedule_number
    task.start_on, task.due_on, task.legal_due_on = days.start_on, days.due_on, draft.legal_due_on
    task.update_cycle = draft.update_cycle
    task.confirming_agency = confirming_agency_for(draft, task.program)
    task.origin, task.continues = draft.origin, draft.continues
    task.funding, task.note = draft.funding, draft.note


def _refuse_moved_deadline(task: Task, due_on: date | None) -> None:
    if task.pk and task.program.state in SETTLED_STATES and task.due_on != due_on:
        raise RuleBroken(
            _("The parties have agreed this due date. Use “Extend” to move it, with the reason."), "due_on"
        )


def _write_roles(task: Task, draft: TaskDraft) -> None:
    task.roles.all().delete()
    leads = [
        TaskRole(task=task, kind=RoleKind.LEAD, position=place, agency=lead.agency, body=lead.body, office=lead.office)
        for place, lead in enumerate(draft.leads, start=1)
    ]
    ordered = sorted(draft.coordinators, key=lambda agency: (agency.protocol_order, agency.name_sorted, agency.pk))
    coordinators = [
        TaskRole(task=task, kind=RoleKind.COORDINATOR, position=place, agency=agency)
        for place, agency in enumerate(ordered, start=1)
    ]
    TaskRole.objects.bulk_create(leads + coordinators)


def _write_target(task: Task, draft: TaskDraft) -> None:
    task.targets.filter(position=1).delete()
    in_words = draft.target_value is None
    if in_words and not draft.target_words:
        return
    Target.objects.create(
        task=task,
        operator=TargetOperator.IN_WORDS if in_words else draft.target_operator,
        value=draft.target_value,
        unit="" if in_words else draft.target_unit,
        words=draft.target_words,
    )


def _measure_again(task: Task) -> None:
    target = task.targets.first()
    if task.last_value is not None and target is not None and target.is_counted:
        task.last_percent = target.percent_of(task.last_value)
        task.save(update_fields=["last_percent"])
