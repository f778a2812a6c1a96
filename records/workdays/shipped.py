"""The years whose working days come with the portal, read once from `days.txt`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from records.workdays.enums import DayKind

_FILE = Path(__file__).with_name("days.txt")


@dataclass(frozen=True)
class Special:
    """A day that differs from the week's order, and what it is called."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True)
class ShippedYear:
    """The special days of a year in order, and the papers they follow."""

    year: int
    source: str
    days: tuple[Special, ...]


@cache
def shipped_years() -> Mapping[int, ShippedYear]:
    """Every year that comes with the portal, by its number."""
    return read(_FILE.read_text(encoding="utf-8"))


def read(written: str) -> dict[int, ShippedYear]:
    """The years of a list: a line `= year source` begins one, each line below it is a day, its kind and its name.

    Raises: ValueError for a line that is none of these, a day outside its year or told twice.
    """
    heads: dict[int, str] = {}
    days: dict[int, list[Special]] = {}
    year = 0
    for line in filter(None, (line.strip() for line in written.splitlines())):
        if line.startswith("#"):
            continue
        first, second, rest = line.split(maxsplit=2)
        if first == "=":
            year = int(second)
            heads[year], days[year] = rest, []
            continue
        special = Special(date.fromisoformat(first), DayKind(second), rest)
        if special.day.year != year or any(special.day == other.day for other in days[year]):
            raise ValueError(f"{line}: not a day of {year}, or told twice")
        days[year].append(special)
    return {
        year: ShippedYear(year, source, tuple(sorted(days[year], key=lambda special: special.day)))
        for year, source in heads.items()
    }
