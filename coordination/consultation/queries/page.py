"""The comments of one round as the tab shows them: a fixed number of queries whatever the number of comments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.consultation.enums import CommentState
from coordination.consultation.models import Comment, ConsultationRound
from coordination.consultation.permissions import SENIORS, WRITERS, sees_all
from coordination.consultation.queries.filtering import CommentFilters
from coordination.consultation.queries.standings import AskedParty, Standings, standings_of
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program, ProgramParty
from coordination.programs.workflow import Step, may_start
from records import clock

ROWS_ON_A_PAGE = 40


@dataclass(frozen=True)
class CommentRow:
    """One comment and what the reader may do with it."""

    comment: Comment
    is_mine: bool
    may_change: bool

    @property
    def agency(self) -> str:
        return self.comment.party.agency.current_short_name


@dataclass(frozen=True)
class PlaceRows:
    """The comments on one place of the draft."""

    label: str
    quoted: str
    rows: Sequence[CommentRow]


@dataclass(frozen=True)
class Choice:
    """One value to filter by, with its count and address."""

    label: str
    count: int | None
    url: str
    is_current: bool


@dataclass(frozen=True)
class RoundPage:
    """A round with where every party stands and a page of its comments in the order of the document."""

    round: ConsultationRound
    rounds: Sequence[ConsultationRound]
    standings: Standings
    filters: CommentFilters
    places: Sequence[PlaceRows]
    page: Page
    states: Sequence[Choice]
    agencies: Sequence[Choice]
    sees_all: bool
    day: date

    @property
    def days_left(self) -> int:
        return (self.round.comments_until - self.day).days

    @property
    def is_past(self) -> bool:
        """The last day is over; nothing can be written any more, though nobody has closed the round."""
        return self.days_left < 0

    @property
    def cleared(self) -> str:
        """The address of the round without any filter."""
        return self.filters.having(round=self.round.number, agency="", state="")

    @property
    def takes_comments(self) -> bool:
        return self.round.is_open and not self.is_past


def rounds_of(program: Program, actor: Membership) -> list[ConsultationRound]:
    """The rounds on a program the actor sees, each with the parties that were asked; the versions stay behind."""
    rounds = (
        ConsultationRound.objects.visible_to(actor)
        .filter(program=program)
        .select_related("version", "closed_by__agency")
        .defer("version__snapshot")
        .annotate(parties_sent=F("version__snapshot__parties"))
        .order_by("number")
    )
    found = list(rounds)
    for round in found:
        round.program = program
    return found


def round_page(
    rounds: Sequence[ConsultationRound], actor: Membership, *, query: Mapping[str, str], today: date
) -> RoundPage:
    """The round the address names, otherwise the last one."""
    filters = CommentFilters.read(query)
    round = next((one for one in rounds if one.number == filters.round), rounds[-1])
    standings = standings_of(round, actor)
    filters = replace(filters, round=round.number).among({party.code for party in standings.parties})
    comments = Comment.objects.visible_to(actor).filter(round=round).standing()
    shown = filters.apply(comments).select_related("party__agency", "by", "answered_by__agency").in_document_order()
    page = Paginator(shown, ROWS_ON_A_PAGE).get_page(query.get("page"))
    return RoundPage(
        round=round,
        rounds=rounds,
        standings=standings,
        filters=filters,
        places=_by_place(list(page), round, actor),
        page=page,
        states=_states(standings, filters),
        agencies=_agencies(standings, filters),
        sees_all=sees_all(actor, round),
        day=today,
    )


def can_be_sent(program: Program, rounds: Sequence[ConsultationRound]) -> bool:
    """Whether a round can begin: the text is in hand, and no round is open on it."""
    sent_without = program.state == ProgramState.CONSULTING and not any(round.is_open for round in rounds)
    return sent_without or may_start(Step.SEND_FOR_COMMENTS, program.state)


def parties_spoken_for(round: ConsultationRound, actor: Membership) -> list[ProgramParty]:
    """The parties the actor may write for, the own agency first."""
    if actor.role not in WRITERS:
        return []
    mine = [party for party in round.program.parties.all() if actor.acts_for(party.agency_id)]
    return sorted(mine, key=lambda party: (party.agency_id != actor.agency_id, party.letterhead_order))


def _by_place(comments: list[Comment], round: ConsultationRound, actor: Membership) -> list[PlaceRows]:
    places: list[PlaceRows] = []
    for comment in comments:
        comment.round = round
        if not places or places[-1].rows[0].comment.place_order != comment.place_order:
            places.append(PlaceRows(comment.place_label, comment.quoted, []))
        mine = actor.acts_for(comment.party.agency_id)
        places[-1].rows.append(CommentRow(comment, mine, mine and _may_change(comment, round, actor)))
    return places


def _may_change(comment: Comment, round: ConsultationRound, actor: Membership) -> bool:
    """Whether the page offers to change a comment; the service asks everything anew."""
    own = comment.by.user_id == actor.user_id or actor.role in SENIORS
    in_time = round.is_open and clock.today() <= round.comments_until
    return own and in_time and comment.state == CommentState.NEW


def _states(standings: Standings, filters: CommentFilters) -> list[Choice]:
    whole = Choice(_("All comments"), standings.comments, filters.having(state=""), not filters.state)
    return [whole] + [
        Choice(str(state.label), standings.by_state[state], filters.having(state=state.value), filters.state == state)
        for state in CommentState
    ]


def _agencies(standings: Standings, filters: CommentFilters) -> list[Choice]:
    return [_agency(party, filters) for party in standings.parties if party.comments]


def _agency(party: AskedParty, filters: CommentFilters) -> Choice:
    current = filters.agency == party.code
    return Choice(party.name, party.comments, filters.having(agency="" if current else party.code), current)
