"""One row of a task table: what task it plans, and everything that is wrong with it, cell by cell."""

from collections.abc import Collection
from dataclasses import replace

from django.utils.translation import gettext as _

from coordination.intake.enums import PLAN_COLUMNS, Column
from coordination.intake.queries.cells import read_cells
from coordination.intake.queries.frame import Frame, RowRead, one_of_the_parties, time_advice
from coordination.intake.reading.grids import LONGEST_CELL, Line
from coordination.intake.reading.rules import RULES
from coordination.programs.models import Area
from coordination.tasks.services.checks import problems
from coordination.tasks.services.drafts import TITLE_LIMIT
from records.errors import RuleBroken

_COLUMN_OF_FIELD = {
    "title": Column.CONTENT, "area": Column.AREA, "lead": Column.LEAD, "second_lead": Column.LEAD,
    "coordinators": Column.COORDINATORS, "start_on": Column.START, "due_on": Column.TIME,
    "schedule_number": Column.TIME, "target_value": Column.TARGET, "target_unit": Column.TARGET,
    "target_words": Column.TARGET, "target_measure": Column.TARGET, "schedule_until": Column.TIME,
}  # fmt: skip


def read_row(line: Line, frame: Frame, group: Area | None) -> RowRead:
    """A row as a plan, with all the rules of tasks asked of it; `group` is the area of the heading above it."""
    row = RowRead(line, frame)
    if frame.section is not None:
        row.draft = replace(row.draft, section=frame.section)
    check_cells(row, frame.head.columns)
    if not row.text(Column.DELIVERABLE):
        row.fault(None, _("The row names no deliverable; add it before the program is signed"), is_warning=True)
    read_cells(row, PLAN_COLUMNS, group)
    ask_the_rules(row)
    return row


def check_cells(row: RowRead, columns: Collection[Column]) -> None:
    """Whether the cells can be taken at all: how long they are, what characters they hold; and a hidden row is told."""
    for column in columns:
        cell = row.cell(column)
        limit = RULES[column].longest if column in RULES else LONGEST_CELL
        if len(cell.text) > limit:
            told = {"count": len(cell.text), "limit": limit}
            row.fault(
                column, _("The cell has %(count)s characters, at most %(limit)s are taken") % told, _("Shorten it")
            )
        if cell.is_soiled:
            row.fault(
                column, _("The cell held characters that cannot be displayed; they are left out"), is_warning=True
            )
    if row.line.is_hidden:
        row.fault(None, _("The row is hidden in the file and is read like the others"), is_warning=True)


def ask_the_rules(row: RowRead) -> None:
    """Everything the form of one task would refuse, at the cell that holds it."""
    for refusal in _problems(row):
        column = _COLUMN_OF_FIELD.get(refusal.field or "")
        if column == Column.START and Column.START not in row.frame.head.columns:
            column = Column.TIME
        # A cell that could not be read has been told already; the rule would say the same of its emptiness.
        if column is None or not row.has_fault(column):
            row.fault(column, refusal.message, _advice(column, row))


def _problems(row: RowRead) -> list[RuleBroken]:
    """What the rules of tasks say of a row's plan.

    Why the answers are kept: thousands of rows share agencies, times and targets, and of the words of a plan the rules
    look at no more than whether there is a title and how long it is. What is written is asked about again.
    """
    frame, draft = row.frame, row.draft
    if row.task is not None:
        return problems(draft, frame.program, actor=frame.actor, task=row.task, known=frame.known)
    key = (
        bool(draft.title.strip()), len(draft.title) > TITLE_LIMIT, draft.area and draft.area.pk, draft.leads,
        draft.coordinators, draft.schedule_kind, draft.schedule_number, draft.start_on, draft.due_on,
        draft.target_operator, draft.target_value, draft.target_unit, bool(draft.target_words),
    )  # fmt: skip
    if key not in frame.asked:
        frame.asked[key] = problems(draft, frame.program, actor=frame.actor, known=frame.known)
    return frame.asked[key]


def _advice(column: Column | None, row: RowRead) -> str:
    if column == Column.LEAD:
        return one_of_the_parties(row)
    if column == Column.TIME:
        return time_advice(row)
    if column == Column.CONTENT and row.text(Column.CONTENT):
        return _("Shorten it; details can stand in the deliverable or the note")
    if column == Column.CONTENT:
        return _("Write what is to be done, beginning with a verb; or delete the row")
    return ""
