"""The figures of a year as a report keeps them: counted once, frozen as JSON, read again years later.

Rule: R-COMPOSE-2. A frozen figure keeps the address of the list it counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from coordination.figures.shapes import CumulativeMonth, Figures
from coordination.figures.tally import Tally
from coordination.tasks.enums import Bucket


@dataclass(frozen=True)
class Part:
    """One line of a breakdown: an area, an agency or a program with its counts."""

    code: str
    name: str
    tally: Tally


@dataclass(frozen=True)
class YearCounts:
    """What a report counts of a year: all tasks, by program, area and lead agency, and over the months."""

    year: int
    as_of: date
    all: Tally
    programs: tuple[Part, ...] = ()
    areas: tuple[Part, ...] = ()
    agencies: tuple[Part, ...] = ()
    months: tuple[CumulativeMonth, ...] = ()

    @classmethod
    def of(cls, figures: Figures, year: int, as_of: date, *, titles: dict[int, str]) -> Self:
        """Out of one count of the portal. Shape: `titles` by program id; agencies are those that lead a task."""
        return cls(
            year=year,
            as_of=as_of,
            all=_bare(figures.year),
            programs=tuple(
                Part(one.code.lower(), titles.get(one.pk, one.title), one.tally) for one in figures.programs
            ),
            areas=tuple(Part(one.code, one.name, one.tally) for one in figures.areas),
            agencies=tuple(
                Part(one.agency.code, one.agency.name, one.led)
                for one in figures.agencies
                if one.led.total or one.led.ongoing
            ),
            months=figures.cumulative,
        )

    def as_json(self) -> dict:
        """As it is frozen."""
        return {
            "year": self.year,
            "as_of": self.as_of.isoformat(),
            "all": _written(self.all),
            **{name: _parts_written(getattr(self, name)) for name in ("programs", "areas", "agencies")},
            "months": [[one.month, one.due, one.done] for one in self.months],
        }

    @classmethod
    def from_json(cls, kept: dict) -> Self:
        """As it was frozen."""
        return cls(
            year=kept["year"],
            as_of=date.fromisoformat(kept["as_of"]),
            all=_read(kept["all"]),
            **{name: _parts_read(kept[name]) for name in ("programs", "areas", "agencies")},
            months=tuple(CumulativeMonth(*one) for one in kept["months"]),
        )


@dataclass(frozen=True)
class ReportFacts:
    """Every figure of a report: the year told of, the year before where it had tasks, the year planned.

    Shape: `planned` counts the tasks and programs of the year planned; `parties` the parties by program code; `rows`
    the rows of each annex by its key.
    """

    counts: YearCounts
    before: YearCounts | None = None
    planned: tuple[int, int] = (0, 0)
    signed: int = 0
    parties: tuple[tuple[str, int], ...] = ()
    rows: tuple[tuple[str, int], ...] = ()

    def as_json(self) -> dict:
        """As it is frozen."""
        return {
            "counts": self.counts.as_json(),
            "before": self.before.as_json() if self.before else None,
            "planned": list(self.planned),
            "signed": self.signed,
            "parties": [list(one) for one in self.parties],
            "rows": [list(one) for one in self.rows],
        }

    @classmethod
    def from_json(cls, kept: dict) -> Self:
        """As it was frozen."""
        return cls(
            counts=YearCounts.from_json(kept["counts"]),
            before=YearCounts.from_json(kept["before"]) if kept["before"] else None,
            planned=tuple(kept["planned"]),
            signed=kept["signed"],
            parties=tuple((code, count) for code, count in kept["parties"]),
            rows=tuple((key, count) for key, count in kept["rows"]),
        )


def _bare(tally: Tally) -> Tally:
    return Tally(buckets=tally.buckets, keys=tally.keys)


def _written(tally: Tally) -> dict:
    counted = {bucket.value: count for bucket, count in tally.buckets.items() if count}
    return {"buckets": counted, "keys": None if tally.keys is None else [list(key) for key in tally.keys]}


def _read(kept: dict) -> Tally:
    buckets = dict.fromkeys(Bucket, 0) | {Bucket(name): count for name, count in kept["buckets"].items()}
    keys = kept["keys"]
    return Tally(buckets=buckets, keys=None if keys is None else tuple((name, value) for name, value in keys))


def _parts_written(parts: Iterable[Part]) -> list:
    return [[part.code, part.name, _written(part.tally)] for part in parts]


def _parts_read(kept: list) -> tuple[Part, ...]:
    return tuple(Part(code, name, _read(tally)) for code, name, tally in kept)
