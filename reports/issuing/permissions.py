"""Who reads and who issues papers. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import CONTENT_ROLES, Role
from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.conferences.permissions import can_view_report
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_paper, can_view_program
from records.errors import Decision
from reports.issuing.models import IssuedDocument


def can_view_reports(actor: Membership) -> Decision:
    """Whoever works on content reads the papers of the programs and conferences they see."""
    if actor.role not in CONTENT_ROLES:
        return no(_("Papers are for the people who work on the programs; administrators keep accounts and units."))
    return YES


def can_view_document(actor: Membership, document: IssuedDocument) -> Decision:
    """An issued paper is read by whoever may read its program, a report by those who make all it covers.

    Rule: R-SEE-5.
    """
    if document.program is not None:
        return YES if can_view_paper(actor, document.program) else unseen()
    return YES if can_view_report(actor, document.conference) else unseen()


def can_issue_program(actor: Membership, program: Program) -> Decision:
    """A secretary acting for the drafting agency issues the program's paper."""
    if not (seen := can_view_program(actor, program)):
        return seen
    if issues_for(actor, program.drafting_agency_id):
        return YES
    return no(
        _("Only a secretary of %(agency)s, which drafts the program, may do this.")
        % {"agency": program.drafting_agency.current_name}
    )


def can_issue_conference_report(actor: Membership, conference: Conference) -> Decision:
    """A secretary acting for the organising agency issues the conference's report."""
    if not (seen := can_view_report(actor, conference)):
        return seen
    if issues_for(actor, conference.organiser_id):
        return YES
    return no(
        _("Only a secretary of %(agency)s, which organises the conference, may do this.")
        % {"agency": conference.organiser.current_name}
    )


def issues_for(actor: Membership, agency_id: int) -> bool:
    """Whether the actor is a secretary acting for an agency that issues papers."""
    return actor.role == Role.SECRETARY and actor.acts_for(agency_id)
