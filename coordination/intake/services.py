"""Sending a task table, and taking all of its rows into the program once they have been looked at."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.intake.models import TaskTable
from coordination.intake.permissions import CLOSED_TO_TASKS, can_import_tasks, can_take_in
from coordination.intake.queries import grids_in, preview_of
from coordination.intake.queries.grids import grids_of
from coordination.intake.reading.safety import office_kind
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program, Section
from coordination.tasks.models import Task
from coordination.tasks.services import create_task
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from records.files.services import keep


class PreviewChanged(Conflict):
    """What would be written is no longer what was shown; the page shows it anew."""


@transaction.atomic
def send_table(
    program: Program,
    *,
    actor: Membership,
    name: str,
    content: BinaryIO,
    size_bytes: int,
    section: Section | None = None,
) -> TaskTable:
    """Keep a file whose table can be read, to be looked at by whoever sent it. No task is written.

    Raises: NotAllowed; RuleBroken for a file that is too large, locked, damaged or without a table.
    """
    require(can_import_tasks(actor, program))
    if section is not None and section.program_id != program.pk:
        raise RuleBroken(_("Choose a section of this program"), "section")
    grids_in(content, office_kind(name, content, size_bytes))
    try:
        file = keep(name, content, size_bytes)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, "file") from refusal
    table = TaskTable.objects.create(program=program, section=section, file=file, by=actor, sent_at=clock.now())
    told = {"program": program.code, "file": file.name, "sha256": file.sha256}
    record(AuditAction.CREATED, actor=actor, about=table, after=told)
    return table


@transaction.atomic
def take_in(table: TaskTable, *, actor: Membership, digest: str, sheet: int) -> list[Task]:
    """Write the tasks of one sheet into the program exactly as its preview showed them: all of them or none.

    Raises: NotAllowed; Conflict when the program has moved on or the table was taken in already; PreviewChanged when
    a row would now become something else; RuleBroken while anything is to be mended.
    """
    table = _held(table, actor)
    program = Program.objects.select_for_update(of=("self",)).get(pk=table.program_id)
    if program.state in CLOSED_TO_TASKS:
        state = ProgramState(program.state).label
        raise Conflict(_("The program has meanwhile moved on; it is now: %(state)s.") % {"state": state})
    require(can_take_in(actor, table))
    grids = grids_of(table.file)
    if not 0 <= sheet < len(grids):
        raise RuleBroken(_("Choose one of the listed values"), "sheet")
    preview = preview_of(grids[sheet], program, actor=actor, section=table.section)
    if preview.digest != digest:
        raise PreviewChanged(_("Something changed since you looked at the table. Look at it again, then import."))
    if preview.errors:
        raise RuleBroken(_("Mend what is named below first; nothing was written."))
    if not preview.drafts:
        raise RuleBroken(_("Every task of the table is in the program already; there is nothing to add."))
    tasks = [create_task(program, actor=actor, draft=draft) for draft in preview.drafts]
    _mark_taken_in(table, tasks, actor=actor)
    return tasks


def _held(table: TaskTable, actor: Membership) -> TaskTable:
    """The table's row, held until the transaction ends."""
    rows = TaskTable.objects.visible_to(actor).select_for_update(of=("self",))
    held = rows.select_related("file", "section", "program").filter(pk=table.pk).first()
    if held is None:
        require(unseen())
    if held.taken_in_at is not None:
        raise Conflict(_("The tasks of this table are in the program already."))
    return held


def _mark_taken_in(table: TaskTable, tasks: list[Task], *, actor: Membership) -> None:
    table.taken_in_at, table.tasks_added = clock.now(), len(tasks)
    table.save(update_fields=["taken_in_at", "tasks_added"])
    told = {"file": table.file.name, "sha256": table.file.sha256, "tasks": [task.code for task in tasks]}
    record(AuditAction.CHANGED, actor=actor, about=table, after=told)
