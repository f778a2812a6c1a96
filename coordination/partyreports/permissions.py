"""Who asks for the reports of parties, writes, sends and returns them, and who reads them. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.partyreports.models import PartyReport
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_program, makes_program
from records.errors import Decision

WRITERS = (Role.OFFICIAL, Role.LEADER, Role.SECRETARY)
SENDERS = (Role.LEADER, Role.SECRETARY)


def can_view_party_reports(actor: Membership, program: Program) -> Decision:
    """What the parties report stays between those who make the program. Rule: R-SEE-13."""
    seen = can_view_program(actor, program)
    if not seen or makes_program(actor, program):
        return seen
    return no(
        _("The reports of the parties are read by the parties only. Ask a secretary of %(agency)s, which drafts it.")
        % {"agency": program.drafting_agency.current_short_name}
    )


def can_view_party_report(actor: Membership, report: PartyReport) -> Decision:
    """For one row what `PartyReportQuerySet.visible_to` is for many. Rule: R-SEE-13."""
    return YES if PartyReport.objects.visible_to(actor).filter(pk=report.pk).exists() else unseen()


def can_write_party_report(actor: Membership, program: Program, agency: Agency) -> Decision:
    """Officials, leaders and secretaries write for the party they act for, once the program is signed."""
    if not (seen := can_view_party_reports(actor, program)):
        return seen
    if not any(party.agency_id == agency.pk for party in program.parties.all()):
        return unseen()
    if actor.role not in WRITERS or not actor.acts_for(agency.pk):
        words = _("Only officials, leaders and secretaries of %(agency)s write its report.")
        return no(words % {"agency": agency.current_short_name})
    return _signed(program)


def can_send_party_report(actor: Membership, report: PartyReport) -> Decision:
    """A leader or secretary of the party sends its report to the others, and takes it back."""
    if not (seen := can_view_party_report(actor, report)):
        return seen
    if actor.role in SENDERS and actor.acts_for(report.agency_id):
        return YES
    words = _("Only a leader or secretary of %(agency)s sends its report.")
    return no(words % {"agency": report.agency.current_short_name})


def can_call_for_reports(actor: Membership, program: Program) -> Decision:
    """A leader or secretary of the agency that drafts or leads the program asks the parties for their reports.

    Rule: R-PARTYREPORT-3. Why these: they make the report of all out of the reports of each.
    """
    if not (seen := can_view_party_reports(actor, program)):
        return seen
    if not (actor.role in SENDERS and _gathers(actor, program)):
        words = _("Only a leader or secretary of %(agency)s asks for the reports of the parties.")
        return no(words % {"agency": program.drafting_agency.current_short_name})
    return _signed(program)


def can_return_party_report(actor: Membership, report: PartyReport) -> Decision:
    """Whoever asked for the reports returns one of another party, with the reason. Rule: R-PARTYREPORT-5."""
    if not (seen := can_view_party_report(actor, report)):
        return seen
    if not (asks := can_call_for_reports(actor, report.program)):
        return asks
    if actor.acts_for(report.agency_id):
        return no(_("This is the report of your own agency: take it back to change it."))
    return YES


def _gathers(actor: Membership, program: Program) -> bool:
    leads = [party.agency_id for party in program.parties.all() if party.is_lead]
    return any(actor.acts_for(pk) for pk in (program.drafting_agency_id, *leads))


def _signed(program: Program) -> Decision:
    if program.state not in SIGNED_STATES:
        return no(_("The parties report on a program that all have signed."))
    return YES
