"""Who gave whom what: one table per program, for those who may see single scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from agencies.models import Agency
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import Evaluation
from coordination.evaluations.queries.parties import Parties
from coordination.evaluations.queries.results import AgencyResult, tenth
from coordination.programs.models import Program

# From these scores on a cell is tinted; the number in it says the same.
_TINTS = ((93, "hi"), (88, "mid"), (0, "lo"))
LARGE_DIFFERENCE, WIDE_SPREAD = Decimal("2.1"), Decimal(7)


@dataclass(frozen=True)
class Cell:
    """One score, its tint and whether it is the hatched diagonal; no score means it has not come in."""

    score: Decimal | None = None
    tint: str = "none"
    is_own: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """What one agency got: a cell per grading agency, and the mean to one decimal."""

    agency: Agency
    cells: tuple[Cell, ...]
    mean: Decimal | None


@dataclass(frozen=True)
class Matrix:
    """The cross-evaluation inside one program; rows are graded, columns grade, both in protocol order."""

    program: Program
    columns: tuple[Agency, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Difference:
    """An agency whose scores lie so far apart that they should be looked at again."""

    agency: Agency
    self_points: Decimal | None
    cross_points: Decimal | None
    lowest: Decimal | None = None
    highest: Decimal | None = None


def matrices(programs: Iterable[Program], parties: Parties, judgements: Iterable[Evaluation]) -> list[Matrix]:
    """One table per program, from judgements already fetched. No query of its own."""
    scores = _scores(judgements)
    return [_matrix(program, parties.by_program.get(program.pk, []), scores) for program in programs]


def large_differences(results: Iterable[AgencyResult], judgements: Iterable[Evaluation]) -> list[Difference]:
    """Agencies whose own score and the others' mean differ by more than 2, or whose scores spread over 7 or more."""
    scores = _scores(judgements)
    found = []
    for result in results:
        got = [score for (agency_id, _by), score in scores.items() if agency_id == result.agency.pk]
        if _far(result.self_points, result.cross_points):
            found.append(Difference(result.agency, result.self_points, result.cross_points))
        elif len(got) > 1 and max(got) - min(got) >= WIDE_SPREAD:
            found.append(Difference(result.agency, None, None, min(got), max(got)))
    return found


def _far(own: Decimal | None, others: Decimal | None) -> bool:
    return own is not None and others is not None and abs(own - others) >= LARGE_DIFFERENCE


def _scores(judgements: Iterable[Evaluation]) -> dict[tuple[int, int], Decimal]:
    return {
        (given.agency_id, given.by_agency_id): given.score
        for given in judgements
        if given.kind == EvaluationKind.CROSS and given.score is not None
    }


def _matrix(program: Program, members: list[Agency], scores: dict[tuple[int, int], Decimal]) -> Matrix:
    rows = tuple(_row(agency, members, scores) for agency in members)
    return Matrix(program, tuple(members), rows)


def _row(agency: Agency, members: list[Agency], scores: dict[tuple[int, int], Decimal]) -> MatrixRow:
    cells = tuple(_cell(agency, by, scores.get((agency.pk, by.pk))) for by in members)
    got = [Fraction(cell.score) for cell in cells if cell.score is not None]
    return MatrixRow(agency, cells, tenth(sum(got) / len(got)) if got else None)


def _cell(agency: Agency, by: Agency, score: Decimal | None) -> Cell:
    if agency.pk == by.pk:
        return Cell(is_own=True)
    if score is None:
        return Cell()
    return Cell(score, next(tint for floor, tint in _TINTS if score >= floor))
