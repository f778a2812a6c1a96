"""What a later round asks about: the places of the draft that are not as the round before sent them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from coordination.consultation.models import ConsultationRound
from coordination.consultation.queries.places import Place, places_of
from coordination.versions.words import Piece, pieces_between


@dataclass(frozen=True)
class SentPlace:
    """A place of the draft as it was sent, and its words in the round before; None where it was not there."""

    place: Place
    before: str | None
    is_changed: bool

    @property
    def is_new(self) -> bool:
        return self.is_changed and self.before is None

    @cached_property
    def word_changes(self) -> Sequence[Piece]:
        """Words added and struck since the round before; empty where only its number or its level changed."""
        if not self.is_changed or self.before in (None, self.place.text):
            return ()
        return pieces_between(self.before, self.place.text)


@dataclass(frozen=True)
class SentText:
    """The draft of a round. Of a later round `places` may hold only what changed; `dropped` is no longer there."""

    round: ConsultationRound
    earlier: ConsultationRound | None
    places: Sequence[SentPlace]
    dropped: Sequence[Place]
    is_whole: bool

    @property
    def changed(self) -> int:
        return sum(place.is_changed for place in self.places) + len(self.dropped)


def sent_text(round: ConsultationRound, *, whole: bool = False) -> SentText:
    """The draft as a round sent it; from the second round on only what changed since the round before, unless asked.

    Rule: R-COMMENT-6. Two queries.
    """
    earlier = (
        ConsultationRound.objects.filter(program=round.program, number__lt=round.number)
        .select_related("version")
        .order_by("-number")
        .first()
    )
    now = places_of(round.version)
    if earlier is None:
        return SentText(round, None, [SentPlace(place, None, False) for place in now], [], True)
    before = {_identity(place): place for place in places_of(earlier.version)}
    sent = [_compared(place, before.get(_identity(place))) for place in now]
    still = {_identity(place) for place in now}
    dropped = [place for identity, place in before.items() if identity not in still]
    shown = sent if whole else [one for one in sent if one.is_changed]
    return SentText(round, earlier, shown, dropped, whole)


def _identity(place: Place) -> tuple[str, str]:
    """By which a place is found again: its row; a legal basis, whose number shifts, by its words."""
    return ("basis", place.text) if place.is_basis else ("row", place.code)


def _compared(place: Place, before: Place | None) -> SentPlace:
    same = before is not None and _said(before) == _said(place)
    return SentPlace(place, before.text if before else None, not same)


def _said(place: Place) -> tuple[str, str, int]:
    return place.numbering, place.text, place.depth
