"""Who prepares, runs and records a conference. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, Membership
from coordination.conferences.enums import ConferenceState
from coordination.conferences.models import AgendaPaper, Commendation, Conference, Invitation
from coordination.programs.permissions import makes_program
from records.errors import Decision

KEEPERS = (Role.SECRETARY, Role.ORGANISER)
PROPOSERS = (Role.LEADER, Role.SECRETARY)


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


def can_settle(actor: Membership, conference: Conference) -> Decision:
    """Those who keep the record, and leaders of the organising agency, say that a conclusion needs no task.

    Rule: R-CONCLUDE-3.
    """
    if not (seen := can_view_conference(actor, conference)):
        return seen
    if actor.role == Role.LEADER and actor.acts_for(conference.organiser_id):
        return YES
    return _keeps(actor, conference.organiser)


def can_run_conference(actor: Membership, conference: Conference) -> Decision:
    """The same people set the agenda and the programs and move the conference on, until it has been held."""
    kept = can_keep_record(actor, conference)
    if kept and conference.state == ConferenceState.HELD:
        return no(_("The conference has been held; its agenda can no longer be changed."))
    return kept


def can_view_invitation(actor: Membership, invitation: Invitation) -> Decision:
    """The organiser sees every invitation, an agency those sent to it. Rule: R-SEE-15."""
    return YES if Invitation.objects.visible_to(actor).filter(pk=invitation.pk).exists() else unseen()


def can_answer_invitation(actor: Membership, invitation: Invitation) -> Decision:
    """Whoever acts for the invited agency answers, as may those who keep the record, until the conference begins.

    Rule: R-PEOPLE-3.
    """
    if not (seen := can_view_invitation(actor, invitation)):
        return seen
    if invitation.withdrawn_at is not None:
        return no(_("The invitation was withdrawn."))
    if invitation.sent_at is None:
        return no(_("The invitation has not been sent yet."))
    if invitation.conference.state != ConferenceState.PLANNED:
        return no(_("The conference has begun; who comes is now marked at the door."))
    return YES if actor.acts_for(invitation.agency_id) else _keeps(actor, invitation.conference.organiser)


def can_view_paper(actor: Membership, paper: AgendaPaper) -> Decision:
    """For one paper under an agenda item what `AgendaPaperQuerySet.visible_to` is for many. Rule: R-SEE-4."""
    return YES if AgendaPaper.objects.visible_to(actor).filter(pk=paper.pk).exists() else unseen()


def can_view_commendation(actor: Membership, commendation: Commendation) -> Decision:
    """For one row what `CommendationQuerySet.visible_to` is for many. Rule: R-SEE-17."""
    return YES if Commendation.objects.visible_to(actor).filter(pk=commendation.pk).exists() else unseen()


def can_propose_commendation(actor: Membership, conference: Conference, proposed_by: Agency) -> Decision:
    """Leaders and secretaries propose for the agency they act for until the conference has been held; afterwards those
    who keep its record still enter what came later.

    Rule: R-COMMEND-1.
    """
    if not (seen := can_view_conference(actor, conference)):
        return seen
    if can_keep_record(actor, conference) and actor.acts_for(proposed_by.pk):
        return YES
    if not (actor.role in PROPOSERS and actor.acts_for(proposed_by.pk)):
        words = _("Only a leader or secretary of %(agency)s proposes in its name.")
        return no(words % {"agency": proposed_by.current_short_name})
    if conference.state == ConferenceState.HELD:
        words = _("The conference has been held. Ask a secretary of %(agency)s to enter the proposal.")
        return no(words % {"agency": conference.organiser.current_name})
    return YES


def can_change_commendation(actor: Membership, commendation: Commendation) -> Decision:
    """Leaders and secretaries of the agency that proposed, and those who keep the record, change or withdraw it.

    Rule: R-COMMEND-1.
    """
    if not (seen := can_view_commendation(actor, commendation)):
        return seen
    if actor.role in PROPOSERS and actor.acts_for(commendation.proposed_by_id):
        return YES
    return _keeps(actor, commendation.conference.organiser)


def can_decide_commendation(actor: Membership, commendation: Commendation) -> Decision:
    """Those who keep the record enter what was decided about a proposal. Rule: R-COMMEND-2."""
    seen = can_view_commendation(actor, commendation)
    return _keeps(actor, commendation.conference.organiser) if seen else seen


def _keeps(actor: Membership, organiser: Agency) -> Decision:
    if actor.role in KEEPERS and actor.acts_for(organiser.pk):
        return YES
    return no(
        _("Only a secretary or a conference organiser of %(agency)s may do this.") % {"agency": organiser.current_name}
    )
