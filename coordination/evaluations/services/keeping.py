"""Writing a judgement down: one of each kind for each pair of agencies, the audit keeps what it replaced."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import CitedTask, CriterionScore, Evaluation, EvaluationRound
from coordination.tasks.models import Task
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record


@dataclass(frozen=True)
class Written:
    """What a judgement says: a score or a grade, a remark, points by criterion, the figures it was made on."""

    score: Decimal | None
    grade: str
    remark: str = ""
    scores: Sequence = ()
    figures: dict | None = None
    is_draft: bool = False


def keep_judgement(
    round: EvaluationRound,
    kind: EvaluationKind,
    actor: Membership,
    agency: Agency,
    by_agency: Agency,
    written: Written,
    cited: Sequence[tuple[int | None, Task]] = (),
) -> Evaluation:
    """Write the one judgement of this kind, replacing an earlier one; the audit keeps both."""
    earlier = Evaluation.objects.filter(round=round, kind=kind, agency=agency, by_agency=by_agency).first()
    before = told(earlier) if earlier else {}
    evaluation = earlier or Evaluation(round=round, kind=kind, agency=agency, by_agency=by_agency)
    evaluation.score, evaluation.grade, evaluation.remark = written.score, written.grade, written.remark
    evaluation.figures, evaluation.by = written.figures, actor
    evaluation.submitted_on = None if written.is_draft else clock.today()
    evaluation.save()
    _give_points(evaluation, written.scores)
    _cite(evaluation, cited)
    whom = {"judgement": kind, "agency": named(agency), "by_agency": named(by_agency)}
    action = AuditAction.CHANGED if earlier else AuditAction.CREATED
    record(action, actor=actor, about=evaluation, before=before, after=whom | told(evaluation))
    return evaluation


def told(evaluation: Evaluation) -> dict:
    """The values an audit entry tells about; of a draft only that it is one, since nobody else reads it."""
    if evaluation.is_draft:
        return {"is_draft": True}
    lines = evaluation.scores.select_related("criterion").order_by("criterion__position")
    points = [[line.criterion.name, line.points, line.reason] for line in lines]
    cited = list(dict.fromkeys(one.task.code for one in evaluation.cited.select_related("task")))
    values = {"score": evaluation.score, "grade": evaluation.grade, "remark": evaluation.remark}
    return values | ({"points": points} if points else {}) | ({"cited": cited} if cited else {})


def _give_points(evaluation: Evaluation, scores: Sequence) -> None:
    """Write the points per criterion anew."""
    evaluation.scores.all().delete()
    CriterionScore.objects.bulk_create(
        CriterionScore(evaluation=evaluation, criterion=line.criterion, points=line.points, reason=line.reason)
        for line in scores
    )


def _cite(evaluation: Evaluation, cited: Sequence[tuple[int | None, Task]]) -> None:
    evaluation.cited.all().delete()
    CitedTask.objects.bulk_create(
        CitedTask(evaluation=evaluation, criterion_id=criterion, task=task) for criterion, task in cited
    )
