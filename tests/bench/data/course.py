"""What became of one task by the day of the data: its days, its state, how far it got, which states it passed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from coordination.tasks.enums import ScheduleKind, TaskState
from tests.bench.data.scales import DAY

_STOPPED = (TaskState.SUSPENDED, TaskState.CANCELLED)
# How often of a thousand, added up: (state, late). Of a year that has ended; of what is due by now; of what is not.
_ENDED = ((820, "completed", 0), (910, "completed", 1), (960, "not_completed", 0), (1000, "cancelled", 0))
_DUE = (
    (640, "completed", 0), (740, "completed", 1), (790, "awaiting", 0), (810, "awaiting", 1),
    (960, "in_progress", 0), (980, "not_started", 0), (990, "suspended", 0), (1000, "cancelled", 0),
)  # fmt: skip
_AHEAD = (
    (150, "completed", 0), (180, "awaiting", 0), (560, "in_progress", 0), (980, "not_started", 0),
    (990, "suspended", 0), (1000, "cancelled", 0),
)  # fmt: skip
_ONGOING_ENDED = ((900, "completed", 0), (1000, "not_completed", 0))
_ONGOING = ((900, "in_progress", 0), (1000, "not_started", 0))


@dataclass(frozen=True)
class Span:
    """The days of a program: signed, last day, and whether it has ended by the day of the data."""

    start: date
    signed: date
    end: date
    is_closed: bool
    is_settled: bool = True


@dataclass(frozen=True)
class Course:
    """A task's days and state; `passed` are the states after the first one with their days."""

    kind: str
    number: int | None
    start_on: date | None
    due_on: date | None
    state: str
    begun_on: date | None
    completed_on: date | None
    confirmed_on: date | None
    percent: int
    passed: tuple[tuple[str, date], ...]

    @property
    def last_day(self) -> date:
        """The last day on which the lead agency may have reported."""
        return self.completed_on or min(self.passed[-1][1] if self.state in _OVER else DAY, DAY)


_OVER = ("not_completed", "suspended", "cancelled")


def course(span: Span, random: Random) -> Course:
    """Draw one. Every date lies in the span and not after the day of the data, but for the deadline."""
    kind, number, start_on, due_on = _schedule(span, random)
    if not span.is_settled:
        return Course(kind, number, start_on, due_on, "not_started", None, None, None, 0, ())
    state, is_late = _drawn(_odds(span, due_on), random)
    latest = min(span.end, DAY)
    begun_on = min(span.signed + timedelta(days=random.randint(1, 25)), latest)
    completed_on = confirmed_on = None
    if state in ("completed", "awaiting"):
        completed_on = _completed(begun_on, due_on, latest, is_late, random)
    if state == "completed":
        confirmed_on = min(completed_on + timedelta(days=random.randint(0, 7)), max(latest, completed_on))
    percent = {"completed": 100, "awaiting": 100, "not_started": 0}.get(state, random.randint(10, 90))
    passed = _passed(state, begun_on, completed_on, confirmed_on, latest, random)
    return Course(
        kind, number, start_on, due_on, state, passed[0][1] if passed else None, completed_on, confirmed_on,
        percent, passed,
    )  # fmt: skip


def _schedule(span: Span, random: Random) -> tuple[str, int | None, date | None, date | None]:
    turn, days = random.random(), (span.end - span.start).days
    if turn < 0.08:
        return ScheduleKind.ONGOING.value, None, None, None
    if turn < 0.30:
        quarter = random.randint(1, 4)
        year = random.randint(span.start.year, span.end.year)
        return ScheduleKind.QUARTER.value, quarter, None, _end_of_quarter(year, quarter)
    due_on = span.start + timedelta(days=random.randint(30, days))
    if turn < 0.45:
        return ScheduleKind.RANGE.value, None, due_on - timedelta(days=random.randint(5, 30)), due_on
    return ScheduleKind.BEFORE_DAY.value, None, None, due_on


def _end_of_quarter(year: int, quarter: int) -> date:
    return date(year, 3 * quarter, 31 if quarter in (1, 4) else 30)


def _odds(span: Span, due_on: date | None) -> tuple:
    if due_on is None:
        return _ONGOING_ENDED if span.is_closed else _ONGOING
    if span.is_closed:
        return _ENDED
    return _DUE if due_on < DAY else _AHEAD


def _drawn(odds: tuple, random: Random) -> tuple[str, int]:
    turn = random.random() * 1000
    return next((state, late) for limit, state, late in odds if turn < limit)


def _completed(begun_on: date, due_on: date | None, latest: date, is_late: int, random: Random) -> date:
    if due_on is None:
        return latest
    if is_late:
        return min(max(due_on, begun_on) + timedelta(days=1 + int(random.expovariate(1 / 12))), latest)
    early = due_on - timedelta(days=int(random.expovariate(1 / 9)))
    return min(max(early, begun_on), latest)


def _passed(state: str, begun: date, completed: date | None, confirmed: date | None, latest: date, random: Random):
    if state == "not_started":
        return ()
    passed = [("in_progress", begun)]
    if completed:
        passed.append(("awaiting", completed))
    if confirmed:
        passed.append(("completed", confirmed))
    if state == "not_completed":
        passed.append(("not_completed", latest))
    if state in _STOPPED:
        passed.append((state, begun + (latest - begun) * random.random()))
    return tuple(passed)
