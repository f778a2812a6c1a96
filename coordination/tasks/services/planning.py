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
from coordination.tasks.enums import FOLLOWING_KINDS, ScheduleKind, TaskOrigin, TaskState
from coordination.tasks.models import DirectionPaper, Task
from coordination.tasks.permissions import can_create_task, can_edit_task, can_view_task
from coordination.tasks.services.checks import check
from coordination.tasks.services.days import span_of
from coordination.tasks.services.drafts import (
    DirectionDraft,
    TaskDraft,
    confirming_agency_for,
    draft_of,
    in_present_hands,
)
from coordination.tasks.services.rows import write_rows
from coordination.tasks.services.states import locked, trace
from coordination.tasks.services.summaries import summary
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from records.text import fold


@transaction.atomic
def create_task(program: Program, *, actor: Membership, draft: TaskDraft) -> Task:
    """Write a new task into a program under the program's next number.

    Why no key is locked: a report on another of its tasks names the program while it holds the log's head, which the
    new task waits for.
    Raises: NotAllowed; RuleBroken at the field that can mend it.
    """
    program = Program.objects.with_parties().select_for_update(of=("self",), no_key=True).get(pk=program.pk)
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
    write_plan(task, draft)
    task.revision += 1
    task.save()
    write_rows(task, draft, is_new=False)
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
        _without_days(in_present_hands(draft_of(task))),
        title=title or task.title,
        section=section,
        start_on=start_on,
        due_on=due_on,
        legal_due_on=None,
        origin=TaskOrigin.CARRIED_OVER,
        continues=task,
    )
    return continue_task(task, into=into, actor=actor, draft=draft)


def _without_days(draft: TaskDraft) -> TaskDraft:
    """The plan without what holds for its own program only: days of waves and parts, the task it comes after."""
    between = draft.schedule_kind in (ScheduleKind.WAVES, *FOLLOWING_KINDS)
    kind = ScheduleKind.RANGE if between else draft.schedule_kind
    return replace(draft, schedule_kind=kind, waves=(), items=(), follows=None, within_days=None)


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


def _write_new(program: Program, draft: TaskDraft, *, actor: Membership) -> Task:
    last = Task.with_binned.filter(program=program).aggregate(last=Max("ordinal"))["last"] or 0
    task = Task(program=program, ordinal=last + 1, code=f"{program.code}.{last + 1:02}")
    write_plan(task, draft)
    task.save()
    write_rows(task, draft, is_new=True)
    trace(task, "", actor=actor)
    record(AuditAction.CREATED, actor=actor, about=task, after=summary(draft_of(task)))
    task.refresh_from_db()
    return task


def write_plan(task: Task, draft: TaskDraft) -> None:
    """A building block: put a plan's values into a task that is written afterwards.

    Raises: RuleBroken when a settled deadline would move.
    """
    days = span_of(draft, task.program, task=task if task.pk else None)
    _refuse_moved_deadline(task, days.due_on)
    task.title, task.deliverable, task.proof = draft.title, draft.deliverable, draft.proof
    task.area, task.section = draft.area, draft.section
    task.schedule_kind, task.schedule_number = draft.schedule_kind, draft.schedule_number
    task.schedule_until, task.due_time = draft.schedule_until, draft.due_time
    task.follows, task.within_days = draft.follows, draft.within_days
    task.start_on, task.due_on, task.legal_due_on = days.start_on, days.due_on, draft.legal_due_on
    task.update_cycle = draft.update_cycle
    task.confirming_agency = confirming_agency_for(draft, task.program)
    task.origin, task.continues = draft.origin, draft.continues
    task.direction = _paper_of(draft.direction, task.program)
    task.funding, task.note = draft.funding, draft.note


def _paper_of(direction: DirectionDraft | None, program: Program) -> DirectionPaper | None:
    """The paper of a direction, entered once in a unit by its number and day; what was known of it is not changed."""
    if direction is None:
        return None
    known = {"unit": program.unit, "number_folded": fold(direction.number), "issued_on": direction.issued_on}
    told = {"number": direction.number, "issuer": direction.issuer, "subject": direction.subject}
    return DirectionPaper.objects.get_or_create(**known, defaults=told)[0]


def _refuse_moved_deadline(task: Task, due_on: date | None) -> None:
    if task.pk and task.program.state in SETTLED_STATES and task.due_on != due_on and not _waits_in_vain(task):
        raise RuleBroken(
            _("The parties have agreed this due date. Use “Extend” to move it, with the reason."), "due_on"
        )


def _waits_in_vain(task: Task) -> bool:
    """Whether its days were to follow from a task that was cancelled: they are then planned like new ones.

    Rule: R-STOP-6.
    """
    return task.due_on is None and task.follows is not None and task.follows.state == TaskState.CANCELLED


def _measure_again(task: Task) -> None:
    target = task.targets.first()
    if task.last_value is not None and target is not None and target.is_counted:
        task.last_percent = target.percent_of(task.last_value)
        task.save(update_fields=["last_percent"])
