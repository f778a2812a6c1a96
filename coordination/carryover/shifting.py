"""Days of one period moved to another by the calendar; no database."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from coordination.tasks.enums import NUMBERED_KINDS, UNDATED_KINDS, ScheduleKind
from coordination.tasks.schedule import Span, Wave

_SATURDAY, _DAYS_OF_WEEK = 5, 7
_BY_CALENDAR = (*NUMBERED_KINDS, ScheduleKind.WHOLE_YEAR)
_OVER_THE_PERIOD = (ScheduleKind.EACH_MONTH, ScheduleKind.EACH_QUARTER, ScheduleKind.EACH_HALF_YEAR)


@dataclass(frozen=True)
class Shifted:
    """The days of a schedule in the new period; `moved_from` is the weekend day a deadline was moved off."""

    start_on: date | None
    due_on: date | None
    moved_from: date | None = None


def shift_day(day: date, years: int) -> date:
    """The same day some years later; the last day of a month stays the last, so 29/2 and 28/2 become the end of it."""
    year = day.year + years
    last = monthrange(year, day.month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, day.month, last if is_last else min(day.day, last))


def off_the_weekend(day: date, last: date) -> date:
    """The Monday after a Saturday or Sunday, unless the period has ended by then."""
    if day.weekday() < _SATURDAY:
        return day
    monday = day + timedelta(days=_DAYS_OF_WEEK - day.weekday())
    return monday if monday <= last else day


def shift(kind: ScheduleKind | str, *, start_on: date | None, due_on: date | None, years: int, period: Span) -> Shifted:
    """A schedule in a later period: a quarter stays that quarter, work over the whole period takes the new one, days
    move by whole years and a deadline falls on no weekend.

    Shape: `period` is the new program's; for a month, a quarter or a year the start carries the year and no more.
    """
    kind = ScheduleKind(kind)
    if kind in _BY_CALENDAR:
        given = start_on or due_on
        return Shifted(date(given.year + years, given.month, 1) if given else None, None)
    if kind in _OVER_THE_PERIOD:
        return Shifted(None, None)
    start = shift_day(start_on, years) if start_on else None
    if kind in UNDATED_KINDS or due_on is None:
        return Shifted(start, None)
    same = shift_day(due_on, years)
    due = off_the_weekend(same, period.due_on)
    start = due if kind is ScheduleKind.ON_DAY else start
    return Shifted(start, due, moved_from=same if due != same else None)


def shift_waves(waves: Iterable[Wave], years: int) -> tuple[Wave, ...]:
    """Waves some years later, each day moved by whole years."""
    return tuple(
        Wave(shift_day(wave.start_on, years) if wave.start_on else None, shift_day(wave.due_on, years), wave.name)
        for wave in waves
    )
