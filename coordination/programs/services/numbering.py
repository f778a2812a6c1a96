"""Writing the number and symbol of a program's paper. The register, a room above, says which number it is."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.programs.models import Program
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def set_number(program: Program, *, actor: Membership, number: int, symbol: str) -> Program:
    """Write the number the register gave; the caller holds the program's row and has asked whether the actor may.

    Raises: RuleBroken where another program of the year bears the same number and symbol.
    """
    before = {"document_number": program.document_number, "document_symbol": program.document_symbol}
    program.document_number, program.document_symbol = number, symbol
    try:
        with transaction.atomic():
            program.save(update_fields=["document_number", "document_symbol", "title_folded"])
    except IntegrityError as broken:
        raise RuleBroken(_("This number is already taken in the same series"), "number") from broken
    after = {"document_number": number, "document_symbol": symbol}
    record(AuditAction.CHANGED, actor=actor, about=program, before=before, after=after)
    return program


@transaction.atomic
def clear_number(program: Program, *, actor: Membership, reason: str) -> Program:
    """Take a number that was voided from its program again; the caller holds the row and has asked.

    The symbol stays proposed for the next one.
    """
    before = {"document_number": program.document_number, "document_symbol": program.document_symbol}
    program.document_number = None
    program.save(update_fields=["document_number", "title_folded"])
    after = {"document_number": None, "document_symbol": program.document_symbol, "reason": reason}
    record(AuditAction.CHANGED, actor=actor, about=program, before=before, after=after)
    return program
