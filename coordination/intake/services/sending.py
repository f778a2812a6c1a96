"""Sending a table of tasks: a workbook, a document, a CSV file, or a range pasted from a sheet."""

from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.intake.models import TaskTable
from coordination.intake.permissions import can_import_tasks, can_send_workbook
from coordination.intake.queries import grids_in
from coordination.intake.reading.safety import check_size, is_separated, office_kind
from coordination.intake.reading.separated import rows_of_file, rows_of_text
from coordination.programs.models import Program, Section
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.files.enums import FileKind
from records.files.services import keep, keep_bytes, must_bear_no_mark
from records.models import StoredFile


@transaction.atomic
def send_table(
    program: Program | None,
    *,
    actor: Membership,
    name: str,
    content: BinaryIO,
    size_bytes: int,
    section: Section | None = None,
) -> TaskTable:
    """Keep a file whose table can be read, to be looked at by whoever sent it. No task is written.

    Without a program each row names its own. A file of plain text is kept as the workbook it would be.
    Raises: NotAllowed; RuleBroken for a file that is too large, locked, damaged or without a table.
    """
    _require(program, actor, section)
    check_size(size_bytes)
    if is_separated(name):
        content.seek(0)
        return _keep_rows(rows_of_file(content.read()), program, actor=actor, name=name, section=section)
    grids_in(content, office_kind(name, content, size_bytes))
    try:
        file = keep(name, content, size_bytes)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, "file") from refusal
    return _told(file, program, actor=actor, section=section)


@transaction.atomic
def send_pasted(program: Program | None, *, actor: Membership, text: str, section: Section | None = None) -> TaskTable:
    """Keep a range pasted from a sheet as the workbook it came from would be. No task is written.

    Raises: NotAllowed; RuleBroken for a text that is no table.
    """
    _require(program, actor, section)
    try:
        rows = rows_of_text(text)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, "pasted") from refusal
    return _keep_rows(rows, program, actor=actor, name=_("pasted table"), section=section)


def _require(program: Program | None, actor: Membership, section: Section | None) -> None:
    require(can_import_tasks(actor, program) if program else can_send_workbook(actor))
    if section is not None and (program is None or section.program_id != program.pk):
        raise RuleBroken(_("Choose a section of this program"), "section")


def _keep_rows(
    rows: Sequence[Sequence[str]], program: Program | None, *, actor: Membership, name: str, section: Section | None
) -> TaskTable:
    from coordination.intake.writing.tables import table_workbook

    content = table_workbook(rows)
    grids_in(BytesIO(content), FileKind.XLSX)
    must_bear_no_mark(name, FileKind.XLSX, BytesIO(content))
    return _told(keep_bytes(name, FileKind.XLSX, content), program, actor=actor, section=section)


def _told(file: StoredFile, program: Program | None, *, actor: Membership, section: Section | None) -> TaskTable:
    table = TaskTable.objects.create(program=program, section=section, file=file, by=actor, sent_at=clock.now())
    told = {"program": program.code if program else "", "file": file.name, "sha256": file.sha256}
    record(AuditAction.CREATED, actor=actor, about=table, after=told)
    return table
