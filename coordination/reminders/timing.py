"""When a deadline is called to mind, before it and after it: rules as plain values, and the counting they ask for."""

from dataclasses import dataclass
from datetime import date

from records.workdays.counting import Workdays

_WEEK = 7


@dataclass(frozen=True)
class Rules:
    """When the people of a lead agency are told of a deadline; without further words, the usual rules.

    Units: working days. `days_before` from the farthest to the nearest; `every_days` is None for every week;
    `leaders_after` is None where leaders are never told.
    Rule: R-REMIND-1, R-REMIND-4.
    """

    days_before: tuple[int, ...] = (7, 3, 1)
    on_the_day: bool = True
    every_days: int | None = None
    leaders_after: int | None = 5

    @property
    def steps(self) -> tuple[int, ...]:
        """The working days before a deadline on which it is called to mind, nearest first; 0 is the day itself."""
        return tuple(sorted({*self.days_before, *((0,) if self.on_the_day else ())}))

    def step_reached(self, deadline: date, day: date, calendar: Workdays) -> int | None:
        """How many working days before a deadline the latest step lies that has been reached; None before the first.

        Why the latest: where a step was missed, for the server was off, the task is new or the rules are, one
        reminder makes up for all of them.
        """
        return next((step for step in self.steps if calendar.before(deadline, step) <= day), None)

    def days_late(self, deadline: date, day: date, calendar: Workdays) -> int:
        """How many days after a deadline the latest reminder lies, counted on a working day after it.

        Why days and not the number of reminders: a day means the same under all rules, so that whoever was told
        under the old ones is not told again under the new ones.
        """
        passed = (day - deadline).days
        if self.every_days is None:
            return (passed - 1) // _WEEK * _WEEK + 1
        since_the_last = (calendar.between(deadline, day) - 1) % self.every_days
        return (calendar.before(day, since_the_last) - deadline).days

    def days_late_for_leaders(self, deadline: date, day: date, calendar: Workdays) -> int:
        """How many days after a deadline the latest word to the leaders lies, which comes every week; 0 for none."""
        if self.leaders_after is None:
            return 0
        first = calendar.after(deadline, self.leaders_after)
        return (first - deadline).days + (day - first).days // _WEEK * _WEEK if first <= day else 0


USUAL = Rules()
