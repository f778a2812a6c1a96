"""Giving a program the number and symbol of its paper."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.models import Program
from coordination.programs.permissions import can_assign_number
from coordination.programs.services.doors import locked, must_be_in
from coordination.programs.workflow import NUMBERED_STATES
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

_LARGEST = 99_999


@transaction.atomic
def assign_number(program: Program, *, actor: Membership, number: int, symbol: str) -> Program:
    """Give the paper its number in the series of its symbol and year; a number is given once.

    Raises: NotAllowed; Conflict; RuleBroken for a number already taken.
    """
    program = locked(program, actor=actor)
    require(can_assign_number(actor, program))
    must_be_in(program, NUMBERED_STATES)
    symbol = " ".join(symbol.split())
    if not symbol:
        raise RuleBroken(_("Enter the symbol of the paper"), "symbol")
    if len(symbol) > 60:
        raise RuleBroken(_("The symbol has at most 60 characters"), "symbol")
    if not 1 <= number <= _LARGEST:
        raise RuleBroken(_("The number must be between 1 and 99999"), "number")
    taken = RuleBroken(_("This number is already taken in the same series"), "number")
    series = Program.objects.filter(unit_id=program.unit_id, document_symbol=symbol, year=program.year)
    if series.filter(document_number=number).exclude(pk=program.pk).exists():
        raise taken
    before = {"document_number": program.document_number, "document_symbol": program.document_symbol}
    program.document_number, program.document_symbol = number, symbol
    try:
        with transaction.atomic():
            program.save(update_fields=["document_number", "document_symbol"])
    except IntegrityError as broken:
        raise taken from broken
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=program,
        before=before,
        after={"document_number": number, "document_symbol": symbol},
    )
    return program
