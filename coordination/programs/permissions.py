"""Who may do what to a program. Whether its state allows it stands in `workflow`; services ask both."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no
from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.programs.enums import SignatureMethod
from coordination.programs.models import Program, SignatureSlot
from records.errors import Decision

SIGNING_ROLES = (Role.SECRETARY, Role.LEADER)


def can_create_program(actor: Membership) -> Decision:
    """Secretaries create programs."""
    if actor.role != Role.SECRETARY:
        return no(_("Only a secretary may create a program."))
    return YES


def can_edit_program(actor: Membership, program: Program) -> Decision:
    """A secretary acting for the drafting agency or for the lead party edits the draft."""
    if actor.role == Role.SECRETARY and (
        actor.acts_for(program.drafting_agency_id) or actor.acts_for(lead_agency_id(program))
    ):
        return YES
    return no(
        _("Only a secretary of %(agency)s, which drafts the program, may do this.") % {"agency": _drafter(program)}
    )


def can_take_step(actor: Membership, program: Program) -> Decision:
    """A secretary acting for the drafting agency moves the program to its next state."""
    if actor.role == Role.SECRETARY and actor.acts_for(program.drafting_agency_id):
        return YES
    return no(
        _("Only a secretary of %(agency)s, which drafts the program, may do this.") % {"agency": _drafter(program)}
    )


can_send_for_comments = can_settle = can_reopen = can_lock_for_signing = can_take_step
can_open_evaluation = can_close = can_assign_number = can_take_step


def can_name_signer(actor: Membership, slot: SignatureSlot) -> Decision:
    """The party's own secretary or leader, or the drafting secretary, says who signs and by what printed title."""
    if _signs_for(actor, slot) or can_take_step(actor, slot.version.program):
        return YES
    return no(_signing_refusal(slot))


def can_record_signature(actor: Membership, slot: SignatureSlot, method: str) -> Decision:
    """The party's own secretary or leader records its signature; the drafting secretary may record one on paper."""
    if _signs_for(actor, slot):
        return YES
    if method == SignatureMethod.PAPER and can_take_step(actor, slot.version.program):
        return YES
    return no(_signing_refusal(slot))


def can_return_version(actor: Membership, slot: SignatureSlot) -> Decision:
    """Only the party itself, by its leader or secretary, returns the version with a reason."""
    if _signs_for(actor, slot):
        return YES
    return no(_("Only a leader or secretary of %(agency)s may return the version.") % {"agency": slot.agency_name})


def signing_agency_id(slot: SignatureSlot) -> int:
    """The agency that signs for the party: itself, or the one it signs through."""
    return slot.party.signs_through_id or slot.party.agency_id


def lead_agency_id(program: Program) -> int | None:
    """The party that leads the program."""
    return next((party.agency_id for party in program.parties.all() if party.is_lead), None)


def _signs_for(actor: Membership, slot: SignatureSlot) -> bool:
    mine = actor.acts_for(slot.party.agency_id) or actor.acts_for(signing_agency_id(slot))
    return actor.role in SIGNING_ROLES and mine


def _signing_refusal(slot: SignatureSlot) -> str:
    return _("Only a leader or secretary of %(agency)s or the drafting secretary of %(drafter)s may do this.") % {
        "agency": slot.agency_name,
        "drafter": _drafter(slot.version.program),
    }


def _drafter(program: Program) -> str:
    agency: Agency = program.drafting_agency
    return agency.current_short_name
