"""What the drafter does with a comment: accepts it, accepts a part of it, or explains why not."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.consultation.enums import ANSWERS, TAKEN_UP, CommentState, PlaceKind
from coordination.consultation.models import Comment
from coordination.consultation.permissions import can_answer
from coordination.consultation.services.doors import locked_comment
from coordination.programs import services as programs
from coordination.programs.models import Section
from coordination.programs.services.doors import must_be_editable, must_be_revision
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

LONGEST_ANSWER = 4_000


@transaction.atomic
def answer(
    comment: Comment,
    *,
    actor: Membership,
    revision: int,
    state: str,
    words: str = "",
    section_revision: int | None = None,
) -> Comment:
    """Answer a comment, during the round or after it, for as long as the text is open; an answer may be mended.

    With `section_revision` the proposed wording is taken over into the section, which must still be the one read.
    Rule: R-COMMENT-5. Whatever is not accepted whole is explained in words.
    Raises: NotAllowed; Conflict when the comment, the section or the program moved on meanwhile; RuleBroken.
    """
    comment = locked_comment(comment, actor=actor)
    require(can_answer(actor, comment))
    must_be_editable(comment.round.program)
    if comment.withdrawn_at is not None:
        raise Conflict(_("This comment has been withdrawn already."))
    must_be_revision(comment, revision)
    _check(state, words)
    before = _told(comment)
    if section_revision is not None:
        _take_over(comment, actor, state, section_revision)
    comment.state, comment.answer = state, words.strip()
    comment.answered_at, comment.answered_by = clock.now(), actor
    if state not in TAKEN_UP:
        comment.taken_over_at = None
    comment.revision += 1
    comment.save()
    after = _told(comment) | {"taken_over": section_revision is not None}
    record(AuditAction.CHANGED, actor=actor, about=comment, before=before, after=after)
    return comment


def section_of(comment: Comment) -> Section | None:
    """The section a comment is about as it stands in the text today; None where it is gone or was no section."""
    if comment.about != PlaceKind.SECTION:
        return None
    return comment.round.program.sections.filter(pk=comment.place_key).first()


def can_be_taken_over(comment: Comment, section: Section | None) -> bool:
    """Whether the proposed wording can replace the section's own: there is one, and the section is still there."""
    return section is not None and bool(comment.proposed) and comment.taken_over_at is None


def _take_over(comment: Comment, actor: Membership, state: str, revision: int) -> None:
    """The wording replaces the section's text; of a section that is a heading alone it replaces the heading."""
    section = section_of(comment)
    if state not in TAKEN_UP or not can_be_taken_over(comment, section):
        raise RuleBroken(_("There is no wording to take over into this section."))
    words = {"numbering": section.numbering, "heading": section.heading, "body": comment.proposed}
    if not section.body:
        words |= {"heading": " ".join(comment.proposed.split()), "body": ""}
    programs.edit_section(section, actor=actor, revision=revision, **words)
    comment.taken_over_at = clock.now()


def _check(state: str, words: str) -> None:
    if state not in ANSWERS:
        raise RuleBroken(_("Choose one of the listed values"), "state")
    if state != CommentState.ACCEPTED and not words.strip():
        raise RuleBroken(_("Explain what is not accepted, and why"), "words")
    if len(words) > LONGEST_ANSWER:
        raise RuleBroken(_("An answer has at most 4,000 characters"), "words")


def _told(comment: Comment) -> dict:
    return {"place": comment.place_label, "answer_state": comment.state, "answer": comment.answer}
