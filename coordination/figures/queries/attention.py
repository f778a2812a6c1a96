"""What a leader should look at first: late tasks, and programs that wait for a signature."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import OuterRef, QuerySet, Subquery

from agencies.models import Agency
from coordination.figures.scope import Scope, narrowed, tasks_of
from coordination.programs.enums import ProgramState, SignatureState
from coordination.programs.models import Program, SignatureSlot
from coordination.programs.queries import programs_covering
from coordination.programs.sight import ProgramsSeen
from coordination.tasks.enums import Bucket, RoleKind, Standing
from coordination.tasks.judging import Facts
from coordination.tasks.models import Target, Task
from coordination.tasks.queries import past
from records.prepared import Prepared


@dataclass(frozen=True)
class LateTask:
    """A task whose deadline passed unfinished. Units: `days_late` counts calendar days up to the day judged on."""

    slug: str
    title: str
    lead: str
    deadline: date
    days_late: int
    standing: Standing
    value: Decimal | None
    target: Decimal | None
    unit: str
    carried_into: int | None


@dataclass(frozen=True)
class Unsigned:
    """A program being signed and the parties whose signature is awaited, in signing order."""

    slug: str
    code: str
    title: str
    awaited: tuple[str, ...]


def unfinished_tasks(
    scope: Scope, year: int, *, as_of: date, limit: int | None = None, programs: ProgramsSeen | None = None
) -> list[LateTask]:
    """The overdue and the not completed tasks of a year, the longest late first; one query. Rule: R-FIG-10."""
    programs = programs or programs_covering(scope.actor, year)
    tasks = _prepared(scope.for_anybody(), year, as_of, past.is_past(as_of), limit).models(
        agencies=tuple(sorted(scope.actor.agency_ids())), made=programs.made, others=programs.others
    )
    facts = past.facts_on(as_of)
    return [_late_task(task, facts, as_of) for task in tasks]


@lru_cache(maxsize=32)
def _prepared(scope: Scope, year: int, as_of: date, is_past: bool, limit: int | None) -> Prepared:
    """The statement of a year and a day, which is said otherwise once the day is over."""

    def ask(agencies: tuple[int, ...], made: frozenset[int], others: frozenset[int]) -> QuerySet[Task]:
        return _unfinished(scope.seen_by(agencies, ()), year, as_of, limit, ProgramsSeen(made, others))

    return Prepared(ask)


def _unfinished(scope: Scope, year: int, as_of: date, limit: int | None, programs: ProgramsSeen) -> QuerySet[Task]:
    late = narrowed(scope, tasks_of(scope, year, as_of=as_of, programs=programs), as_of=as_of)
    facts = past.facts_on(as_of)
    longest = late.filter(bucket=Bucket.OVERDUE.value).order_by(facts.deadline, "code")
    if limit is not None:
        # Found first and described then: SQLite would describe every late task before it leaves out all but a few.
        found = Task.with_binned.filter(pk__in=longest.values("pk")[:limit])
        longest = past.standing_on(found, as_of, entered_since=scope.entered_since).order_by(facts.deadline, "code")
    return _described(longest, scope.roles_on_day(as_of))


def programs_awaiting_signatures(scope: Scope) -> list[Unsigned]:
    """The programs being signed, whatever their year, with the parties awaited; one query. Rule: R-FIG-11."""
    programs = Program.objects.visible_to(scope.actor).filter(state=ProgramState.SIGNING)
    if scope.program_ids is not None:
        programs = programs.filter(pk__in=scope.program_ids)
    slots = SignatureSlot.objects.filter(
        version__program__in=programs,
        version__for_signing=True,
        version__voided_at=None,
        state=SignatureState.AWAITING,
    ).order_by("version__program__code", "position")
    awaiting: dict[tuple[str, str], list[str]] = {}
    for code, title, party in slots.values_list(
        "version__program__code", "version__program__short_title", "party__agency__current_short_name"
    ):
        awaiting.setdefault((code, title), []).append(party)
    return [Unsigned(code.lower(), code, title, tuple(parties)) for (code, title), parties in awaiting.items()]


def _described(tasks: QuerySet[Task], roles_on: date | None) -> QuerySet[Task]:
    """With the first lead agency of a day, the first target and the year the task was carried into."""
    leads = past.roles_on(roles_on).filter(task_id=OuterRef("pk"), kind=RoleKind.LEAD).order_by("position")
    named = Agency.objects.filter(pk=OuterRef("agency_then")).values("current_short_name")
    target = Target.objects.filter(task_id=OuterRef("pk"), position=1)
    carried = Task.objects.filter(continues_id=OuterRef("pk")).order_by("program__year")
    return tasks.annotate(
        lead=Subquery(leads.annotate(led_by=Subquery(named)).values("led_by")[:1]),
        target_value=Subquery(target.values("value")[:1]),
        target_unit=Subquery(target.values("unit")[:1]),
        carried_into=Subquery(carried.values("program__year")[:1]),
    )


def _late_task(task: Task, facts: Facts, as_of: date) -> LateTask:
    deadline = getattr(task, facts.deadline)
    return LateTask(
        slug=task.slug,
        title=task.title,
        lead=task.lead or "",
        deadline=deadline,
        days_late=(as_of - deadline).days if deadline else 0,
        standing=Standing(task.standing),
        value=getattr(task, facts.last_value),
        target=task.target_value,
        unit=task.target_unit or "",
        carried_into=task.carried_into,
    )
