"""Handing out the workbooks of tasks; who took which is told."""

from dataclasses import dataclass

from django.db import transaction

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.models import Program
from coordination.workbooks.permissions import can_take_agency_workbook, can_take_program_workbook
from coordination.workbooks.queries import agency_book, program_book
from records import text
from records.audit.enums import AuditAction
from records.audit.services import record


@dataclass(frozen=True)
class WorkbookFile:
    """The name a workbook is offered under, and its bytes."""

    name: str
    content: bytes


@transaction.atomic
def take_program_workbook(program: Program, *, actor: Membership) -> WorkbookFile:
    """The workbook of a program's tasks, to be written into and sent back.

    Raises: NotAllowed.
    """
    from coordination.workbooks.writing.book import book_of

    require(can_take_program_workbook(actor, program))
    file = WorkbookFile(f"so-nhiem-vu-{program.slug}.xlsx", book_of(program_book(program, actor=actor)))
    record(AuditAction.EXPORTED, actor=actor, about=program, after={"file": file.name})
    return file


@transaction.atomic
def take_agency_workbook(year: int, *, actor: Membership) -> WorkbookFile:
    """The workbook of the tasks the actor's agencies lead in a year.

    Raises: NotAllowed.
    """
    from coordination.workbooks.writing.book import book_of

    require(can_take_agency_workbook(actor))
    name = f"so-nhiem-vu-{text.slug(actor.agency.current_short_name)}-{year}.xlsx"
    file = WorkbookFile(name, book_of(agency_book(actor, year)))
    record(AuditAction.EXPORTED, actor=actor, about=actor.agency, after={"file": file.name})
    return file
