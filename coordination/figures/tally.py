"""Counts of tasks as officials quote them: four buckets with their denominators, each count knowing its own list.

Rule: R-FIG-1. A task lies in one bucket: completed on time, completed late, within the deadline, overdue. Tasks without
a deadline are counted apart; suspended and cancelled ones are not counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlencode

from coordination.tasks.enums import Bucket, Standing

DATED = (Bucket.DONE_ON_TIME, Bucket.DONE_LATE, Bucket.IN_TIME, Bucket.OVERDUE)
DUE = (Bucket.DONE_ON_TIME, Bucket.DONE_LATE, Bucket.OVERDUE)
DONE = (Bucket.DONE_ON_TIME, Bucket.DONE_LATE)

_NOTHING = dict.fromkeys(Bucket, 0)
_FILTERS = {bucket: ("bucket", bucket.value) for bucket in Bucket}
_BUCKETS = {said: bucket for bucket in Bucket for said in (bucket, bucket.value)}
Keys = tuple[tuple[str, str], ...]


class Number(int):
    """A count together with the query string of the task list that shows exactly the tasks counted.

    Rule: R-FIG-12. Where no list shows exactly these tasks the query is empty, and the count is printed without a link.
    """

    _keys: "Keys | None"

    def __new__(cls, count: int, keys: "Keys | None") -> "Number":
        number = super().__new__(cls, count)
        number._keys = keys
        return number

    @property
    def query(self) -> str:
        """The query string; put together where it is written, for most counts are only reckoned with."""
        return "" if self._keys is None else f"?{urlencode(self._keys)}"


@dataclass(frozen=True)
class Group:
    """So many tasks alike in everything the figures tell apart; one row of the database's own counting.

    Units: `due_month` and `done_month` are months of the year counted; 0 stands for before the year, None for none.
    """

    bucket: str
    standing: str
    count: int
    program_id: int = 0
    area_id: int = 0
    due_month: int | None = None
    done_month: int | None = None
    late_days: int = 0
    most_late_days: int = 0
    measured: int = 0
    reached: int = 0


class Part(NamedTuple):
    """So many tasks of an agency alike in bucket and month of the deadline."""

    bucket: Bucket
    due_month: int | None
    count: int


@dataclass(frozen=True)
class Tally:
    """The counts of one set of tasks.

    Rule: R-FIG-1. `keys` are the task-list filters that select the set; None where no list shows exactly it.
    """

    buckets: Mapping[Bucket, int]
    keys: Keys | None = ()

    @property
    def on_time(self) -> Number:
        """Tasks completed by their deadline."""
        return self.number(Bucket.DONE_ON_TIME)

    @property
    def late(self) -> Number:
        """Tasks completed after their deadline."""
        return self.number(Bucket.DONE_LATE)

    @property
    def in_time(self) -> Number:
        """Tasks not completed whose deadline has not passed."""
        return self.number(Bucket.IN_TIME)

    @property
    def overdue(self) -> Number:
        """Tasks not completed whose deadline has passed, and tasks the year closed as not completed."""
        return self.number(Bucket.OVERDUE)

    @property
    def ongoing(self) -> Number:
        """Tasks without a deadline, which no rate counts."""
        return self.number(Bucket.NO_DEADLINE)

    @property
    def due(self) -> Number:
        """Tasks completed or past their deadline: what a rate may be measured against. Rule: R-FIG-2."""
        return self.number(*DUE)

    @property
    def done(self) -> Number:
        """Tasks completed, on time or late."""
        return self.number(*DONE)

    @property
    def total(self) -> Number:
        """Tasks with a deadline, whatever came of them."""
        return self.number(*DATED)

    @property
    def on_time_rate(self) -> Decimal | None:
        """Completed on time out of due; None where nothing was due. Rule: R-FIG-2. Units: percent."""
        return share(self.count(Bucket.DONE_ON_TIME), self.count(*DUE))

    @property
    def done_rate(self) -> Decimal | None:
        """Completed out of all with a deadline; None where there is none. Rule: R-FIG-3. Units: percent."""
        return share(self.count(*DONE), self.count(*DATED))

    def count(self, *buckets: Bucket) -> int:
        """How many tasks some buckets hold together, for what is only reckoned with."""
        count, held = 0, self.buckets
        for bucket in buckets:
            count += held.get(bucket, 0)
        return count

    def number(self, *buckets: Bucket) -> Number:
        """The tasks of some buckets together."""
        keys = None if self.keys is None else self.keys + tuple(_FILTERS[bucket] for bucket in buckets)
        return Number(self.count(*buckets), keys)

    def _keys_with(self, *more: tuple[str, str]) -> Keys | None:
        return None if self.keys is None else (*self.keys, *more)


@dataclass(frozen=True)
class YearFigures(Tally):
    """The counts of a year, how late the late ones were, and how many targets were reached.

    Units: `mean_late_days` and `most_late_days` are calendar days after the deadline, of tasks completed late.
    """

    standings: Mapping[Standing, int] = field(default_factory=dict)
    mean_late_days: Decimal | None = None
    most_late_days: int = 0
    measured: int = 0
    reached: int = 0
    exceeded: int = 0

    def standing(self, standing: Standing) -> Number:
        """The tasks that stand so, with or without a deadline."""
        return Number(self.standings.get(standing, 0), self._keys_with(("status", standing.value)))

    @property
    def awaiting(self) -> Number:
        """Tasks reported as completed and not yet confirmed."""
        return self.standing(Standing.AWAITING)


def share(part: int, whole: int) -> Decimal | None:
    """A part in percent of the whole; None of nothing."""
    return Decimal(part) * 100 / Decimal(whole) if whole else None


def tally(groups: Iterable[Group | Part], keys: Keys | None) -> Tally:
    """The buckets of some groups added up."""
    return Tally(buckets=_buckets(groups), keys=keys)


def year_tally(groups: Iterable[Group], keys: Keys | None) -> YearFigures:
    """The buckets, standings, late days and targets of some groups added up."""
    groups = list(groups)
    buckets = _buckets(groups)
    late = buckets.get(Bucket.DONE_LATE, 0)
    standings: dict[Standing, int] = {}
    for group in groups:
        standing = Standing(group.standing)
        standings[standing] = standings.get(standing, 0) + group.count
    return YearFigures(
        buckets=buckets,
        keys=keys,
        standings=standings,
        mean_late_days=Decimal(sum(group.late_days for group in groups)) / late if late else None,
        most_late_days=max((group.most_late_days for group in groups), default=0),
        measured=sum(group.measured for group in groups),
        reached=sum(group.reached for group in groups),
    )


def _buckets(groups: Iterable[Group | Part]) -> dict[Bucket, int]:
    counted = dict(_NOTHING)
    for group in groups:
        if group.bucket:
            counted[_BUCKETS[group.bucket]] += group.count
    return counted
