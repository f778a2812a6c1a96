"""Counting working days: Monday to Friday, less the days off, with the days of rest that are worked instead."""

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
# Where a calendar has no working day at all, counting must end all the same.
_FARTHEST_DAYS = 400


@dataclass(frozen=True)
class Workdays:
    """Which days are worked. Years that are not known count with their weekends only."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether offices work on a day."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)

    def before(self, day: date, count: int) -> date:
        """The day that lies a number of working days before another; the day itself for none.

        Why the day itself need not be worked: one working day before a Sunday is the Friday.
        """
        return self._step(day, count, -_ONE_DAY)

    def after(self, day: date, count: int) -> date:
        """The day that lies a number of working days after another; the day itself for none."""
        return self._step(day, count, _ONE_DAY)

    def between(self, earlier: date, later: date) -> int:
        """How many working days come after one day, up to and with another; none when it is not later."""
        days = (later - earlier).days
        return sum(self.is_workday(earlier + timedelta(days=offset)) for offset in range(1, days + 1))

    def first_of_week(self, day: date) -> date:
        """The first working day of a day's week; its Monday where nothing is worked that week."""
        monday = day - timedelta(days=day.weekday())
        week = (monday + timedelta(days=offset) for offset in range(7))
        return next((each for each in week if self.is_workday(each)), monday)

    def _step(self, day: date, count: int, step: timedelta) -> date:
        for _each in range(_FARTHEST_DAYS):
            if not count:
                break
            day += step
            count -= self.is_workday(day)
        return day
