"""What is behind the notices of conferences: the papers they tell of, the seats their readers hold and answer for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from agencies.models import Membership
from coordination.conferences.queries import answers_owed, papers_told, seats_held
from coordination.register.enums import DocumentType
from coordination.register.issued import IssuedAs
from coordination.reminders.enums import ABOUT_CONFERENCES, INVITED, Occasion
from coordination.reminders.models import Notice

_PAPERS = {Occasion.INVITED: DocumentType.INVITATION, Occasion.CONCLUDED: DocumentType.NOTICE}


@dataclass(frozen=True)
class Meetings:
    """By the number of a notice the paper it tells of, where it is still news; and which notices tell of a seat their
    reader holds, or still owes the answer for.
    """

    papers: dict[int, IssuedAs] = field(default_factory=dict)
    seated: frozenset[int] = frozenset()
    owed: frozenset[int] = frozenset()

    def __or__(self, other: "Meetings") -> "Meetings":
        return Meetings(self.papers | other.papers, self.seated | other.seated, self.owed | other.owed)

    def awaits(self, notice: Notice) -> bool:
        """Whether what a notice tells is still so: its reader owes the answer; without a seat, the paper stands."""
        if notice.reason in INVITED and notice.pk in self.seated:
            return notice.pk in self.owed
        return notice.pk in self.papers


def meetings_behind(actor: Membership, notices: Sequence[Notice], today: date) -> Meetings:
    """What is behind the actor's notices, their conferences with the address the actor finds them at. No query where
    none tells of a conference.
    """
    for notice in notices:
        if notice.reason in ABOUT_CONFERENCES:
            notice.conference.addressed_for(actor)
    invited = [notice for notice in notices if notice.reason in INVITED]
    at = {notice.conference_id for notice in invited}
    return Meetings(
        papers=_papers(notices, today),
        seated=_numbers(invited, seats_held(actor, at)),
        owed=_numbers(invited, answers_owed(actor, at, today)),
    )


def _papers(notices: Sequence[Notice], today: date) -> dict[int, IssuedAs]:
    papers: dict[int, IssuedAs] = {}
    for occasion, paper_type in _PAPERS.items():
        told = [one for one in notices if one.reason == occasion]
        issued = papers_told(paper_type, {one.conference for one in told}, today)
        papers |= {one.pk: issued[one.conference_id] for one in told if one.conference_id in issued}
    return papers


def _numbers(notices: Sequence[Notice], conferences: Collection[int]) -> frozenset[int]:
    return frozenset(notice.pk for notice in notices if notice.conference_id in conferences)
