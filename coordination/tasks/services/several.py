"""Writing many new tasks at once, as a table brings them: each with its own number, history and entry of the audit."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Max

from agencies.access.decisions import require
from agencies.models import Agency, Membership
from coordination.programs.models import Program
from coordination.tasks.enums import RECURRING_KINDS
from coordination.tasks.models import Target, Task, TaskRole, TaskStateChange
from coordination.tasks.permissions import can_create_task
from coordination.tasks.services.drafts import TaskDraft, confirming_agency_for, measure_of
from coordination.tasks.services.planning import write_plan
from coordination.tasks.services.rows import in_protocol_order, rows_of_new, write_steps
from coordination.tasks.services.summaries import summary
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record_many

_AT_ONCE = 500


def create_several(program: Program, *, actor: Membership, drafts: Sequence[TaskDraft]) -> list[Task]:
    """Write new tasks into a program under its next numbers, in their order.

    A building block: whoever calls it holds the program, has asked every rule of each plan in this transaction, and
    records the act as a whole. Shape: the plans have no groups, no parts of the work and no parts of totals.
    Raises: NotAllowed.
    """
    require(can_create_task(actor, program))
    last = Task.with_binned.filter(program=program).aggregate(last=Max("ordinal"))["last"] or 0
    whole = _with_confirmers(program, drafts)
    tasks = [
        Task(program=program, ordinal=number, code=f"{program.code}.{number:02}")
        for number in range(last + 1, last + len(whole) + 1)
    ]
    for task, draft in zip(tasks, whole, strict=True):
        write_plan(task, draft)
    Task.objects.bulk_create(tasks, batch_size=_AT_ONCE)
    _write_rows(tasks, whole)
    _write_traces(tasks, actor)
    told = ((task, _told(task, draft)) for task, draft in zip(tasks, whole, strict=True))
    record_many(AuditAction.CREATED, actor=actor, told=told)
    return tasks


def _with_confirmers(program: Program, drafts: Sequence[TaskDraft]) -> list[TaskDraft]:
    """The plans with whoever confirms their results; asked once for each set of leads."""
    known: dict[tuple, Agency | None] = {}
    whole = []
    for draft in drafts:
        key = (draft.leads, draft.confirming_agency)
        if key not in known:
            known[key] = confirming_agency_for(draft, program)
        whole.append(replace(draft, confirming_agency=known[key]))
    return whole


def _write_rows(tasks: Sequence[Task], drafts: Sequence[TaskDraft]) -> None:
    roles, targets = [], []
    for task, draft in zip(tasks, drafts, strict=True):
        its_roles, its_targets = rows_of_new(task, draft)
        roles += its_roles
        targets += its_targets
        if draft.schedule_kind in RECURRING_KINDS:
            write_steps(task, draft, is_new=True)
    TaskRole.objects.bulk_create(roles, batch_size=_AT_ONCE)
    Target.objects.bulk_create(targets, batch_size=_AT_ONCE)


def _write_traces(tasks: Sequence[Task], actor: Membership) -> None:
    moment = clock.now()
    changes = [TaskStateChange(task=task, to_state=task.state, at=moment, by=actor) for task in tasks]
    TaskStateChange.objects.bulk_create(changes, batch_size=_AT_ONCE)


def _told(task: Task, draft: TaskDraft) -> dict:
    """The plan as it would be read back: with its days, in protocol order, its target measured."""
    return summary(
        replace(
            draft,
            start_on=task.start_on,
            due_on=task.due_on,
            coordinators=tuple(in_protocol_order(draft.coordinators)),
            target_measure=measure_of(draft.targets[0]) if draft.targets else None,
        )
    )
