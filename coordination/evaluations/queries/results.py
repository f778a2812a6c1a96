"""The results of a round: points from task results, self- and cross-evaluation, weighted by the scheme."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import OuterRef, Subquery

from agencies.models import Agency
from coordination.evaluations.enums import EvaluationKind, PartKind
from coordination.evaluations.models import EvaluationRound, GradeBand, GradingScheme
from coordination.evaluations.queries.parties import parties_of
from coordination.handover.queries import parties_led
from coordination.tasks.enums import Bucket, RoleKind
from coordination.tasks.models import ProgressReport, Target, Task, TaskRole


@dataclass(frozen=True)
class AgencyResult:
    """What one agency reached: the points of each part, the weighted total and its grade; None where unknown."""

    agency: Agency
    results_points: Decimal | None
    self_points: Decimal | None
    cross_points: Decimal | None
    total: Decimal | None
    band: GradeBand | None


@dataclass(frozen=True)
class TaskOutcome:
    """How a task stood at the cut-off: its bucket and, while unfinished, the share of its target that was reached."""

    bucket: str
    share: Fraction


def round_results(round: EvaluationRound) -> list[AgencyResult]:
    """Every party's points, total and grade, in protocol order. Seven queries whatever their number.

    Rule: results are the mean over the tasks an agency leads; the cross mark is the mean of the marks it got, taken
    to one decimal as it is printed; the total is rounded once, half up. A part that is not known leaves no total.
    """
    scheme = round.scheme
    weights = {part.kind: part.weight_percent for part in scheme.parts.all()}
    bands = list(scheme.bands.all())
    parties = parties_of(round).agencies
    outcomes = _outcomes_by_lead(round, {agency.pk for agency in parties})
    marks = _marks(round)
    return [
        weigh(
            agency,
            weights,
            bands,
            {
                PartKind.RESULTS: mean_of_outcomes(scheme, outcomes.get(agency.pk, [])),
                PartKind.SELF: mean(marks.get((EvaluationKind.SELF, agency.pk), [])),
                PartKind.CROSS: cross_mark(marks.get((EvaluationKind.CROSS, agency.pk), [])),
            },
        )
        for agency in parties
    ]


def mean_of_outcomes(scheme: GradingScheme, outcomes: Iterable[TaskOutcome]) -> Fraction | None:
    """The mean points of tasks: on time, late, or unfinished times the share reached; None when none is judged yet.

    Rule: tasks still within their deadline, suspended, cancelled or without a deadline are not judged.
    """
    points = {
        Bucket.DONE_ON_TIME: Fraction(scheme.on_time_points),
        Bucket.DONE_LATE: Fraction(scheme.late_points),
        Bucket.OVERDUE: Fraction(scheme.unfinished_points),
    }
    return mean([points[outcome.bucket] * outcome.share for outcome in outcomes if outcome.bucket in points])


def band_for(total: Decimal, bands: Iterable[GradeBand]) -> GradeBand | None:
    """The grade whose floor the total reaches; bands come highest first."""
    return next((band for band in bands if total >= band.from_points), None)


def weigh(
    agency: Agency, weights: dict[str, int], bands: Iterable[GradeBand], parts: dict[str, Fraction | None]
) -> AgencyResult:
    """The weighted total of exact parts, rounded once, and its grade; a part that is not known leaves no total.

    Units: weights in percent, parts in points out of 100.
    """
    known = bool(weights) and all(parts[kind] is not None for kind in weights)
    total = tenth(sum(parts[kind] * weight / 100 for kind, weight in weights.items())) if known else None
    return AgencyResult(
        agency=agency,
        results_points=tenth(parts[PartKind.RESULTS]),
        self_points=tenth(parts[PartKind.SELF]),
        cross_points=tenth(parts[PartKind.CROSS]),
        total=total,
        band=None if total is None else band_for(total, bands),
    )


def cross_mark(scores: list[Fraction]) -> Fraction | None:
    """The mean of the scores the others gave, to one decimal as it is printed and counted."""
    rounded = tenth(mean(scores))
    return None if rounded is None else Fraction(rounded)


def _marks(round: EvaluationRound) -> dict[tuple[str, int], list[Fraction]]:
    marks: dict[tuple[str, int], list[Fraction]] = {}
    rows = round.evaluations.filter(score__isnull=False).values_list("kind", "agency_id", "score")
    for kind, agency_id, score in rows:
        marks.setdefault((kind, agency_id), []).append(Fraction(score))
    return marks


def _outcomes_by_lead(round: EvaluationRound, parties: set[int]) -> dict[int, list[TaskOutcome]]:
    """The outcomes at the cut-off of every task of the round's programs, under each agency that leads it.

    Rule: R-SUCC-3. What the successor of a party leads in its place counts for the party, which is what is evaluated.
    """
    outcomes = {task.pk: _outcome(task, round) for task in _tasks_at_cut_off(round)}
    led_before = parties_led(outcomes, parties)
    leads = TaskRole.objects.filter(kind=RoleKind.LEAD, task_id__in=list(outcomes)).values_list("agency_id", "task_id")
    credited = {
        (agency_id, task_id)
        for lead_id, task_id in leads
        for agency_id in led_before.get(task_id, {}).get(lead_id) or {lead_id}
    }
    by_lead: dict[int, list[TaskOutcome]] = {}
    for agency_id, task_id in credited:
        by_lead.setdefault(agency_id, []).append(outcomes[task_id])
    return by_lead


def _tasks_at_cut_off(round: EvaluationRound):
    """Tasks of the round's programs with their bucket, first target and what was reported by the cut-off."""
    target = Target.objects.filter(task=OuterRef("pk")).order_by("position")
    reported = ProgressReport.objects.filter(task=OuterRef("pk"), reported_on__lte=round.cut_off_on)
    latest = reported.order_by("-reported_on", "-entered_at", "-pk")
    return (
        Task.objects.filter(program__evaluation_rounds=round)
        .judged_on(round.cut_off_on)
        .annotate(
            target_value=Subquery(target.values("value")[:1]),
            reached_value=Subquery(latest.values("value")[:1]),
            reached_percent=Subquery(latest.values("percent")[:1]),
        )
    )


def _outcome(task: Task, round: EvaluationRound) -> TaskOutcome:
    done_since = task.completed_on is not None and task.completed_on > round.cut_off_on
    due_by_then = task.deadline is not None and task.deadline <= round.cut_off_on
    bucket = task.bucket
    if done_since:
        bucket = Bucket.OVERDUE.value if due_by_then else Bucket.IN_TIME.value
    return TaskOutcome(bucket, _share(task) if bucket == Bucket.OVERDUE else Fraction(1))


def _share(task: Task) -> Fraction:
    """The share of the target reached by the cut-off, at most the whole; by percent where no value is measured."""
    if task.target_value and task.reached_value is not None:
        return min(Fraction(task.reached_value) / Fraction(task.target_value), Fraction(1))
    return Fraction(task.reached_percent or 0, 100)


def mean(values: list[Fraction]) -> Fraction | None:
    """The exact mean; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def tenth(value: Fraction | None) -> Decimal | None:
    """A value to one decimal, half up: 94,25 is 94,3.

    Why: in whole numbers, so that no binary fraction decides a grade.
    """
    if value is None:
        return None
    return Decimal((value * 10 + Fraction(1, 2)).__floor__()).scaleb(-1)
