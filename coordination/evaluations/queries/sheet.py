"""The scoring sheet of an agency: what the portal fills in from its tasks, and what was given before."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction

from agencies.models import Agency
from coordination.evaluations.enums import CriterionKind, EvaluationKind
from coordination.evaluations.frozen import points
from coordination.evaluations.models import Criterion, Evaluation, EvaluationRound
from coordination.evaluations.queries.outcomes import TaskCounts, TaskOutcome, outcomes_of
from coordination.evaluations.queries.parties import parties_of
from coordination.evaluations.queries.results import mean_of_outcomes, points_of, tenth
from coordination.tasks.models import Task

MOST, LEAST = Decimal(100), Decimal(0)


@dataclass(frozen=True)
class SheetTask:
    """A task the agency leads, how it stood at the cut-off and what it gives."""

    outcome: TaskOutcome
    points: Decimal | None


@dataclass(frozen=True)
class Prefilled:
    """What the tasks of an agency say of its year: counts, mean points, and the tasks behind them."""

    counts: TaskCounts
    points: Decimal | None
    tasks: tuple[SheetTask, ...]

    @property
    def figures(self) -> dict:
        """The counts and points as a judgement keeps them."""
        return asdict(self.counts) | {"points": points(self.points)}


def prefilled(round: EvaluationRound, agency: Agency) -> Prefilled:
    """The results of an agency's tasks at the cut-off, with each task they are the mean of. Four queries."""
    parties = {one.pk for one in parties_of(round).agencies}
    led = outcomes_of(round, parties).led_by(agency.pk)
    tasks = tuple(SheetTask(outcome, tenth(points_of(round.scheme, outcome))) for outcome in led)
    return Prefilled(TaskCounts.of(led), tenth(mean_of_outcomes(round.scheme, led)), tasks)


def filled_in(criterion: Criterion, results: Decimal | None) -> Decimal | None:
    """The points a criterion starts from: its share of the mean over the tasks; None where nothing fills it in."""
    if not criterion.is_filled_in or results is None:
        return None
    return tenth(Fraction(results) * criterion.max_points / 100)


def sheet_total(lines: Iterable[tuple[Criterion, Decimal]]) -> Decimal:
    """The score of a sheet: criteria and bonus points together, less penalty points, between 0 and 100.

    Rule: R-EVAL-4.
    """
    total = sum((-given if line.kind == CriterionKind.PENALTY else given for line, given in lines), Decimal(0))
    return min(max(total, LEAST), MOST)


def given_to(round: EvaluationRound, kind: EvaluationKind, agency: Agency) -> Evaluation | None:
    """An agency's own sheet, sent or a draft, or what was verified about it, with its points and cited tasks."""
    found = round.evaluations.filter(kind=kind, agency=agency)
    return found.prefetch_related("scores__criterion", "cited__task").order_by("pk").first()


def cited_codes(given: Evaluation | None) -> Mapping[int | None, str]:
    """The codes a judgement cites, by criterion; under None those for the whole of it."""
    codes: dict[int | None, list[str]] = {}
    for cited in given.cited.all() if given else ():
        codes.setdefault(cited.criterion_id, []).append(cited.task.code)
    return {criterion: ", ".join(found) for criterion, found in codes.items()}


def tasks_named(round: EvaluationRound, agency: Agency, codes: Iterable[str]) -> dict[str, Task | None]:
    """The tasks of the agency's programs in the round that codes name; None where none does or several do.

    A code may be written in full or by its last part: DH-2021-02.03 or 02.03. One query.
    """
    wanted = list(dict.fromkeys(codes))
    if not wanted:
        return {}
    tasks = Task.objects.filter(program__evaluation_rounds=round, program__parties__agency=agency).distinct()
    by_code = {task.code.casefold(): task for task in tasks}
    return {code: _named(code.casefold(), by_code) for code in wanted}


def _named(code: str, by_code: Mapping[str, Task]) -> Task | None:
    if code in by_code:
        return by_code[code]
    ends = [task for whole, task in by_code.items() if whole.endswith(f"-{code}")]
    return ends[0] if len(ends) == 1 else None
