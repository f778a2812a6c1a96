"""The scoring sheet of an agency: what the portal fills in from its tasks, and what was given before."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from agencies.models import Agency, Membership
from coordination.evaluations.enums import CriterionKind, EvaluationKind
from coordination.evaluations.frozen import Content, digest_of, points, read_points
from coordination.evaluations.models import Criterion, Evaluation, EvaluationRound, GradingScheme
from coordination.evaluations.queries.frozen import snapshot_of
from coordination.evaluations.queries.outcomes import WHOLE, TaskCounts, TaskOutcome, outcomes_of
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
    """The results of an agency's tasks at the cut-off, with each task they are the mean of. Four queries.

    Of a closed round as they were frozen, whatever became of the tasks since. Rule: R-EVAL-7.
    """
    snapshot = snapshot_of(round)
    if snapshot is not None and "tasks" in snapshot.content:
        return _as_frozen(snapshot.content, agency)
    parties = {one.pk for one in parties_of(round).agencies}
    led = outcomes_of(round, parties).led_by(agency.pk)
    tasks = tuple(SheetTask(outcome, tenth(points_of(round.scheme, outcome))) for outcome in led)
    return Prefilled(TaskCounts.of(led), tenth(mean_of_outcomes(round.scheme, led)), tasks)


def tasks_as_frozen(scheme: GradingScheme, outcomes: Iterable[TaskOutcome]) -> list[list]:
    """The tasks of one agency as plain values. Shape: see `frozen`."""
    return [
        [
            one.code, one.title, one.program_id, one.deadline and one.deadline.isoformat(), one.bucket,
            points(tenth(points_of(scheme, one))),
        ]
        for one in outcomes
    ]  # fmt: skip


def _as_frozen(content: Content, agency: Agency) -> Prefilled:
    row = next((row for row in content["agencies"] if row["id"] == agency.pk), None)
    if row is None:
        return Prefilled(TaskCounts(), None, ())
    tasks = tuple(_task(*told) for told in content["tasks"].get(str(agency.pk), ()))
    return Prefilled(TaskCounts(**row["counts"]), read_points(row["results"]), tasks)


def _task(code: str, title: str, program: int, deadline: str | None, bucket: str, given: str | None) -> SheetTask:
    due = date.fromisoformat(deadline) if deadline else None
    return SheetTask(TaskOutcome(bucket, WHOLE, code, title, program, due), read_points(given))


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


def fingerprint(
    round: EvaluationRound, kind: EvaluationKind, *, agency: Agency | None = None, by_agency: Agency | None = None
) -> str:
    """The judgements of a kind as they stand, key and eight characters each: a form carries those it was opened on."""
    return " ".join(f"{pk}:{mark}" for pk, (mark, _by) in _marks(round, kind, agency, by_agency).items())


def is_overtaken(
    seen: str,
    actor: Membership,
    round: EvaluationRound,
    kind: EvaluationKind,
    *,
    agency: Agency | None = None,
    by_agency: Agency | None = None,
) -> bool:
    """Whether somebody else has written a judgement since a form was opened on those of a fingerprint.

    Why not the actor: a form sent twice is no conflict.
    """
    known = dict(pair.split(":", 1) for pair in seen.split() if ":" in pair)
    marks = _marks(round, kind, agency, by_agency)
    return any(by != actor.pk and known.get(str(pk)) != mark for pk, (mark, by) in marks.items())


def _marks(
    round: EvaluationRound, kind: EvaluationKind, agency: Agency | None, by_agency: Agency | None
) -> dict[int, tuple[str, int | None]]:
    """What each judgement says, shortened, and who wrote it last."""
    found = round.evaluations.filter(kind=kind).order_by("pk").prefetch_related("scores", "cited")
    found = found if agency is None else found.filter(agency=agency)
    found = found if by_agency is None else found.filter(by_agency=by_agency)
    return {one.pk: (digest_of({"said": _as_plain(one)})[:8], one.by_id) for one in found}


def _as_plain(given: Evaluation) -> list:
    lines = sorted([line.criterion_id, points(line.points), line.reason] for line in given.scores.all())
    cited = sorted([one.criterion_id or 0, one.task_id] for one in given.cited.all())
    return [points(given.score), given.grade, given.remark, given.is_draft, lines, cited]


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
