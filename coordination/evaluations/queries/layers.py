"""Everything said of one agency in a round, layer by layer, as far as one reader may see it."""

from dataclasses import dataclass

from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind, Layer
from coordination.evaluations.models import Evaluation, EvaluationRound
from coordination.evaluations.permissions import Shown, shown_to, standing_of
from coordination.evaluations.queries.outcomes import TaskCounts
from coordination.evaluations.queries.page import programs_seen
from coordination.evaluations.queries.sheet import Prefilled, SheetTask, prefilled

_ORDER = list(EvaluationKind)


@dataclass(frozen=True)
class SheetPage:
    """The judgements of an agency in the order of their layers, the cross-evaluations apart, and the tasks it led.

    `filled` is what all of its tasks make; None where the reader is not shown results.
    """

    judgements: list[Evaluation]
    crosses: list[Evaluation]
    tasks: list[SheetTask]
    counts: TaskCounts
    filled: Prefilled | None


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
    )


def _in_order(given: Evaluation) -> tuple:
    return _ORDER.index(EvaluationKind(given.kind)), given.by_agency.protocol_order, given.pk
