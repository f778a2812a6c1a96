"""Who reads and who issues papers. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no
from agencies.access.enums import CONTENT_ROLES, Role
from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from records.errors import Decision


def can_view_reports(actor: Membership) -> Decision:
    """Whoever works on content reads the papers of the programs and conferences they see."""
    if actor.role not in CONTENT_ROLES:
        return no(_("Papers are for the people who work on the programs; administrators keep accounts and units."))
    return YES


def can_issue_program(actor: Membership, program: Program) -> Decision:
    """A secretary acting for the drafting agency issues the program's paper."""
    if actor.role == Role.SECRETARY and actor.acts_for(program.drafting_agency_id):
        return YES
    return no(
        _("Only a secretary of %(agency)s, which drafts the program, may do this.")
        % {"agency": program.drafting_agency.current_name}
    )


def can_issue_conference_report(actor: Membership, conference: Conference) -> Decision:
    """A secretary acting for the organising agency issues the conference's report."""
    if actor.role == Role.SECRETARY and actor.acts_for(conference.organiser_id):
        return YES
    return no(
        _("Only a secretary of %(agency)s, which organises the conference, may do this.")
        % {"agency": conference.organiser.current_name}
    )
