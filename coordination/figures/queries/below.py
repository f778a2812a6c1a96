"""Counts for a level above: by program, with how many of the tasks counted the reader may open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter

from django.db.models import Count, Max, Q, QuerySet

from agencies.models import AdminUnit, Membership
from coordination.figures.below import programs_counted_for
from coordination.figures.scope import past_keys
from coordination.figures.tally import Keys, Tally
from coordination.tasks import judging
from coordination.tasks.enums import Bucket
from coordination.tasks.models import Task, TaskQuerySet
from coordination.tasks.queries import past

# An address that names more programs than this is no link anybody reads.
MOST_PROGRAMS_LINKED = 20


@dataclass
class ProgramCounts:
    """The tasks of one program by bucket: all that are counted, and those of them the reader may open."""

    pk: int
    code: str
    unit_id: int
    counted: dict[Bucket, int] = field(default_factory=dict)
    seen: dict[Bucket, int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether the reader may open every task that is counted."""
        return self.seen == self.counted

    @property
    def is_seen(self) -> bool:
        """Whether the reader may open any."""
        return any(self.seen.values())


def counts_below(actor: Membership, units: QuerySet[AdminUnit], year: int, *, as_of: date) -> list[ProgramCounts]:
    """The programs of some units that are counted for the actor's level, with their tasks of a year. Two queries.

    Rule: R-LEVEL-2. On a day before a program was signed, it is not counted.
    Why a column a bucket: the country has ten thousand programs a year, and one row each is read three times as fast.
    """
    tasks = _tasks_below(actor, units, year, as_of)
    columns = {f"in_{bucket.value}": Count("pk", filter=Q(bucket=bucket.value)) for bucket in Bucket}
    counted = tasks.values("program_id", "program__code", "program__unit_id").annotate(**columns)
    found = {
        pk: ProgramCounts(pk, code, unit_id, {bucket: n for bucket, n in zip(Bucket, counts, strict=True) if n})
        for pk, code, unit_id, *counts in counted.order_by().values_list(
            "program_id", "program__code", "program__unit_id", *columns
        )
    }
    seen = tasks.filter(pk__in=Task.with_binned.visible_to(actor).values("pk")).order_by()
    for pk, bucket, count in (
        seen.values("program_id", "bucket").annotate(count=Count("pk")).values_list("program_id", "bucket", "count")
    ):
        found[pk].seen[Bucket(bucket)] = count
    return sorted(found.values(), key=attrgetter("code"))


def last_reports_below(actor: Membership, units: QuerySet[AdminUnit], year: int, *, as_of: date) -> dict[int, datetime]:
    """When a task of a program counted for the actor's level was last reported on, by program. One query.

    Rule: R-LEVEL-2.
    """
    tasks = _tasks_below(actor, units, year, as_of).exclude(last_reported_at=None).order_by()
    return dict(tasks.values("program_id").annotate(last=Max("last_reported_at")).values_list("program_id", "last"))


def _tasks_below(actor: Membership, units: QuerySet[AdminUnit], year: int, as_of: date) -> TaskQuerySet:
    """The countable tasks as they are today, or on a day that is over as they stood then. Rule: R-FIG-14."""
    programs = programs_counted_for(actor).filter(unit__in=units.values("pk"), signed_on__lte=as_of)
    inside = Q(program__in=programs.values("pk"))
    if past.is_past(as_of):
        tasks = past.stood_on(Task.with_binned.filter(inside), as_of)
    else:
        tasks = Task.objects.filter(inside).judged_on(as_of)
    return tasks.filter(judging.in_year(past.facts_on(as_of), year)).exclude(bucket="")


def tally_counted(programs: Iterable[ProgramCounts], year: int, *, as_of: date) -> Tally:
    """What is counted of some programs together, linked only where the reader may open every task of it.

    Rule: R-FIG-12.
    """
    programs = list(programs)
    linked = 0 < len(programs) <= MOST_PROGRAMS_LINKED and all(one.is_open for one in programs)
    return Tally(_added(one.counted for one in programs), _keys(programs, year, as_of) if linked else None)


def tally_seen(program: ProgramCounts, year: int, *, as_of: date) -> Tally:
    """What the reader may open of one program, which its list shows exactly."""
    return Tally(program.seen, _keys([program], year, as_of))


def years_counted_for(actor: Membership) -> list[int]:
    """The years that programs counted for the actor's level cover, newest first. One query."""
    periods = programs_counted_for(actor).order_by().values_list("period_start__year", "period_end__year").distinct()
    return sorted({year for first, last in periods for year in range(first, last + 1)}, reverse=True)


def _added(parts: Iterable[Mapping[Bucket, int]]) -> dict[Bucket, int]:
    total = dict.fromkeys(Bucket, 0)
    for part in parts:
        for bucket, count in part.items():
            total[bucket] += count
    return total


def _keys(programs: Iterable[ProgramCounts], year: int, as_of: date) -> Keys:
    return (("year", str(year)), *past_keys(as_of), *(("program", one.code.lower()) for one in programs))
