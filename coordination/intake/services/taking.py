"""Taking a table in once it has been looked at: its tasks written into their programs, all of them or none."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.intake.models import TakenRow, TaskTable
from coordination.intake.permissions import CLOSED_TO_TASKS, can_take_in
from coordination.intake.queries import Preview, RowSeen, preview_of
from coordination.intake.queries.grids import grids_of
from coordination.intake.queries.layouts import head_for
from coordination.intake.services.kept import values_of
from coordination.intake.services.locking import held
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.tasks.models import Task
from coordination.tasks.services import draft_of, edit_task, report_progress
from coordination.tasks.services.several import create_several
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

_AT_ONCE = 500


class PreviewChanged(Conflict):
    """What would be written is no longer what was shown; the page shows it anew."""


@transaction.atomic
def take_in(table: TaskTable, *, actor: Membership, digest: str, sheet: int) -> list[Task]:
    """Write the tasks of one sheet exactly as its preview showed them: all of them or none.

    Raises: NotAllowed; Conflict when the program has moved on or the table was taken in already; PreviewChanged when
    a row would now become something else; RuleBroken while anything is to be mended.
    """
    table = held(table, actor)
    if table.taken_in_at is not None:
        raise Conflict(_("The tasks of this table are in the program already."))
    if table.program_id:
        _must_be_open(Program.objects.select_for_update(of=("self",), no_key=True).get(pk=table.program_id))
    require(can_take_in(actor, table))
    preview = _preview(table, actor, sheet)
    if preview.digest != digest:
        raise PreviewChanged(_("Something changed since you looked at the table. Look at it again, then import."))
    if preview.errors:
        raise RuleBroken(_("Mend what is named below first; nothing was written."))
    if not preview.can_be_taken_in:
        raise RuleBroken(_("Every task of the table is in the program already; there is nothing to add."))
    _hold(preview.changed)
    rows = [*_add(table, preview, actor=actor), *(_change(table, row, actor=actor) for row in preview.changed)]
    rows.sort(key=lambda row: row.number)
    TakenRow.objects.bulk_create(rows, batch_size=_AT_ONCE)
    _mark_taken_in(table, preview, rows, actor=actor)
    return [row.task for row in rows]


def _preview(table: TaskTable, actor: Membership, sheet: int) -> Preview:
    grids = grids_of(table.file)
    if not 0 <= sheet < len(grids):
        raise RuleBroken(_("Choose one of the listed values"), "sheet")
    grid = grids[sheet]
    head = head_for(grid, actor)
    return preview_of(grid, table.program, actor=actor, section=table.section, head=head)


def _must_be_open(program: Program) -> None:
    if program.state in CLOSED_TO_TASKS:
        state = ProgramState(program.state).label
        raise Conflict(_("The program has meanwhile moved on; it is now: %(state)s.") % {"state": state})


def _hold(rows: list[RowSeen]) -> None:
    """Hold every task that is written until the transaction ends, in one order and before the log is held.

    Raises: PreviewChanged when one was changed or reported on since its row was compared with it.
    """
    seen = {row.task.pk: row.task for row in rows}
    keys = sorted(seen)
    for at in range(0, len(keys), _AT_ONCE):
        some = Task.with_binned.select_for_update(of=("self",)).filter(pk__in=keys[at : at + _AT_ONCE]).order_by("pk")
        if any(_moment_of(task) != _moment_of(seen[task.pk]) for task in some):
            raise PreviewChanged(_("Something changed since you looked at the table. Look at it again, then import."))


def _moment_of(task: Task) -> tuple:
    return (task.revision, task.state, task.last_reported_at)


def _add(table: TaskTable, preview: Preview, *, actor: Membership) -> list[TakenRow]:
    """The new tasks, program by program; the preview has asked every rule of each a moment ago."""
    programs: dict[int, list[RowSeen]] = {}
    for row in preview.added:
        programs.setdefault(row.program.pk, []).append(row)
    taken = []
    for pk, rows in sorted(programs.items()):
        program = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        tasks = create_several(program, actor=actor, drafts=[row.draft for row in rows])
        taken += [
            TakenRow(table=table, number=row.number, task=task, revision=task.revision)
            for row, task in zip(rows, tasks, strict=True)
        ]
    return taken


def _change(table: TaskTable, row: RowSeen, *, actor: Membership) -> TakenRow:
    """Write the plan of a row first, so that its report is held to the target the row says, then its report.

    Rule: R-WORKBOOK-5.
    """
    task, before, report = row.task, {}, None
    if row.plans:
        before = values_of(draft_of(task), row.plans)
        task = edit_task(task, actor=actor, revision=task.revision, draft=row.draft)
    if row.report:
        report = report_progress(task, actor=actor, **asdict(row.report))
    return TakenRow(table=table, number=row.number, task=task, before=before, report=report, revision=task.revision)


def _mark_taken_in(table: TaskTable, preview: Preview, rows: list[TakenRow], *, actor: Membership) -> None:
    table.taken_in_at = clock.now()
    table.tasks_added, table.tasks_reported = len(preview.added), len(preview.reported)
    table.tasks_changed = sum(bool(row.plans) for row in preview.changed)
    table.save(update_fields=["taken_in_at", "tasks_added", "tasks_changed", "tasks_reported"])
    told = {
        "file": table.file.name,
        "sha256": table.file.sha256,
        "tasks": [row.task.code for row in rows if row.is_addition],
        "changed": [row.task.code for row in rows if row.before],
    }
    if reported := [row.task.code for row in rows if row.report]:
        told["reported"] = reported
    record(AuditAction.CHANGED, actor=actor, about=table, after=told)
