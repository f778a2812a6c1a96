"""A whole cross-evaluation form sent at once: all of its rows are kept, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from agencies.models import Agency, Membership
from coordination.evaluations.models import Evaluation, EvaluationRound
from coordination.evaluations.services.judgements import submit_cross
from records.errors import RuleBroken


@dataclass(frozen=True)
class CrossMark:
    """One row of the form: the party graded, its score and the remark."""

    agency: Agency
    score: Decimal
    remark: str = ""


@transaction.atomic
def submit_cross_sheet(
    round: EvaluationRound, *, actor: Membership, by_agency: Agency, marks: Sequence[CrossMark]
) -> list[Evaluation]:
    """Send the rows of a cross-evaluation form; parties left out may be graded later.

    Raises: NotAllowed; RuleBroken at `score_<agency>` or `remark_<agency>` of the first row that does not hold.
    """
    sent = []
    for mark in marks:
        try:
            sent.append(
                submit_cross(
                    round,
                    actor=actor,
                    agency=mark.agency,
                    by_agency=by_agency,
                    score=mark.score,
                    remark=mark.remark,
                )
            )
        except RuleBroken as refusal:
            raise RuleBroken(refusal.message, f"{refusal.field}_{mark.agency.pk}") from refusal
    return sent
