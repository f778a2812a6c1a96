"""What the count of a year comes as: buckets of each program, area and agency, and how a row of it is read.

Words are counted as numbers, two small ones as one: fewer columns are grouped sooner.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from coordination.figures.tally import Group, Part
from coordination.tasks.enums import Bucket, Standing

BUCKETS, STANDINGS = tuple(Bucket), tuple(Standing)
STEP = 16


@dataclass(frozen=True)
class AreaLabel:
    """An area as tables name it, whose it is, and in the order its unit gave it."""

    code: str
    name: str
    position: int
    unit: str
    unit_id: int


@dataclass(frozen=True)
class ProgramLabel:
    """A program as tables name it."""

    code: str
    title: str

    @property
    def slug(self) -> str:
        """The code as addresses write it."""
        return self.code.lower()


class AgencyCounts(NamedTuple):
    """What an agency takes part in and what it leads as the first of the leads.

    Shape: `by_month` holds "code:count" for each month of a deadline and bucket. `second` says how many tasks it leads
    behind another agency, `unfinished` how many it has a part in, `moved_at` when one it leads was last reported on.
    """

    involved: Mapping[Bucket, int]
    led: Mapping[Bucket, int]
    second: int
    by_month: str
    unfinished: int
    moved_at: datetime | None

    def parts(self) -> list[Part]:
        """What it takes part in by bucket and month of the deadline."""
        return [_part(*each.split(":")) for each in self.by_month.split()]


@dataclass
class Counted:
    """The groups of a scope, a year and a day. Groups of no task stand for what could be chosen but for narrowing.

    Shape: buckets of each program, area and agency; `months` by bucket, standing and months.
    """

    programs: dict[int, Mapping[Bucket, int]] = field(default_factory=dict)
    program_labels: dict[int, ProgramLabel] = field(default_factory=dict)
    areas: dict[int, Mapping[Bucket, int]] = field(default_factory=dict)
    area_labels: dict[int, AreaLabel] = field(default_factory=dict)
    agencies: dict[int, AgencyCounts] = field(default_factory=dict)
    months: list[Group] = field(default_factory=list)
    measured: int = 0
    reached: int = 0
    exceeded: int = 0


def _keep_agency(found: Counted, key: int, sums: tuple, *told) -> None:
    *first, second, by_month, unfinished, moved_at = told
    found.agencies[key] = AgencyCounts(
        _buckets(sums), _buckets(first), second, by_month or "", unfinished, _moment(moved_at)
    )


def _keep_area(found: Counted, key: int, sums: tuple, *told) -> None:
    code, name, unit_id, unit = told[6].split("\n")
    found.areas[key] = _buckets(sums)
    found.area_labels[key] = AreaLabel(code, name, told[7], unit, int(unit_id))


def _keep_program(found: Counted, key: int, sums: tuple, *told) -> None:
    code, title = told[6].split("\n")
    found.programs[key] = _buckets(sums)
    found.program_labels[key] = ProgramLabel(code, title)


def _keep_month(found: Counted, key: int, sums: tuple, *_told) -> None:
    standing, done = divmod(key, STEP)
    code, count, late_days, most, _nothing = sums
    due, bucket = divmod(code, STEP)
    months = {"due_month": _month(due), "done_month": _month(done)}
    late = {"late_days": late_days or 0, "most_late_days": most or 0}
    found.months.append(Group(BUCKETS[bucket], STANDINGS[standing], count, **months, **late))


def _keep_targets(found: Counted, _key: int, sums: tuple, *_told) -> None:
    found.measured, found.reached, found.exceeded = (count or 0 for count in sums[:3])


_KEPT = {
    "part": _keep_agency, "area": _keep_area, "program": _keep_program, "month": _keep_month, "target": _keep_targets
}  # fmt: skip


def keep(found: Counted, kind: str, key: int, *told) -> None:
    """Take in one row of the count: its kind, the key it is about, five sums, and what else is told of that kind."""
    _KEPT[kind](found, key, told[:5], *told[5:])


def _buckets(sums: tuple) -> dict[Bucket, int]:
    return dict(zip(BUCKETS, (count or 0 for count in sums), strict=True))


def _part(code: str, count: str) -> Part:
    due, bucket = divmod(int(code), STEP)
    return Part(BUCKETS[bucket], _month(due), int(count))


def _month(code: int) -> int | None:
    return code - 1 if code else None


def _moment(value: str | datetime | None) -> datetime | None:
    """A moment of a column that no model read: SQLite tells it as text."""
    return connection.ops.convert_datetimefield_value(value, None, connection) if isinstance(value, str) else value
