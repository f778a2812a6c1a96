"""Where each party stands in a round: answered, writing, awaited, silent."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from agencies.models import Membership
from coordination.consultation.enums import CommentState, ReplyKind, Silence, Standing
from coordination.consultation.models import Comment, ConsultationRound
from coordination.consultation.permissions import sees_all
from coordination.programs.models import ProgramParty


@dataclass(frozen=True)
class AskedParty:
    """A party that was asked: its agency's code and name on the day the round was opened, and its row while it is one.

    Units: `comments` counts those not withdrawn; None where the reader may not know.
    """

    code: str
    name: str
    party: ProgramParty | None
    standing: Standing
    comments: int | None
    is_mine: bool


@dataclass(frozen=True)
class Standings:
    """All parties that were asked, in the order of the letterhead."""

    parties: Sequence[AskedParty]
    by_state: Counter
    silence: Silence

    @property
    def answered(self) -> int:
        return sum(one.standing.is_reply for one in self.parties)

    @property
    def total(self) -> int:
        return len(self.parties)

    @property
    def have_all_replied(self) -> bool:
        return self.answered == self.total

    @property
    def not_replied(self) -> list[AskedParty]:
        """Those that neither declared nor wrote anything."""
        return [one for one in self.parties if one.standing in (Standing.AWAITED, Standing.SILENT)]

    @property
    def mine(self) -> list[AskedParty]:
        return [one for one in self.parties if one.is_mine]

    @property
    def comments(self) -> int:
        return sum(self.by_state.values())

    @property
    def unanswered(self) -> int:
        return self.by_state[CommentState.NEW]


def standings_of(round: ConsultationRound, actor: Membership | None = None) -> Standings:
    """Where every party stands; without an actor as the services and the table count. Two queries."""
    replies = dict(round.replies.values_list("party_id", "kind"))
    comments = Comment.objects.filter(round=round).standing()
    counted = comments.order_by().values_list("party_id", "state").annotate(Count("pk"))
    by_party, by_state = Counter(), Counter()
    all_seen = actor is None or sees_all(actor, round)
    for party_id, state, count in counted:
        by_party[party_id] += count
        if all_seen or party_id in _own(round, actor):
            by_state[state] += count
    parties = []
    for party in asked_of(round):
        row, mine = party["row"], bool(actor and party["row"] and actor.acts_for(party["row"].agency_id))
        count = by_party[row.pk] if row else 0
        parties.append(
            AskedParty(
                code=party["agency"],
                name=party["short_name"],
                party=row,
                standing=_standing(round, replies.get(row.pk if row else None), count),
                comments=count if all_seen or mine else None,
                is_mine=mine,
            )
        )
    return Standings(tuple(parties), by_state, Silence(round.silence))


def asked_of(round: ConsultationRound) -> list[dict]:
    """The parties that were asked, as the round's version names them, each with its row; the drafter asks not itself.

    Why frozen: a party that joins later was never asked, and one that leaves was.
    """
    rows = {party.agency.code: party for party in round.program.parties.all()}
    drafter = round.program.drafting_agency
    return [{**then, "row": rows.get(then["agency"])} for then in parties_then(round) if then["agency"] != drafter.code]


def parties_then(round: ConsultationRound) -> Iterable[dict]:
    """The parties of the version that was sent; pages fetch these alone and not the whole version."""
    return round.parties_sent if hasattr(round, "parties_sent") else round.version.snapshot["parties"]


def _own(round: ConsultationRound, actor: Membership) -> set[int]:
    return {party.pk for party in round.program.parties.all() if actor.acts_for(party.agency_id)}


def _standing(round: ConsultationRound, reply: str | None, comments: int) -> Standing:
    if reply == ReplyKind.NO_COMMENTS:
        return Standing.NO_COMMENTS
    if reply == ReplyKind.SENT or (comments and not round.is_open):
        return Standing.SENT
    if comments:
        return Standing.WRITING
    return Standing.AWAITED if round.is_open else Standing.SILENT
