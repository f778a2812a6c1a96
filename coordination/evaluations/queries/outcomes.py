"""How the tasks of a round stood at its cut-off, and to which party each counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from coordination.evaluations.models import EvaluationRound
from coordination.handover.queries import parties_led
from coordination.tasks.enums import Bucket, RoleKind
from coordination.tasks.judging import Facts
from coordination.tasks.models import ProgressReport, Target, Task, TaskQuerySet, TaskRole
from coordination.tasks.queries import past
from records import clock

WHOLE = Fraction(1)
JUDGED = (Bucket.DONE_ON_TIME, Bucket.DONE_LATE, Bucket.OVERDUE)
_COLUMNS = (
    "pk", "program_id", "code", "title", "bucket", "deadline_at", "target_value", "reached_value", "reached_percent",
)  # fmt: skip


@dataclass(frozen=True)
class TaskOutcome:
    """How a task stood at the cut-off: its bucket and, while unfinished, the share of its target that was reached."""

    bucket: str
    share: Fraction
    code: str = ""
    title: str = ""
    program_id: int = 0
    deadline: date | None = None

    @property
    def is_judged(self) -> bool:
        return self.bucket in JUDGED

    @property
    def bucket_label(self) -> str:
        return str(Bucket(self.bucket).label) if self.bucket else ""

    @property
    def tone(self) -> str:
        return Bucket(self.bucket).tone if self.bucket else "idle"

    @property
    def slug(self) -> str:
        return self.code.lower()


@dataclass(frozen=True)
class TaskCounts:
    """The tasks an agency leads, by how they stood; those suspended or cancelled are in none."""

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    in_time: int = 0
    undated: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[TaskOutcome]) -> "TaskCounts":
        """How many of some tasks stood how."""
        buckets = [outcome.bucket for outcome in outcomes]
        return cls(
            on_time=buckets.count(Bucket.DONE_ON_TIME),
            late=buckets.count(Bucket.DONE_LATE),
            overdue=buckets.count(Bucket.OVERDUE),
            in_time=buckets.count(Bucket.IN_TIME),
            undated=buckets.count(Bucket.NO_DEADLINE),
        )

    @property
    def judged(self) -> int:
        """What the points are the mean of: done on time, done late, overdue."""
        return self.on_time + self.late + self.overdue


@dataclass(frozen=True)
class Outcomes:
    """Every task of a round's span by its key, and the tasks each party is credited with as their lead."""

    tasks: Mapping[int, TaskOutcome] = field(default_factory=dict)
    by_lead: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def led_by(self, agency_id: int) -> list[TaskOutcome]:
        """The tasks a party is credited with."""
        return [self.tasks[pk] for pk in self.by_lead.get(agency_id, ())]


def judged_on(round: EvaluationRound) -> date:
    """The day tasks are judged on: the cut-off, and today while that lies ahead."""
    return min(round.cut_off_on, clock.today())


def outcomes_of(round: EvaluationRound, parties: set[int]) -> Outcomes:
    """The outcomes of the tasks of a round's span, under each party that leads them. Three queries.

    Rule: R-SUCC-3. What the successor of a party leads in its place counts for the party, which is what is evaluated.
    """
    day = judged_on(round)
    tasks = {row[0]: _outcome(row) for row in _tasks_at(round, day).values_list(*_COLUMNS)}
    led_before = parties_led(tasks, parties)
    leads = TaskRole.objects.filter(kind=RoleKind.LEAD, task__program__evaluation_rounds=round)
    by_lead: dict[int, dict[int, None]] = {}
    for lead_id, task_id in leads.order_by("task__code", "position").values_list("agency_id", "task_id"):
        if task_id in tasks:
            for agency_id in led_before.get(task_id, {}).get(lead_id) or {lead_id}:
                by_lead.setdefault(agency_id, {})[task_id] = None
    return Outcomes(tasks, {agency_id: tuple(found) for agency_id, found in by_lead.items()})


def _tasks_at(round: EvaluationRound, day: date) -> QuerySet[Task]:
    """Tasks of the round's programs and span with their bucket, first target and what was reported by the day.

    Rule: R-EVAL-2. They are judged as the figures of that day judge them; of what was entered later its own days tell.
    """
    target = Target.objects.filter(task=OuterRef("pk")).order_by("position")
    reported = ProgressReport.objects.filter(task=OuterRef("pk"), reported_on__lte=day)
    latest = reported.order_by("-reported_on", "-entered_at", "-pk")
    facts = past.facts_on(day)
    return (
        _stood(round, day)
        .filter(_of_span(round, facts))
        .annotate(
            deadline_at=F(facts.deadline),
            target_value=Subquery(target.values("value")[:1]),
            reached_value=Subquery(latest.values("value")[:1]),
            reached_percent=Subquery(latest.values("percent")[:1]),
        )
        .order_by("code")
    )


def _stood(round: EvaluationRound, day: date) -> TaskQuerySet:
    if not past.is_past(day):
        return Task.objects.filter(program__evaluation_rounds=round).judged_on(day)
    return past.stood_on(Task.with_binned.filter(program__evaluation_rounds=round), day, entered_since=True)


def _of_span(round: EvaluationRound, facts: Facts) -> Q:
    if round.counts_from is None:
        return Q()
    deadline, completed_on, since = facts.deadline, facts.completed_on, round.counts_from
    touches = {f"{deadline}__isnull": True}, {f"{deadline}__gte": since}
    unfinished = {f"{completed_on}__isnull": True}, {f"{completed_on}__gte": since}
    return Q(**touches[0]) | Q(**touches[1]) | Q(**unfinished[0]) | Q(**unfinished[1])


def _outcome(row: tuple) -> TaskOutcome:
    """How a task stood at the end of the day, whatever became of it since."""
    _pk, program_id, code, title, bucket, deadline, target, value, percent = row
    share = _share(target, value, percent) if bucket == Bucket.OVERDUE else WHOLE
    return TaskOutcome(bucket, share, code, title, program_id, deadline)


def _share(target, value, percent) -> Fraction:
    """The share of the target reached by the day, at most the whole; by percent where no value is measured."""
    if target and value is not None:
        return min(Fraction(value) / Fraction(target), WHOLE)
    return Fraction(percent or 0, 100)
