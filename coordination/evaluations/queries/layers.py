"""Everything said of one agency in a round, layer by layer, as far as one reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind, Layer
from coordination.evaluations.models import Correction, Criterion, Evaluation, EvaluationRound
from coordination.evaluations.permissions import Shown, shown_to, standing_of
from coordination.evaluations.queries.frozen import frozen_results, snapshot_of
from coordination.evaluations.queries.outcomes import TaskCounts
from coordination.evaluations.queries.page import programs_seen
from coordination.evaluations.queries.shapes import AgencyResult
from coordination.evaluations.queries.sheet import Prefilled, SheetTask, prefilled

_ORDER = list(EvaluationKind)


@dataclass(frozen=True)
class ComparedLine:
    """One criterion as the agency and the secretariat gave it; None where one of them gave nothing."""

    criterion: Criterion
    own: Decimal | None
    verified: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """How far the verified points lie from the agency's own; None where both are the same."""
        if self.own is None or self.verified is None or self.own == self.verified:
            return None
        return self.verified - self.own


@dataclass(frozen=True)
class SheetPage:
    """The judgements of an agency in the order of their layers, the cross-evaluations apart, and the tasks it led.

    `compared` sets the agency's own sheet beside the verified one where both have criteria.
    `filled` is what all of its tasks make, `result` what was published of a closed round with its corrections; neither
    where the reader is not shown results.
    """

    judgements: list[Evaluation]
    crosses: list[Evaluation]
    tasks: list[SheetTask]
    counts: TaskCounts
    filled: Prefilled | None
    result: AgencyResult | None = None
    corrections: tuple[Correction, ...] = ()
    compared: tuple[ComparedLine, ...] = ()


def sheet_page(actor: Membership, round: EvaluationRound, agency: Agency) -> SheetPage:
    """What a reader sees of an agency in a round. Rule: R-SEE-6."""
    given = Evaluation.objects.visible_to(actor).sent().filter(round=round, agency=agency).select_related("by_agency")
    judgements = list(given.prefetch_related("scores__criterion", "cited__task", "cited__criterion"))
    seen = {program.pk for program in programs_seen(actor, round)}
    filled = prefilled(round, agency)
    tasks = [task for task in filled.tasks if task.outcome.program_id in seen]
    shown = shown_to(round, Layer.RESULTS, standing_of(actor, round)) == Shown.ALL or actor.acts_for(agency.pk)
    return SheetPage(
        judgements=sorted((one for one in judgements if one.kind != EvaluationKind.CROSS), key=_in_order),
        crosses=sorted((one for one in judgements if one.kind == EvaluationKind.CROSS), key=_in_order),
        tasks=tasks,
        counts=TaskCounts.of(task.outcome for task in tasks),
        filled=filled if shown else None,
        result=_published(round, agency) if shown else None,
        corrections=_corrections(actor, round, agency),
        compared=_compared(judgements),
    )


def _compared(judgements: Sequence[Evaluation]) -> tuple[ComparedLine, ...]:
    lines = {one.kind: {line.criterion: line.points for line in one.scores.all()} for one in judgements}
    own, verified = lines.get(EvaluationKind.SELF), lines.get(EvaluationKind.VERIFIED)
    if not own or not verified:
        return ()
    criteria = sorted({*own, *verified}, key=lambda one: one.position)
    return tuple(ComparedLine(one, own.get(one), verified.get(one)) for one in criteria)


def _published(round: EvaluationRound, agency: Agency) -> AgencyResult | None:
    """The result a closed round stands by; None while it is open."""
    snapshot = snapshot_of(round)
    results = frozen_results(round, snapshot) if snapshot else []
    return next((one for one in results if one.agency == agency), None)


def _corrections(actor: Membership, round: EvaluationRound, agency: Agency) -> tuple[Correction, ...]:
    if round.is_open:
        return ()
    made = Correction.objects.visible_to(actor).filter(round=round, agency=agency)
    return tuple(made.select_related("agency", "by__agency"))


def _in_order(given: Evaluation) -> tuple:
    return _ORDER.index(EvaluationKind(given.kind)), given.by_agency.protocol_order, given.pk
