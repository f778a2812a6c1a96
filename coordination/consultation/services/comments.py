"""What parties say of a draft: comments written, changed and withdrawn while the round is open."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.consultation.enums import CommentState
from coordination.consultation.models import Comment, ConsultationRound
from coordination.consultation.permissions import can_change_comment, can_comment
from coordination.consultation.queries.places import Place, place_called, places_of
from coordination.consultation.services.doors import locked_comment, locked_round, must_be_in_time, must_be_open
from coordination.programs.models import ProgramParty
from coordination.programs.services.doors import must_be_revision
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import Conflict, RuleBroken

LONGEST_COMMENT, LONGEST_WORDING = 4_000, 20_000
MOST_COMMENTS = 500


@transaction.atomic
def comment(
    round: ConsultationRound, *, actor: Membership, party: ProgramParty, place: str, text: str, proposed: str = ""
) -> Comment:
    """Say for a party what is to be said of one place of the draft, with other wording where it has one.

    `place` is the place's code, such as "section-12"; its name and words are kept with the comment.
    Raises: NotAllowed; Conflict when the round was closed; RuleBroken after the last day or naming the field.
    """
    round = locked_round(round, actor=actor)
    require(can_comment(actor, round, party))
    must_be_open(round)
    must_be_in_time(round)
    _must_not_have_declared(round, party)
    _check_words(text, proposed)
    found = place_of(round, place)
    if Comment.objects.filter(round=round, party=party).standing().count() >= MOST_COMMENTS:
        raise RuleBroken(_("An agency can send at most 500 comments in one round"))
    written = Comment.objects.create(
        round=round,
        party=party,
        by=actor,
        written_at=clock.now(),
        **_at(found),
        text=text.strip(),
        proposed=proposed.strip(),
    )
    record(AuditAction.CREATED, actor=actor, about=written, after=_told(written))
    return written


@transaction.atomic
def edit_comment(
    comment: Comment, *, actor: Membership, revision: int, place: str, text: str, proposed: str = ""
) -> Comment:
    """Change one's own comment while the round is open and nobody has answered it.

    Raises: NotAllowed; Conflict when it was changed, answered or withdrawn meanwhile; RuleBroken.
    """
    comment = _changeable(comment, actor)
    must_be_in_time(comment.round)
    must_be_revision(comment, revision)
    _check_words(text, proposed)
    before = _told(comment)
    for name, value in _at(place_of(comment.round, place)).items():
        setattr(comment, name, value)
    comment.text, comment.proposed = text.strip(), proposed.strip()
    comment.revision += 1
    comment.save()
    record(AuditAction.CHANGED, actor=actor, about=comment, before=before, after=_told(comment))
    return comment


@transaction.atomic
def withdraw_comment(comment: Comment, *, actor: Membership) -> Comment:
    """Take one's own comment back while the round is open and nobody has answered it; its row is kept.

    Raises: NotAllowed; Conflict when it was answered or withdrawn meanwhile.
    """
    comment = _changeable(comment, actor)
    comment.withdrawn_at = clock.now()
    comment.revision += 1
    comment.save(update_fields=["withdrawn_at", "revision"])
    told = {"place": comment.place_label, "withdrawn": True}
    record(AuditAction.ENDED, actor=actor, about=comment, before=_told(comment), after=told)
    return comment


def place_of(round: ConsultationRound, code: str) -> Place:
    """The place of the round's version a code names.

    Raises: RuleBroken for one the version does not have.
    """
    found = place_called(places_of(round.version), code)
    if found is None:
        raise RuleBroken(_("Choose one of the listed values"), "place")
    return found


def _changeable(comment: Comment, actor: Membership) -> Comment:
    comment = locked_comment(comment, actor=actor)
    require(can_change_comment(actor, comment))
    must_be_open(comment.round)
    if comment.withdrawn_at is not None:
        raise Conflict(_("This comment has been withdrawn already."))
    if comment.state != CommentState.NEW:
        raise Conflict(_("The drafting agency has answered this comment; write a new one to add something."))
    _must_not_have_declared(comment.round, comment.party)
    return comment


def _must_not_have_declared(round: ConsultationRound, party: ProgramParty) -> None:
    if round.replies.filter(party=party).exists():
        raise RuleBroken(_("Your agency has declared that it is done. Take the declaration back, then write."))


def _check_words(text: str, proposed: str) -> None:
    if not text.strip() and not proposed.strip():
        raise RuleBroken(_("Write the comment, or the wording you propose"), "text")
    if len(text) > LONGEST_COMMENT:
        raise RuleBroken(_("A comment has at most 4,000 characters"), "text")
    if len(proposed) > LONGEST_WORDING:
        raise RuleBroken(_("The wording has at most 20,000 characters"), "proposed")


def _at(place: Place) -> dict:
    return {
        "about": place.kind,
        "place_key": place.key,
        "place_order": place.order,
        "place_label": place.label,
        "quoted": place.text,
    }


def _told(comment: Comment) -> dict:
    words = {"place": comment.place_label, "comment": comment.text, "proposed": comment.proposed}
    return words | {"round": comment.round.number, "party": named(comment.party.agency)}
