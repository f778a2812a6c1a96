"""What is scheduled: said by the rooms of every floor when the portal starts; this floor only knows their names."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from records import clock


def _always_on() -> str:
    return ""


@dataclass(frozen=True)
class Planned:
    """One thing the portal does by itself: each day at a time of Hà Nội (`at`), or again and again (`every`).

    `act` is the address of a function without arguments that says in a sentence what it did. It may be called twice and
    must come to the same; it raises a Refusal to say why it failed. Why an address: what it needs is loaded when it is
    done, not by every process. `why_off` says why it is not done here. What `is_long` holds up nothing that is not.
    """

    name: str
    label: Promise
    act: str
    at: time | None = None
    every: timedelta | None = None
    is_long: bool = False
    why_off: Callable[[], str] = _always_on

    def __post_init__(self) -> None:
        if (self.at is None) == (self.every is None):
            raise ValueError(f"{self.name} is done either at a time of the day or every so often")

    def do(self) -> str:
        return import_string(self.act)()

    def first_at(self, moment: datetime) -> datetime:
        """When it is done for the first time on a portal that has never done it."""
        return moment if self.every else self.next_after(moment)

    def next_after(self, moment: datetime) -> datetime:
        """Its next regular time after a moment, whatever was missed before."""
        if self.every:
            return moment + self.every
        day = clock.local_day(moment)
        today = clock.at(day, self.at.hour, self.at.minute)
        return today if today > moment else clock.at(day + timedelta(days=1), self.at.hour, self.at.minute)


_PLANNED: dict[str, Planned] = {}


def declare(*planned: Planned) -> None:
    """Make known what is scheduled, once, when the portal starts."""
    _PLANNED.update({one.name: one for one in planned})


def everything() -> list[Planned]:
    """All that is scheduled, in the order it was declared."""
    return list(_PLANNED.values())


def named(name: str) -> Planned | None:
    """What is scheduled under that name; nothing where no room of this version has declared it."""
    return _PLANNED.get(name)
