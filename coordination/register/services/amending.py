"""Amending a program in force: a new draft, by an annex or an amending program, that the same parties sign."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.lineage import has_ended
from agencies.models import Membership
from coordination.programs.enums import AmendmentWay, ProgramState
from coordination.programs.models import Program
from coordination.programs.queries import standing_parties
from coordination.programs.services import PartyDraft, create_program, set_legal_bases
from coordination.programs.services.doors import locked, must_be_in
from coordination.register.permissions import can_amend
from coordination.register.queries import amended_by, next_amendment_number, under_way
from coordination.register.queries.amendments import proposed_short_title, proposed_title
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

AMENDED_STATES = (ProgramState.IN_FORCE, ProgramState.EVALUATING)


@transaction.atomic
def amend(
    program: Program,
    *,
    actor: Membership,
    by: str,
    title: str = "",
    period_end: date | None = None,
    beside_another: bool = False,
) -> Program:
    """Begin the draft that amends a program in force; it goes the same way to force and the same parties sign it.

    Rule: R-AMEND-1. What amends an amendment amends the first program. The period may be lengthened, not shortened; a
    second amendment is begun beside one under way only by who was told of that.
    Raises: NotAllowed; Conflict when the program is not in force; RuleBroken naming the field.
    """
    program = locked(program, actor=actor)
    require(can_amend(actor, program))
    must_be_in(program, AMENDED_STATES)
    first = _first(program, actor)
    if by not in AmendmentWay.values:
        raise RuleBroken(_("Choose one of the listed values"), "by")
    period_end = period_end or first.period_end
    if period_end < first.period_end:
        raise RuleBroken(_("The period can be lengthened, not shortened"), "period_end")
    if (open_one := under_way(first)) and not beside_another:
        words = _("Amendment %(code)s is still under way: tick the box to begin another")
        raise RuleBroken(words % {"code": open_one.code}, "beside_another")
    number = next_amendment_number(first)
    draft = _drafted(first, actor, title or proposed_title(first, number), number, period_end)
    draft.amends, draft.amends_by, draft.amendment_number = first, by, number
    draft.save(update_fields=["amends", "amends_by", "amendment_number"])
    told = {"amends_by": str(by), "amendment_number": number}
    record(AuditAction.CHANGED, actor=actor, about=draft, after={"amends": first.code} | told)
    record(AuditAction.CHANGED, actor=actor, about=first, after={"amendment": draft.code} | told)
    return draft


def _first(program: Program, actor: Membership) -> Program:
    """The program an amendment is about, locked: its amendments are numbered one at a time."""
    first = amended_by(program)
    if first.pk == program.pk:
        return program
    first = locked(first, actor=actor)
    require(can_amend(actor, first))
    must_be_in(first, AMENDED_STATES)
    return first


def _drafted(first: Program, actor: Membership, title: str, number: int, period_end: date) -> Program:
    today = clock.today()
    drafter = first.drafting_agency
    draft = create_program(
        actor=actor,
        year=min(max(today.year, first.period_start.year), period_end.year),
        kind=first.kind,
        title=title,
        short_title=proposed_short_title(first, number),
        period_start=first.period_start,
        period_end=period_end,
        parties=_parties(first, today),
        drafting_agency=actor.agency if has_ended(drafter, today) else drafter,
        based_on=first,
        place=first.place,
        recipients=first.recipients,
    )
    if bases := [basis.text for basis in first.legal_bases.all()]:
        set_legal_bases(draft, actor=actor, texts=bases)
    draft.refresh_from_db()
    return draft


def _parties(first: Program, day: date) -> list[PartyDraft]:
    """The parties of the program, or who took them over, in its letterhead order; the lead leads."""
    through = {party.agency_id: party.signs_through for party in first.parties.select_related("signs_through")}
    lead = standing_parties(first, day, lead_first=True)[0]
    return [
        PartyDraft(agency, is_lead=agency == lead, signs_through=_still(through.get(agency.pk), day))
        for agency in standing_parties(first, day)
    ]


def _still(agency, day: date):
    """An agency that signs for a party, while it exists."""
    return None if agency is None or has_ended(agency, day) else agency
