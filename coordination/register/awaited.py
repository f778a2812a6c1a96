"""Reports on their way to their number, as the room says that writes them: whose turn it is, since when."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from agencies.models import Membership
from coordination.register.enums import ReportTurn
from records import clock
from records.wording import day as day_in_words


@dataclass(frozen=True)
class ReportTold:
    """A report: what it is called, where it lies, whose it is, and whose turn it is; None where nobody is awaited.

    `since` is the moment the turn began, `reason` what it came back with.
    """

    number: int
    title: str
    url: str
    agency_id: int
    agency: str
    turn: ReportTurn | None
    since: datetime | None = None
    reason: str = ""

    def awaits(self, turn: ReportTurn, day: date) -> bool:
        """Whether a turn that began on a day has not been taken yet."""
        return self.turn == turn and self.since is not None and clock.local_day(self.since) == day

    @property
    def since_in_words(self) -> str:
        """What happened on the day the turn began."""
        return str(self.turn.since) % {"day": day_in_words(clock.local_day(self.since))}


@dataclass(frozen=True)
class Source:
    """A room that writes reports: the numbers of those an actor sees, what is told of some, which await somebody.

    Shape: `awaiting` of an actor is what that actor sees, of nobody all there are.
    """

    seen_by: Callable[[Membership], QuerySet]
    told: Callable[[Collection[int]], list[ReportTold]]
    awaiting: Callable[[Membership | None], list[ReportTold]]


_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Make the room known that writes reports, once, when the portal starts."""
    _SOURCES.append(source)


def seen_reports(actor: Membership, column: str = "report") -> Q:
    """The rows of a table that tell of a report the actor sees."""
    seen = Q(pk__in=())
    for source in _SOURCES:
        seen |= Q(**{f"{column}__in": source.seen_by(actor)})
    return seen


def reports_told(numbers: Collection[int]) -> dict[int, ReportTold]:
    """What is told of some reports, by number; whoever asks has asked who sees them. One query."""
    return {one.number: one for source in _SOURCES if numbers for one in source.told(numbers)}


def reports_awaiting() -> Iterator[ReportTold]:
    """Every report that awaits somebody. One query."""
    for source in _SOURCES:
        yield from source.awaiting(None)


def reports_waiting_for(actor: Membership, *, most: int) -> list[ReportTold]:
    """The reports that await the actor, the longest waiting first. One query.

    Rule: R-COMPOSE-5. Whoever acts for the agency that writes it, in a role that takes the turn.
    """
    turns = [turn for turn in ReportTurn if actor.role in turn.roles]
    if not turns:
        return []
    every = (one for source in _SOURCES for one in source.awaiting(actor))
    mine = [one for one in every if one.turn in turns and actor.acts_for(one.agency_id)]
    return sorted(mine, key=lambda one: (one.since, one.number))[:most]
