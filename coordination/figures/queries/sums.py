"""Rows of the count added up, whether they come from one reading of all tasks or from programs that were kept."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from django.db import connection

from coordination.figures.queries.counts import BUCKETS, STANDINGS, STEP, AgencyCounts, Counted, Row
from coordination.figures.queries.labels import labels_of
from coordination.figures.tally import Group
from coordination.tasks.enums import Bucket

Moment = str | datetime
_NOTHING = (0,) * 13


class Sums:
    """Rows of the same key make one. Nothing is added once they were counted."""

    def __init__(self, rows: Iterable[Row | tuple] = ()):
        self.agencies: dict[int, list] = {}
        self.areas: dict[int, list[int]] = {}
        self.programs: dict[int, list[int]] = {}
        self.months: dict[tuple[int, int], list[int]] = {}
        self.moves: dict[int, Moment] = {}
        self.targets = [0, 0, 0]
        self._adding = {
            "part": self._add_part, "area": self._add_area, "program": self._add_program, "month": self._add_month,
            "target": self._add_target, "move": self._add_move,
        }  # fmt: skip
        self.add(rows)

    def add(self, rows: Iterable[Row | tuple]) -> None:
        """Take in more rows."""
        adding = self._adding
        for row in rows:
            adding[row[0]](row)

    def counted(self) -> Counted:
        """The groups, with the names of the programs and areas among them. One query."""
        programs, areas = labels_of(self.programs, self.areas)
        return replace(self._groups, program_labels=programs, area_labels=areas)

    @cached_property
    def _groups(self) -> Counted:
        """Put together once, for what is kept is asked for again and again."""
        measured, reached, exceeded = self.targets
        return Counted(
            programs={key: _buckets(sums) for key, sums in self.programs.items()},
            areas={key: _buckets(sums) for key, sums in self.areas.items()},
            agencies={key: self._agency(key, *told) for key, told in self.agencies.items()},
            months=[_group(*code, *sums) for code, sums in self.months.items()],
            measured=measured,
            reached=reached,
            exceeded=exceeded,
        )

    def rows(self) -> Iterator[tuple]:
        """What was added up, as rows that can be added to others."""
        yield from (("part", 0, key, *told) for key, told in self.agencies.items())
        yield from (("area", 0, key, *sums) for key, sums in self.areas.items())
        yield from (("program", 0, key, *sums) for key, sums in self.programs.items())
        yield from (("month", 0, *code, *sums) for code, sums in self.months.items())
        yield from (("move", 0, key, *_NOTHING, moment) for key, moment in self.moves.items())
        yield ("target", 0, 0, *self.targets)

    def _agency(self, key: int, *told) -> AgencyCounts:
        *sums, text, unfinished, moved_at = told
        last = _later(moved_at, self.moves.get(key))
        return AgencyCounts(_buckets(sums[:5]), _buckets(sums[5:10]), sums[10], text, unfinished, _moment(last))

    def _add_part(self, row: Row) -> None:
        there = self.agencies.get(row[2])
        if there is None:
            self.agencies[row[2]] = list(row[3:])
            return
        for place in range(11):
            there[place] += row[3 + place]
        there[11] = f"{there[11]} {row[14]}"
        there[12] += row[15]
        there[13] = _later(there[13], row[16])

    def _add_area(self, row: Row) -> None:
        _add_to(self.areas, row[2], row[3:8])

    def _add_program(self, row: Row) -> None:
        _add_to(self.programs, row[2], row[3:8])

    def _add_month(self, row: Row) -> None:
        code, count, late_days, most = (row[2], row[3]), row[4], row[5], row[6]
        there = self.months.get(code)
        if there is None:
            self.months[code] = [count, late_days, most]
            return
        there[0] += count
        there[1] += late_days
        there[2] = max(there[2], most)

    def _add_target(self, row: Row) -> None:
        for place in range(3):
            self.targets[place] += row[3 + place]

    def _add_move(self, row: Row) -> None:
        self.moves[row[2]] = _later(self.moves.get(row[2]), row[16])


def _add_to(sums: dict[int, list[int]], key: int, more: tuple[int, ...]) -> None:
    there = sums.get(key)
    sums[key] = list(more) if there is None else [one + other for one, other in zip(there, more, strict=True)]


def _buckets(sums: list[int]) -> dict[Bucket, int]:
    return dict(zip(BUCKETS, sums, strict=True))


def _group(done_code: int, due_code: int, count: int, late_days: int, most: int) -> Group:
    standing, done = divmod(done_code, STEP)
    due, bucket = divmod(due_code, STEP)
    return Group(
        BUCKETS[bucket],
        STANDINGS[standing],
        count,
        due_month=due - 1 if due else None,
        done_month=done - 1 if done else None,
        late_days=late_days,
        most_late_days=most,
    )


def _later(one: Moment | None, other: Moment | None) -> Moment | None:
    return max(one, other) if one and other else one or other


def _moment(value: Moment | None) -> datetime | None:
    """A moment of a column that no model read: SQLite tells it as text."""
    return connection.ops.convert_datetimefield_value(value, None, connection) if isinstance(value, str) else value
