"""The doors every act of a consultation goes through: the program's row first, then the round's."""

from django.utils.translation import gettext as _

from agencies.access.decisions import unseen
from agencies.models import Membership
from coordination.consultation.models import Comment, ConsultationRound
from coordination.programs.enums import ProgramState
from coordination.programs.services.doors import locked, must_be_in
from records import clock, wording
from records.errors import Conflict, NotAllowed, RuleBroken


def locked_round(round: ConsultationRound, *, actor: Membership) -> ConsultationRound:
    """The round, its program's row and its own locked until the transaction ends.

    Why the program first: every act on a program takes that row, so a comment and the closing of its round take turns.
    Raises: NotAllowed, without telling whether the round exists, when the actor does not see it.
    """
    program = locked(round.program, actor=actor)
    found = (
        ConsultationRound.objects.visible_to(actor)
        .select_related("version")
        .select_for_update(of=("self",))
        .filter(pk=round.pk)
        .first()
    )
    if found is None:
        raise NotAllowed(unseen())
    found.program = program
    return found


def locked_comment(comment: Comment, *, actor: Membership) -> Comment:
    """The comment with its round and program, all locked.

    Raises: NotAllowed, without telling whether the comment exists, when the actor does not see it.
    """
    round = locked_round(comment.round, actor=actor)
    rows = Comment.objects.visible_to(actor).select_related("party__agency", "by")
    found = rows.select_for_update(of=("self",)).filter(pk=comment.pk).first()
    if found is None:
        raise NotAllowed(unseen())
    found.round = round
    return found


def must_be_open(round: ConsultationRound) -> None:
    """Raises: Conflict when the round was closed meanwhile, or its program left the consultation."""
    if not round.is_open:
        told = {"number": round.number, "moment": wording.moment(round.closed_at)}
        raise Conflict(_("Round %(number)s was closed at %(moment)s.") % told)
    must_be_in(round.program, (ProgramState.CONSULTING,))


def must_be_in_time(round: ConsultationRound) -> None:
    """What parties say is taken until the end of the last day, and no longer.

    Raises: RuleBroken after it.
    """
    if clock.today() > round.comments_until:
        told = {"day": wording.day(round.comments_until), "agency": round.program.drafting_agency.current_short_name}
        raise RuleBroken(_("Comments were taken until %(day)s. Ask a secretary of %(agency)s for a later day.") % told)
