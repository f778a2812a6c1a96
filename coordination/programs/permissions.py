"""Who may do what to a program. Whether its state allows it stands in `workflow`; services ask both."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.access.scopes import works_on_content
from agencies.models import Agency, Membership
from coordination.programs.enums import SETTLED_STATES, SIGNED_STATES, SignatureMethod
from coordination.programs.models import Program, ProgramParty, SignatureSlot
from records.errors import Decision
from records.prepared import Prepared

SIGNING_ROLES = (Role.SECRETARY, Role.LEADER)


def can_view_program(actor: Membership, program: Program) -> Decision:
    """Parties and the drafting agency see a program; a coordinator outside sees a settled one it works in.

    Rule: R-SEE-1, for one row what `ProgramQuerySet.visible_to` is for many; a row that a page has just fetched by
    that says in `seen_by` for whom, and is not asked about again.
    """
    if not works_on_content(actor):
        return unseen()
    if makes_program(actor, program) or getattr(program, "seen_by", None) == actor:
        return YES
    if program.state not in SETTLED_STATES:
        return unseen()
    return YES if _WORKED_IN.rows(program=program.pk, agencies=tuple(actor.agency_ids())) else unseen()


def can_view_drafting(actor: Membership, program: Program) -> Decision:
    """How the text came about, versions returned and what was said of them stay between those who make the program."""
    seen = can_view_program(actor, program)
    if not seen or makes_program(actor, program):
        return seen
    return no(
        _("How the program was drafted is seen by its parties only. Ask a secretary of %(agency)s, which drafts it.")
        % {"agency": _drafter(program)}
    )


def can_view_paper(actor: Membership, program: Program) -> Decision:
    """The parties read the paper at any time; a coordinator outside reads it as it was signed by all.

    Rule: R-SEE-5.
    """
    seen = can_view_program(actor, program)
    if not seen or makes_program(actor, program) or program.state in SIGNED_STATES:
        return seen
    return no(
        _("The paper can be read outside the parties once all have signed it. Ask a secretary of %(agency)s.")
        % {"agency": _drafter(program)}
    )


def makes_program(actor: Membership, program: Program) -> bool:
    """Whether the actor acts for a party or for the drafting agency, and so sees the draft."""
    return actor.acts_for(program.drafting_agency_id) or any(actor.acts_for(agency) for agency in _parties_of(program))


def _parties_of(program: Program) -> list[int]:
    """The parties' agencies, from the rows the program came with or by one query."""
    if "parties" in getattr(program, "_prefetched_objects_cache", {}):
        return [party.agency_id for party in program.parties.all()]
    return [agency for (agency,) in _PARTIES.rows(program=program.pk)]


_PARTIES = Prepared(lambda program: ProgramParty.objects.filter(program=program).values_list("agency_id"))
_WORKED_IN = Prepared(
    lambda program, agencies: Program(pk=program).tasks.filter(roles__agency_id__in=agencies).values_list("pk")[:1]
)


def can_create_program(actor: Membership) -> Decision:
    """Secretaries create programs."""
    if actor.role != Role.SECRETARY:
        return no(_("Only a secretary may create a program."))
    return YES


def can_edit_program(actor: Membership, program: Program) -> Decision:
    """A secretary acting for the drafting agency or for the lead party edits the draft."""
    if not (seen := can_view_program(actor, program)):
        return seen
    if actor.role == Role.SECRETARY and (
        actor.acts_for(program.drafting_agency_id) or actor.acts_for(lead_agency_id(program))
    ):
        return YES
    return no(
        _("Only a secretary of %(agency)s, which drafts the program, may do this.") % {"agency": _drafter(program)}
    )


def can_take_step(actor: Membership, program: Program) -> Decision:
    """A secretary acting for the drafting agency moves the program to its next state."""
    if not (seen := can_view_program(actor, program)):
        return seen
    if actor.role == Role.SECRETARY and actor.acts_for(program.drafting_agency_id):
        return YES
    return no(
        _("Only a secretary of %(agency)s, which drafts the program, may do this.") % {"agency": _drafter(program)}
    )


can_send_for_comments = can_end_comments = can_settle = can_reopen = can_lock_for_signing = can_take_step
can_submit = can_record_opinion = can_open_evaluation = can_close = can_assign_number = can_take_step
can_cancel = can_supersede = can_enter_agreement = can_choose_paper_rules = can_take_step
can_plan_signing = can_attest_scan = can_recall_version = can_take_step


def can_state_agreement(actor: Membership, program: Program, party: ProgramParty) -> Decision:
    """A leader or secretary of the party, or of the agency it signs through, says whether it agrees with the text."""
    if not (seen := can_view_program(actor, program)):
        return seen
    if speaks_for(actor, party):
        return YES
    return no(
        _("Only a leader or secretary of %(agency)s may say whether it agrees.")
        % {"agency": party.agency.current_short_name}
    )


def speaks_for(actor: Membership, party: ProgramParty) -> bool:
    """Whether the actor states for a party what it agrees to."""
    through = party.signs_through_id
    mine = actor.acts_for(party.agency_id) or (through is not None and actor.acts_for(through))
    return actor.role in SIGNING_ROLES and mine


def can_name_signer(actor: Membership, slot: SignatureSlot) -> Decision:
    """The party's own secretary or leader, or the drafting secretary, says who signs and by what printed title."""
    if not (seen := can_view_program(actor, slot.version.program)):
        return seen
    if signs_for(actor, slot) or can_take_step(actor, slot.version.program):
        return YES
    return no(_signing_refusal(slot))


def can_record_signature(actor: Membership, slot: SignatureSlot, method: str) -> Decision:
    """The party's own secretary or leader records its signature; the drafting secretary may record one on paper."""
    if not (seen := can_view_program(actor, slot.version.program)):
        return seen
    if signs_for(actor, slot):
        return YES
    if method == SignatureMethod.PAPER and can_take_step(actor, slot.version.program):
        return YES
    return no(_signing_refusal(slot))


def can_return_version(actor: Membership, slot: SignatureSlot) -> Decision:
    """Only the party itself, by its leader or secretary, returns the version with a reason."""
    if not (seen := can_view_program(actor, slot.version.program)):
        return seen
    if signs_for(actor, slot):
        return YES
    return no(_("Only a leader or secretary of %(agency)s may return the version.") % {"agency": slot.agency_name})


def signing_agency_id(slot: SignatureSlot) -> int:
    """The agency that signs for the party: itself, or the one it signs through."""
    return slot.party.signs_through_id or slot.party.agency_id


def lead_agency_id(program: Program) -> int | None:
    """The party that leads the program."""
    return next((party.agency_id for party in program.parties.all() if party.is_lead), None)


def signs_for(actor: Membership, slot: SignatureSlot) -> bool:
    """Whether the actor is a leader or secretary acting for the party, or for the agency it signs through."""
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
