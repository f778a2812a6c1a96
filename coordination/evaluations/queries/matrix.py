"""Who gave whom what: one table per program, for those who may see single scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from agencies.models import Agency
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import Evaluation
from coordination.evaluations.queries.parties import Parties
from coordination.evaluations.queries.results import tenth
from coordination.programs.models import Program

# From these scores on a cell is tinted; the number in it says the same.
_TINTS = ((93, "hi"), (88, "mid"), (0, "lo"))


@dataclass(frozen=True)
class Cell:
    """One score or grade, its tint and whether it is the hatched diagonal; neither means it has not come in."""

    score: Decimal | None = None
    tint: str = "none"
    is_own: bool = False
    grade: str = ""


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


def matrices(programs: Iterable[Program], parties: Parties, judgements: Iterable[Evaluation]) -> list[Matrix]:
    """One table per program, from judgements already fetched. No query of its own."""
    marks = _marks(judgements)
    return [_matrix(program, parties.by_program.get(program.pk, []), marks) for program in programs]


def _marks(judgements: Iterable[Evaluation]) -> dict[tuple[int, int], Evaluation]:
    return {(given.agency_id, given.by_agency_id): given for given in judgements if given.kind == EvaluationKind.CROSS}


def _matrix(program: Program, members: list[Agency], marks: dict[tuple[int, int], Evaluation]) -> Matrix:
    rows = tuple(_row(agency, members, marks) for agency in members)
    return Matrix(program, tuple(members), rows)


def _row(agency: Agency, members: list[Agency], marks: dict[tuple[int, int], Evaluation]) -> MatrixRow:
    cells = tuple(_cell(agency, by, marks.get((agency.pk, by.pk))) for by in members)
    got = [Fraction(cell.score) for cell in cells if cell.score is not None]
    return MatrixRow(agency, cells, tenth(sum(got) / len(got)) if got else None)


def _cell(agency: Agency, by: Agency, given: Evaluation | None) -> Cell:
    if agency.pk == by.pk:
        return Cell(is_own=True)
    if given is None:
        return Cell()
    if given.score is None:
        return Cell(grade=given.grade, tint="mid")
    return Cell(given.score, next(tint for floor, tint in _TINTS if given.score >= floor))
