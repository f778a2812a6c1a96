"""What the count of a year comes as: buckets of each program, area and agency, and how rows of it are added up.

Words are counted as numbers, two small ones as one: fewer columns are grouped sooner.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from coordination.figures.tally import Group, Part
from coordination.tasks.enums import Bucket, Standing

BUCKETS, STANDINGS = tuple(Bucket), tuple(Standing)
STEP = 16


class Row(NamedTuple):
    """A row of the count: of one program, or of all that were counted together, then `home` is 0.

    Shape: five sums, those of what an agency leads first, and what else is told of that kind. `text` holds "code:count"
    for each month of a deadline and bucket of an agency.
    """

    kind: str
    home: int
    key: int
    n0: int
    n1: int
    n2: int
    n3: int
    n4: int
    f0: int
    f1: int
    f2: int
    f3: int
    f4: int
    second: int
    text: str
    unfinished: int
    moved_at: datetime | str | None


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
    behind another agency, `unfinished` how many it has a part in, `moved_at` when it last reported on one it leads or
    on its part in one.
    """

    involved: Mapping[Bucket, int]
    led: Mapping[Bucket, int]
    second: int
    by_month: str
    unfinished: int
    moved_at: datetime | None

    def parts(self) -> list[Part]:
        """What it takes part in by bucket and month of the deadline."""
        counts: dict[str, int] = {}
        for each in self.by_month.split():
            code, _colon, count = each.partition(":")
            counts[code] = counts.get(code, 0) + int(count)
        return [_part(int(code), count) for code, count in counts.items()]


@dataclass
class Counted:
    """The groups of a scope, a year and a day. Groups of no task stand for what could be chosen but for narrowing.

    Shape: buckets of each program, area and agency; `months` by bucket, standing and months.
    """

    programs: Mapping[int, Mapping[Bucket, int]] = field(default_factory=dict)
    program_labels: Mapping[int, ProgramLabel] = field(default_factory=dict)
    areas: Mapping[int, Mapping[Bucket, int]] = field(default_factory=dict)
    area_labels: Mapping[int, AreaLabel] = field(default_factory=dict)
    agencies: Mapping[int, AgencyCounts] = field(default_factory=dict)
    months: list[Group] = field(default_factory=list)
    measured: int = 0
    reached: int = 0
    exceeded: int = 0


def _part(code: int, count: int) -> Part:
    due, bucket = divmod(code, STEP)
    return Part(BUCKETS[bucket], due - 1 if due else None, count)
