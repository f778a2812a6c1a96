"""Whole forms sent at once, of the cross-evaluation and of the conclusion: all of their rows are kept, or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from agencies.access.decisions import require
from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import Evaluation, EvaluationRound
from coordination.evaluations.permissions import can_view_round
from coordination.evaluations.services.doors import locked_round, not_overtaken
from coordination.evaluations.services.judgements import conclude, proposed_grades, submit_cross
from records.errors import RuleBroken


@dataclass(frozen=True)
class CrossMark:
    """One row of a form: the party graded, its score or its grade, and the remark."""

    agency: Agency
    score: Decimal | None = None
    remark: str = ""
    grade: str = ""


@transaction.atomic
def submit_cross_sheet(
    round: EvaluationRound,
    *,
    actor: Membership,
    by_agency: Agency,
    marks: Sequence[CrossMark],
    seen: str | None = None,
) -> list[Evaluation]:
    """Send the rows of a cross-evaluation form; parties left out may be graded later.

    Raises: NotAllowed; Conflict where a colleague was faster; RuleBroken at `score_<agency>`, `grade_<agency>` or
    `remark_<agency>` of the first row that does not hold.
    """
    require(can_view_round(actor, round))
    round = locked_round(round)
    not_overtaken(seen, actor, round, EvaluationKind.CROSS, by_agency=by_agency)

    def send(mark: CrossMark) -> Evaluation:
        return submit_cross(
            round,
            actor=actor,
            agency=mark.agency,
            by_agency=by_agency,
            score=mark.score,
            grade=mark.grade,
            remark=mark.remark,
        )

    return _each(marks, send)


@transaction.atomic
def conclude_sheet(
    round: EvaluationRound, *, actor: Membership, marks: Sequence[CrossMark], seen: str | None = None
) -> list[Evaluation]:
    """Give the concluding grades of a form; agencies left out keep what they have.

    Raises: NotAllowed; Conflict where another leader was faster; RuleBroken at `grade_<agency>` or `remark_<agency>` of
    the first row that does not hold.
    """
    require(can_view_round(actor, round))
    round = locked_round(round)
    not_overtaken(seen, actor, round, EvaluationKind.CONCLUDED)
    proposed = proposed_grades(round)

    def give(mark: CrossMark) -> Evaluation:
        return conclude(round, actor=actor, agency=mark.agency, grade=mark.grade, remark=mark.remark, proposed=proposed)

    return _each(marks, give)


def _each(marks: Sequence[CrossMark], act: Callable[[CrossMark], Evaluation]) -> list[Evaluation]:
    sent = []
    for mark in marks:
        try:
            sent.append(act(mark))
        except RuleBroken as refusal:
            raise RuleBroken(refusal.message, f"{refusal.field}_{mark.agency.pk}") from refusal
    return sent
