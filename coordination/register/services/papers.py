"""The paper of a program: its number out of the register, and its issue once all have signed."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Agency, Membership
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.programs.permissions import can_assign_number
from coordination.programs.services import set_number
from coordination.programs.services.doors import locked, must_be_in
from coordination.programs.workflow import NUMBERED_STATES
from coordination.register.enums import DocumentType, NumberState
from coordination.register.models import NumberSeries, RegisterEntry
from coordination.register.permissions import can_issue
from coordination.register.queries import live_entry_of, numbering_day
from coordination.register.services.numbers import mark_used, mark_void, must_not_be_printed, take
from coordination.register.services.series import must_be_a_number, series_on
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

ISSUING_STATES = (ProgramState.IN_FORCE, ProgramState.EVALUATING)
MOST_RECIPIENTS = 200
LONGEST_RECIPIENT = 200


@transaction.atomic
def assign_number(
    program: Program, *, actor: Membership, symbol: str, number: int | None = None, skipped: str = ""
) -> Program:
    """Give a program its number out of its lead agency's series: the next one, or a wanted one that is free.

    Rule: R-NUMBER-2. The series is that of the day on the paper, or of today in Hà Nội while it is not signed. The
    number the program had before is void from then on; one the program was issued under stays.
    Raises: NotAllowed; Conflict; RuleBroken naming the field.
    """
    program = locked(program, actor=actor)
    require(can_assign_number(actor, program))
    must_be_in(program, NUMBERED_STATES)
    symbol = _checked_symbol(symbol)
    if number is not None:
        must_be_a_number(number, "number")
    if program.issued_on and program.document_number is not None:
        raise Conflict(_("The program was issued under this number; it can no longer be changed."))
    must_not_be_printed(program)
    series = _series_of(program, actor, number)
    held = live_entry_of(program)
    if held is not None and held.series_id == series.pk and number in (None, held.number):
        held.symbol = symbol
        held.save(update_fields=["symbol", "text_folded"])
        return set_number(program, actor=actor, number=held.number, symbol=symbol)
    if held is not None:
        mark_void(held, actor=actor, reason=_("The program was given another number."))
    entry = take(series, actor=actor, number=number, skipped=skipped, program=program, symbol=symbol)
    program = set_number(program, actor=actor, number=entry.number, symbol=symbol)
    if program.issued_on:
        mark_used(entry, actor=actor, used_on=program.issued_on, dated_on=program.signed_on)
    return program


@transaction.atomic
def issue(program: Program, *, actor: Membership, issued_on: date, recipients: str) -> Program:
    """Record, once, that a program all have signed was sent out: on which day and to whom, one on each line.

    Rule: R-NUMBER-4. A number not known yet does not stop it; a reserved one is used from then on.
    Raises: NotAllowed; Conflict when it was issued already; RuleBroken naming the field.
    """
    program = locked(program, actor=actor)
    require(can_issue(actor, program))
    must_be_in(program, ISSUING_STATES)
    if program.issued_on:
        raise Conflict(_("The program has been issued already; that is recorded once."))
    if issued_on > clock.today():
        raise RuleBroken(_("The day must not be in the future"), "issued_on")
    if issued_on < program.signed_on:
        raise RuleBroken(_("The day of issue must not be before the day of signing"), "issued_on")
    program.issued_on, program.issued_to = issued_on, "\n".join(_checked_recipients(recipients))
    program.save(update_fields=["issued_on", "issued_to"])
    number = program.paper_number if program.document_number is not None else ""
    told = {"issued_on": issued_on, "recipients": program.issued_to, "paper_number": number}
    record(AuditAction.ISSUED, actor=actor, about=program, after=told)
    held = live_entry_of(program)
    if held is not None and held.state == NumberState.RESERVED:
        mark_used(held, actor=actor, used_on=issued_on, dated_on=program.signed_on)
    return program


def _series_of(program: Program, actor: Membership, number: int | None) -> NumberSeries:
    lead = Agency.objects.get(party_to__program=program, party_to__is_lead=True)
    return series_on(lead, DocumentType.of(program.kind), numbering_day(program), actor=actor, first_number=number or 1)


def _checked_symbol(symbol: str) -> str:
    symbol = " ".join(symbol.split())
    if not symbol:
        raise RuleBroken(_("Enter the symbol of the paper"), "symbol")
    if len(symbol) > RegisterEntry._meta.get_field("symbol").max_length:
        raise RuleBroken(_("The symbol has at most 60 characters"), "symbol")
    return symbol


def _checked_recipients(recipients: str) -> list[str]:
    lines = [line for line in (" ".join(line.split()).strip(";. ") for line in recipients.split("\n")) if line]
    if not lines:
        raise RuleBroken(_("Name at least one recipient"), "recipients")
    if len(lines) > MOST_RECIPIENTS:
        raise RuleBroken(_("At most 200 recipients can be named"), "recipients")
    for place, line in enumerate(lines, start=1):
        if len(line) > LONGEST_RECIPIENT:
            told = {"line": place, "most": LONGEST_RECIPIENT}
            raise RuleBroken(_("Line %(line)s is longer than %(most)s characters") % told, "recipients")
    return list(dict.fromkeys(lines))
