"""Who prepares, runs and records a conference. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, Membership
from coordination.conferences.enums import ConferenceState
from coordination.conferences.models import Conference
from coordination.programs.permissions import makes_program
from records.errors import Decision

KEEPERS = (Role.SECRETARY, Role.ORGANISER)


def can_plan_conference(actor: Membership, unit: AdminUnit, organiser: Agency) -> Decision:
    """Secretaries and organisers plan the conferences of their own agency and of those their office serves."""
    if actor.unit_id != unit.pk or organiser.unit_id != unit.pk:
        return unseen()
    return _keeps(actor, organiser)


def can_view_conference(actor: Membership, conference: Conference) -> Decision:
    """Those who organise, attend or bring a program to a conference see it. Rule: R-SEE-4."""
    return YES if Conference.objects.visible_to(actor).filter(pk=conference.pk).exists() else unseen()


def can_view_report(actor: Membership, conference: Conference) -> Decision:
    """The report of a conference is read by those who are party to or draft every program it covers. Rule: R-SEE-5.

    Why: its tables name every task of these programs.
    """
    if not (seen := can_view_conference(actor, conference)):
        return seen
    links = conference.program_links.select_related("program").prefetch_related("program__parties")
    if all(makes_program(actor, link.program) for link in links):
        return YES
    return no(
        _("The report covers programs you do not take part in. Ask a secretary of %(agency)s for it.")
        % {"agency": conference.organiser.current_name}
    )


def can_keep_record(actor: Membership, conference: Conference) -> Decision:
    """Secretaries and organisers of the organising agency write minutes, attendance, speeches and conclusions.

    Why: in every state; minutes and the announcement of conclusions are finished after the conference.
    """
    seen = can_view_conference(actor, conference)
    return _keeps(actor, conference.organiser) if seen else seen


def can_run_conference(actor: Membership, conference: Conference) -> Decision:
    """The same people set the agenda and the programs and move the conference on, until it has been held."""
    kept = can_keep_record(actor, conference)
    if kept and conference.state == ConferenceState.HELD:
        return no(_("The conference has been held; its agenda can no longer be changed."))
    return kept


def _keeps(actor: Membership, organiser: Agency) -> Decision:
    if actor.role in KEEPERS and actor.acts_for(organiser.pk):
        return YES
    return no(
        _("Only a secretary or a conference organiser of %(agency)s may do this.") % {"agency": organiser.current_name}
    )
