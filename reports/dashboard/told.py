"""The facts of a dashboard as its panels tell them: grouped, measured in days, the most pressing first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median

from coordination.conferences.models import Conference
from coordination.evaluations.models import EvaluationRound
from coordination.figures.queries import Unsigned
from records import clock
from reports.dashboard.facts import Fact, FactKind

AWAITED = (FactKind.SIGNATURE, FactKind.ANSWER, FactKind.STATEMENT, FactKind.REPORT)


@dataclass(frozen=True)
class Awaited:
    """What a program waits for, of whom, in the order of its letterhead, and until when."""

    kind: FactKind
    code: str
    title: str
    who: tuple[str, ...]
    until: date | None

    @property
    def slug(self) -> str:
        return self.code.lower()

    def is_late_on(self, day: date) -> bool:
        """Whether the day it was due has passed."""
        return self.until is not None and day > self.until


@dataclass(frozen=True)
class Waiting:
    """Conclusions of a conference, or limitations of a round, that no task carries out yet."""

    slug: str
    title: str
    day: date | None
    waiting: int
    repeated: int = 0


@dataclass
class Slipped:
    """How far a program slipped since it was signed. Units: `days` later than signed, one number a task moved back."""

    code: str
    title: str
    days: list[int] = field(default_factory=list)
    added: int = 0
    cancelled: int = 0

    @property
    def slug(self) -> str:
        return self.code.lower()

    @property
    def moved(self) -> int:
        return len(self.days)

    @property
    def total_days(self) -> int:
        return sum(self.days)

    @property
    def median_days(self) -> float | None:
        """The middle one of the days, so that one long delay does not speak for all; None where nothing moved."""
        return median(self.days) if self.days else None


@dataclass(frozen=True)
class Silent:
    """When an agency with unfinished tasks last reported anything; None where it never did."""

    agency_id: int
    last_on: date | None

    def days_on(self, day: date) -> int | None:
        """How many days ago that was."""
        return None if self.last_on is None else max((day - self.last_on).days, 0)


def awaited_in(facts: Iterable[Fact]) -> tuple[Awaited, ...]:
    """What programs wait for: signatures first, then answers, statements and reports; by program."""
    rows: dict[tuple, list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: fact.place):
        if fact.kind in AWAITED:
            rows[fact.kind, fact.key].append(fact)
    found = [
        Awaited(FactKind(kind), code, group[0].title, tuple(fact.who for fact in group), group[0].day)
        for (kind, code), group in rows.items()
    ]
    return tuple(sorted(found, key=lambda one: (AWAITED.index(one.kind), one.code)))


def unsigned_in(awaited: Iterable[Awaited]) -> tuple[Unsigned, ...]:
    """Those among them that wait for signatures."""
    return tuple(Unsigned(one.slug, one.code, one.title, one.who) for one in awaited if one.kind == FactKind.SIGNATURE)


def conclusions_in(facts: Iterable[Fact]) -> tuple[Waiting, ...]:
    """Conferences with conclusions without a task, the latest first."""
    rows = sorted(_of(facts, FactKind.CONCLUSIONS), key=lambda fact: fact.day, reverse=True)
    return tuple(Waiting(_conference_slug(fact), fact.title, fact.day, fact.number) for fact in rows)


def limitations_in(facts: Iterable[Fact]) -> tuple[Waiting, ...]:
    """Rounds with limitations without a task, the latest first."""
    rows = sorted(_of(facts, FactKind.LIMITATIONS), key=lambda fact: fact.day, reverse=True)
    found = []
    for fact in rows:
        year, period, part, number = fact.key.split()
        round = EvaluationRound(year=int(year), period=period, part=int(part), number=int(number))
        found.append(Waiting(round.key, round.title, fact.day, fact.number, fact.place))
    return tuple(found)


def slipped_in(facts: Iterable[Fact]) -> tuple[Slipped, ...]:
    """The programs that slipped, those most days first.

    Rule: R-DASH-6. A deadline moved forward, or moved back to the day signed, is no delay.
    """
    programs: dict[str, Slipped] = {}
    for fact in facts:
        if fact.kind not in (FactKind.MOVED, FactKind.ADDED, FactKind.CANCELLED):
            continue
        days = fact.span.days if fact.span else 0
        if fact.kind == FactKind.MOVED and days <= 0:
            continue
        program = programs.setdefault(fact.key, Slipped(fact.key, fact.title))
        if fact.kind == FactKind.MOVED:
            program.days.append(days)
        elif fact.kind == FactKind.ADDED:
            program.added += fact.number
        else:
            program.cancelled += fact.number
    return tuple(sorted(programs.values(), key=lambda one: (-one.total_days, one.code)))


def silent_in(moves: Mapping[int, datetime | None]) -> tuple[Silent, ...]:
    """The agencies with unfinished tasks, those silent longest first. Rule: R-DASH-5.

    `moves` are those of the figures: of every such agency, when it last reported.
    """
    rows = [Silent(agency_id, at and clock.local_day(at)) for agency_id, at in moves.items()]
    return tuple(sorted(rows, key=lambda one: (one.last_on is not None, one.last_on or date.min, one.agency_id)))


def _of(facts: Iterable[Fact], kind: FactKind) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind]


def _conference_slug(fact: Fact) -> str:
    conference = Conference(held_on=fact.day, half_day=fact.key)
    return f"{conference.slug}-{fact.who}" if fact.who else conference.slug
