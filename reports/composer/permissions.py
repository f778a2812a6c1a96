"""Who begins, writes, submits and approves a report, and who keeps an office's templates. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no
from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.conferences.permissions import can_view_report
from coordination.models import Conference, Program
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.permissions import can_view_program, makes_program
from records.errors import Decision
from reports.composed.models import ComposedReport
from reports.composed.permissions import can_view_composed

WRITERS = (Role.SECRETARY, Role.OFFICIAL)


def can_begin_conference_report(actor: Membership, conference: Conference) -> Decision:
    """A secretary or official of the organiser begins its report, where they make every program it covers."""
    if not (seen := can_view_report(actor, conference)):
        return seen
    return _writes_for(actor, conference.organiser)


def can_begin_year_report(actor: Membership, program: Program, issuer: Agency) -> Decision:
    """A secretary or official of a party or of the drafting agency begins its report on a program all have signed."""
    if not (seen := can_view_program(actor, program)):
        return seen
    if not makes_program(actor, program):
        words = _("Only those who make the program report on it. Ask a secretary of %(agency)s, which drafts it.")
        return no(words % {"agency": program.drafting_agency.current_short_name})
    makers = {program.drafting_agency_id, *(party.agency_id for party in program.parties.all())}
    if issuer.pk not in makers:
        return no(_("A report on a program's year is issued by one of its parties or by the agency that drafts it."))
    if program.state not in SIGNED_STATES:
        return no(_("The year of a program is reported on once all parties have signed it."))
    return _writes_for(actor, issuer)


def can_write_report(actor: Membership, report: ComposedReport) -> Decision:
    """Secretaries and officials of the issuing agency write, until the report is submitted."""
    if not (kept := can_keep_report(actor, report)):
        return kept
    if report.status.is_open:
        return YES
    return no(_("The report was submitted; its text is not changed. Take it back first."))


def can_keep_report(actor: Membership, report: ComposedReport) -> Decision:
    """Secretaries and officials of the issuing agency, in every state of the report."""
    if not (seen := can_view_composed(actor, report)):
        return seen
    return _writes_for(actor, report.issuer)


def can_submit_report(actor: Membership, report: ComposedReport) -> Decision:
    """A secretary of the issuing agency submits its report for signature, and takes it back."""
    if not (seen := can_view_composed(actor, report)):
        return seen
    if actor.role == Role.SECRETARY and actor.acts_for(report.issuer_id):
        return YES
    words = _("Only a secretary of %(agency)s submits its report.")
    return no(words % {"agency": report.issuer.current_short_name})


def can_decide_report(actor: Membership, report: ComposedReport) -> Decision:
    """A leader of the issuing agency approves its report for signature, or returns it with a reason."""
    if not (seen := can_view_composed(actor, report)):
        return seen
    if actor.role == Role.LEADER and actor.acts_for(report.issuer_id):
        return YES
    words = _("Only a leader of %(agency)s approves or returns its report.")
    return no(words % {"agency": report.issuer.current_short_name})


def can_write_template(actor: Membership, agency: Agency) -> Decision:
    """A secretary acting for an agency keeps the words its reports begin with."""
    if actor.role == Role.SECRETARY and actor.acts_for(agency.pk):
        return YES
    return no(_("Only a secretary of the agency keeps the templates of its reports."))


def _writes_for(actor: Membership, issuer: Agency) -> Decision:
    if actor.role in WRITERS and actor.acts_for(issuer.pk):
        return YES
    words = _("Only secretaries and officials of %(agency)s write its report.")
    return no(words % {"agency": issuer.current_short_name})
