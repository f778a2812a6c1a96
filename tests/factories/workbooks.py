"""Workbooks of the portal as offices send them back: the same rows, with some of their cells written anew."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from python_calamine import CalamineWorkbook

from agencies.models import Membership
from coordination.intake.enums import Column
from coordination.intake.models import TaskTable
from coordination.intake.queries import Preview, grids_of, preview_of
from coordination.intake.writing.tables import table_workbook
from coordination.programs.models import Program
from coordination.workbooks import services as workbooks
from tests.factories.intake import send

SHEET = "Nhiệm vụ"
Cells = Mapping[tuple[int, Column], str]


def rows_of(content: bytes) -> list[list[str]]:
    """The sheet of tasks as rows of text; the first names the columns."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(SHEET).to_python()


def filled_in(content: bytes, cells: Cells, *, more: Sequence[Mapping[Column, str]] = ()) -> bytes:
    """A workbook with cells written anew, by the number of the task's row from 1, and rows added at its end."""
    rows = rows_of(content)
    place = {column: rows[0].index(column.heading) for column in Column if column.heading in rows[0]}
    for (number, column), said in cells.items():
        rows[number][place[column]] = said
    for row in more:
        rows.append([row.get(column, "") for column in sorted(place, key=place.get)])
    return table_workbook(rows)


def taken(program: Program, actor: Membership) -> bytes:
    """The workbook of a program as it is handed out."""
    return workbooks.take_program_workbook(program, actor=actor).content


def returned(program: Program | None, actor: Membership, content: bytes) -> tuple[TaskTable, Preview]:
    """A workbook that was sent back, and what would become of its rows."""
    table = send(program, actor, content)
    return table, seen(table, actor)


def seen(table: TaskTable, actor: Membership) -> Preview:
    """What would become of the rows of the sheet of tasks now."""
    return preview_of(grids_of(table.file)[0], table.program, actor=actor, section=table.section)
