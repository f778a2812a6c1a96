"""Who reads and who issues papers. Deny by default."""

from django.db.models import Model
from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import CONTENT_ROLES, Role
from agencies.models import Membership
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_program
from records.errors import Decision
from reports.documents.kinds import Kind, kind_of
from reports.issuing.models import IssuedDocument


def can_view_reports(actor: Membership) -> Decision:
    """Whoever works on content reads the papers of the programs and conferences they see."""
    if actor.role not in CONTENT_ROLES:
        return no(_("Papers are for the people who work on the programs; administrators keep accounts and units."))
    return YES


def can_view_document(actor: Membership, document: IssuedDocument) -> Decision:
    """An issued paper is read by whoever may make it from what it is about: for one row what `visible_to` is for many.

    Rule: R-SEE-5.
    """
    return YES if kind_of(document.kind).can_make(actor, document.subject) else unseen()


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


def can_issue_paper(actor: Membership, kind: Kind, subject: Model) -> Decision:
    """A secretary acting for the agency whose paper it is gives it its number and issues it. Rule: R-PAPER-1."""
    if not (seen := kind.can_make(actor, subject)):
        return seen
    if kind.issuer is None:
        return no(_("This paper goes with another one; it is not issued by itself."))
    agency = kind.issuer(subject)
    if issues_for(actor, agency.pk):
        return YES
    words = _("Only a secretary of %(agency)s, which issues this paper, may do this.")
    return no(words % {"agency": agency.current_name})


def issues_for(actor: Membership, agency_id: int) -> bool:
    """Whether the actor is a secretary acting for an agency that issues papers."""
    return actor.role == Role.SECRETARY and actor.acts_for(agency_id)
