"""Judgements by the agency itself, the other parties, the secretariat and the leader. Sent again, they replace."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import Criterion, CriterionScore, Evaluation, EvaluationRound
from coordination.evaluations.permissions import can_conclude, can_keep_round, can_submit_cross, can_submit_self
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import RuleBroken

HIGHEST = Decimal(100)
REASON_BELOW = Decimal(70)


@dataclass(frozen=True)
class CriterionPoints:
    """The points given for one criterion, with the reason."""

    criterion: Criterion
    points: Decimal
    reason: str = ""


@transaction.atomic
def submit_self(
    round: EvaluationRound,
    *,
    actor: Membership,
    agency: Agency,
    score: Decimal | int,
    remark: str = "",
    scores: Sequence[CriterionPoints] = (),
) -> Evaluation:
    """An agency grades itself; with points per criterion the score is their sum.

    Raises: NotAllowed, also when the round is closed; RuleBroken at `score`, `scores` or `remark`.
    """
    round = _locked(round)
    require(can_submit_self(actor, round, agency))
    given = _grade(score, remark)
    _check_criteria(round, given, scores)
    return _judge(round, EvaluationKind.SELF, actor, agency, agency, score=given, remark=remark, scores=scores)


@transaction.atomic
def submit_cross(
    round: EvaluationRound,
    *,
    actor: Membership,
    agency: Agency,
    by_agency: Agency,
    score: Decimal | int,
    remark: str = "",
) -> Evaluation:
    """A party grades another party of a program they share.

    Raises: NotAllowed, also when the round is closed; RuleBroken at `score` or `remark`.
    """
    round = _locked(round)
    require(can_submit_cross(actor, round, agency, by_agency))
    return _judge(round, EvaluationKind.CROSS, actor, agency, by_agency, score=_grade(score, remark), remark=remark)


@transaction.atomic
def verify(
    round: EvaluationRound,
    *,
    actor: Membership,
    agency: Agency,
    score: Decimal | int | None = None,
    grade: str = "",
    remark: str = "",
) -> Evaluation:
    """The secretariat records what it verified about an agency; the layers below stay as they were given.

    Raises: NotAllowed, also when the round is closed; RuleBroken at `score` or `remark`.
    """
    round = _locked(round)
    require(can_keep_round(actor, round))
    _must_be_evaluated(round, agency)
    given = None if score is None else _grade(score, remark)
    return _judge(round, EvaluationKind.VERIFIED, actor, agency, actor.agency, score=given, grade=grade, remark=remark)


@transaction.atomic
def conclude(round: EvaluationRound, *, actor: Membership, agency: Agency, grade: str, remark: str = "") -> Evaluation:
    """The leader gives an agency its concluding grade.

    Raises: NotAllowed, also when the round is closed; RuleBroken when no grade is given.
    """
    round = _locked(round)
    require(can_conclude(actor, round, agency))
    _must_be_evaluated(round, agency)
    if not grade.strip():
        raise RuleBroken(_("Enter the grade"), "grade")
    return _judge(round, EvaluationKind.CONCLUDED, actor, agency, actor.agency, score=None, grade=grade, remark=remark)


def _must_be_evaluated(round: EvaluationRound, agency: Agency) -> None:
    if not round.programs.filter(parties__agency=agency).exists():
        raise RuleBroken(_("Choose an agency of this evaluation."), "agency")


def _locked(round: EvaluationRound) -> EvaluationRound:
    return EvaluationRound.objects.select_for_update(of=("self",)).get(pk=round.pk)


def _grade(score: Decimal | int, remark: str) -> Decimal:
    """A score between 0 and 100 with at most one decimal; a low one comes with its reason."""
    given = Decimal(score)
    if not 0 <= given <= HIGHEST:
        raise RuleBroken(_("A score is between 0 and 100."), "score")
    if given != given.quantize(Decimal("0.1")):
        raise RuleBroken(_("A score has at most one decimal, for example 93,5."), "score")
    if given < REASON_BELOW and not remark.strip():
        raise RuleBroken(_("Enter the reason for a score below 70."), "remark")
    return given


def _check_criteria(round: EvaluationRound, score: Decimal, scores: Sequence[CriterionPoints]) -> None:
    """Points are given to criteria of the round's scheme, each once, none above its most, and they make the score."""
    if not scores:
        return
    of_scheme = set(round.scheme.criteria.values_list("pk", flat=True))
    if [line.criterion.pk for line in scores] != list(dict.fromkeys(line.criterion.pk for line in scores)) or any(
        line.criterion.pk not in of_scheme for line in scores
    ):
        raise RuleBroken(_("Give points to each criterion of the grading scheme once."), "scores")
    for line in scores:
        if not 0 <= line.points <= line.criterion.max_points:
            raise RuleBroken(
                _("“%(criterion)s” has at most %(points)s points.")
                % {"criterion": line.criterion.name, "points": line.criterion.max_points},
                f"points_{line.criterion.pk}",
            )
    if sum(line.points for line in scores) != score:
        raise RuleBroken(_("The score must be the sum of the points of the criteria."), "scores")


def _judge(
    round: EvaluationRound,
    kind: EvaluationKind,
    actor: Membership,
    agency: Agency,
    by_agency: Agency,
    *,
    score: Decimal | None,
    remark: str,
    grade: str = "",
    scores: Sequence[CriterionPoints] = (),
) -> Evaluation:
    """Write the one judgement of this kind, replacing an earlier one; the audit keeps both."""
    earlier = Evaluation.objects.filter(round=round, kind=kind, agency=agency, by_agency=by_agency).first()
    before = _told(earlier) if earlier else {}
    evaluation = earlier or Evaluation(round=round, kind=kind, agency=agency, by_agency=by_agency)
    evaluation.score, evaluation.grade, evaluation.remark = score, grade, remark
    evaluation.submitted_on, evaluation.by = clock.today(), actor
    evaluation.save()
    _give_points(evaluation, scores)
    whom = {"judgement": kind, "agency": named(agency), "by_agency": named(by_agency)}
    action = AuditAction.CHANGED if earlier else AuditAction.CREATED
    record(action, actor=actor, about=evaluation, before=before, after=whom | _told(evaluation))
    return evaluation


def _give_points(evaluation: Evaluation, scores: Sequence[CriterionPoints]) -> None:
    """Write the points per criterion anew."""
    evaluation.scores.all().delete()
    CriterionScore.objects.bulk_create(
        CriterionScore(evaluation=evaluation, criterion=line.criterion, points=line.points, reason=line.reason)
        for line in scores
    )


def _told(evaluation: Evaluation) -> dict:
    """The values an audit entry tells about."""
    lines = evaluation.scores.select_related("criterion").order_by("criterion__position")
    points = [[line.criterion.name, line.points, line.reason] for line in lines]
    told = {"score": evaluation.score, "grade": evaluation.grade, "remark": evaluation.remark}
    return told | ({"points": points} if points else {})
