"""Who may do what in a consultation. Whether the round is open, services check. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.models import Membership
from coordination.consultation.models import Comment, ConsultationRound
from coordination.programs.models import Program, ProgramParty
from coordination.programs.permissions import can_take_step, can_view_program, makes_program
from records.errors import Decision

WRITERS = (Role.OFFICIAL, Role.LEADER, Role.SECRETARY)
SENIORS = (Role.LEADER, Role.SECRETARY)


def can_view_consultation(actor: Membership, program: Program) -> Decision:
    """What was asked and answered stays between those who make the program.

    Rule: R-COMMENT-1. A coordinator outside sees a settled program and nothing of how it came about.
    """
    seen = can_view_program(actor, program)
    if not seen or makes_program(actor, program):
        return seen
    return no(
        _("Comments on the draft are seen by its parties only. Ask a secretary of %(agency)s, which drafts it.")
        % {"agency": program.drafting_agency.current_short_name}
    )


def can_open_round(actor: Membership, program: Program) -> Decision:
    """The drafting secretary sends the draft for comments."""
    return _may_keep(actor, program)


def can_keep_round(actor: Membership, round: ConsultationRound) -> Decision:
    """The drafting secretary sets another deadline and closes the round."""
    return _may_keep(actor, round.program)


def can_comment(actor: Membership, round: ConsultationRound, party: ProgramParty) -> Decision:
    """Officials, leaders and secretaries speak for the party they act for, from the day the round is opened.

    Rule: R-COMMENT-3. A leader need not wait for the last day to see the draft.
    """
    if not (seen := can_view_consultation(actor, round.program)):
        return seen
    if party.program_id != round.program_id:
        return unseen()
    if actor.role in WRITERS and actor.acts_for(party.agency_id):
        return YES
    return no(_for_the_party(party))


def can_view_comment(actor: Membership, comment: Comment) -> Decision:
    """For one row what `CommentQuerySet.visible_to` is for many. Rule: R-COMMENT-2."""
    return YES if Comment.objects.visible_to(actor).filter(pk=comment.pk).exists() else unseen()


def can_change_comment(actor: Membership, comment: Comment) -> Decision:
    """Whoever wrote a comment changes or withdraws it; a leader or secretary of the same party may as well."""
    if not (seen := can_view_comment(actor, comment)):
        return seen
    if not actor.acts_for(comment.party.agency_id) or actor.role not in WRITERS:
        return no(_for_the_party(comment.party))
    if actor.role in SENIORS or comment.by.user_id == actor.user_id:
        return YES
    return no(_("Only its author, or a leader or secretary of the same agency, may change this comment."))


def can_answer(actor: Membership, comment: Comment) -> Decision:
    """The drafting secretary accepts or explains each comment."""
    if not (seen := can_view_comment(actor, comment)):
        return seen
    return can_take_step(actor, comment.round.program)


def can_export_comments(actor: Membership, round: ConsultationRound) -> Decision:
    """The drafting agency takes out the table at any time, the parties once the round is closed and they see all."""
    if not (seen := can_view_consultation(actor, round.program)):
        return seen
    if sees_all(actor, round):
        return YES
    return no(
        _("The parties see all comments once the round is closed. Until then ask a secretary of %(agency)s.")
        % {"agency": round.program.drafting_agency.current_short_name}
    )


def sees_all(actor: Membership, round: ConsultationRound) -> bool:
    """Whether the actor sees the comments of every party and not only those of their own. Rule: R-COMMENT-2."""
    return not round.is_open or actor.acts_for(round.program.drafting_agency_id)


def _may_keep(actor: Membership, program: Program) -> Decision:
    return can_take_step(actor, program) if (seen := can_view_consultation(actor, program)) else seen


def _for_the_party(party: ProgramParty) -> str:
    return _("Only officials, leaders and secretaries of %(agency)s comment for it.") % {
        "agency": party.agency.current_short_name
    }
