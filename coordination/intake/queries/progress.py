"""What an office wrote into the cells of progress of a task's row: one report, and everything that is wrong with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from coordination.intake.enums import PROGRESS_COLUMNS, Column
from coordination.intake.queries.cells import day_in
from coordination.intake.queries.frame import ReportDraft, RowRead
from coordination.intake.queries.present import is_total, last_report, measures_by, progress_of, reached
from coordination.intake.queries.rows import check_cells
from coordination.intake.queries.written import as_it_was, is_written, tell_both
from coordination.intake.reading.figures import amount_of, day_of, share_of
from coordination.intake.reading.marks import Mark
from coordination.tasks.models import Target, Task
from coordination.tasks.permissions import can_report_progress
from coordination.tasks.services.report_checks import report_problems
from records import clock

_FIELD: dict[Column, str] = {
    Column.DONE: "value", Column.SHARE: "percent", Column.RESULT: "result", Column.OBSTACLES: "obstacles",
    Column.CAUSES: "causes", Column.PROPOSAL: "proposal", Column.EXPECTED: "expected_on",
}  # fmt: skip
_COLUMN_OF_FIELD = {field: column for column, field in _FIELD.items()}


def read_progress(row: RowRead, task: Task, mark: Mark) -> None:
    """Note the report the office wrote into the row of a task, where it wrote one.

    Rule: R-WORKBOOK-5. A cell that was left alone repeats what was reported last; a row none of whose cells says
    anything new is no report.
    """
    now = progress_of(task)
    written = {column: now[column] for column in PROGRESS_COLUMNS if is_written(row, column, now[column], mark)}
    if not written:
        return
    if not (may := can_report_progress(row.frame.actor, task)):
        first, was = next(iter(written.items()))
        row.fault(first, may.reason, as_it_was(was))
        return
    stands = _last_said(row, task)
    check_cells(row, written)
    said = {_FIELD[column]: _READERS[column](row) for column in written}
    report = replace(stands, **said)
    written = {column: was for column, was in written.items() if _says_else(row, column, report, stands)}
    if not written:
        return
    row.was |= written
    row.report = report
    tell_both(row, written, mark)
    _ask_the_rules(row, task, written)
    _refuse_handing_over(row, written)


def refuse_progress(row: RowRead) -> None:
    """A row of a new task reports nothing yet: the task is written first."""
    for column in PROGRESS_COLUMNS:
        if row.text(column):
            what = _("A new task has no progress yet")
            row.fault(column, what, _("Empty the cell; report once the task is in the portal"))


def _last_said(row: RowRead, task: Task) -> ReportDraft:
    """What a report repeats where its row says nothing else; a day of completion that has passed says nothing more."""
    target, report = _target(row, task), last_report(task)
    value = reached(task) if target is not None and target.is_counted else None
    if report is None:
        return ReportDraft(value=value)
    expected = report.expected_on if report.expected_on and report.expected_on >= clock.today() else None
    return ReportDraft(
        value=value,
        result=report.result,
        obstacles=report.obstacles,
        causes=report.causes,
        proposal=report.proposal,
        expected_on=expected,
    )


def _says_else(row: RowRead, column: Column, report: ReportDraft, stands: ReportDraft) -> bool:
    """Whether a cell says something new, or something that cannot be taken: “38 hộ” and “38” are one."""
    last = last_report(row.task)
    was = {Column.SHARE: row.task.last_percent, Column.EXPECTED: last.expected_on if last else None}
    name = _FIELD[column]
    return row.has_fault(column) or getattr(report, name) != was.get(column, getattr(stands, name))


def _ask_the_rules(row: RowRead, task: Task, written: dict[Column, str]) -> None:
    """Everything the service would refuse, at the cell that holds it.

    Why only words written now count as a reason: those of the last report were given for something else.
    """
    report, last = row.report, last_report(task)
    reasons = (column for column in (Column.OBSTACLES, Column.CAUSES) if column in written)
    for refusal in report_problems(
        task,
        _target(row, task),
        value=report.value,
        percent=report.percent,
        reported_on=clock.today(),
        expected_on=report.expected_on,
        gives_reason=any(row.text(column) for column in reasons),
        last_told=last.reported_on if last else None,
    ):
        column = _COLUMN_OF_FIELD.get(refusal.field or "")
        if column is None or not row.has_fault(column):
            row.fault(column, refusal.message, _advice(column))


def _target(row: RowRead, task: Task) -> Target | None:
    """The target a quantity is held to: the one the same row writes, else the task's."""
    if Column.TARGET not in row.was or row.has_fault(Column.TARGET):
        return measures_by(task)
    first = next(iter(row.draft.targets), None)
    return Target(operator=first.operator, value=first.value, unit=first.unit) if first else None


def _refuse_handing_over(row: RowRead, written: dict[Column, str]) -> None:
    """Whoever hands a task over reports before that, not with it."""
    if Column.LEAD in row.was:
        what = _("The row changes the lead agency as well; progress is reported by the agency that leads")
        row.fault(next(iter(written)), what, _("Send the progress first, then change the lead agency"))


def _advice(column: Column | None) -> str:
    if column == Column.DONE:
        return _("Write the number done so far, for example 38, 1.450 or 93,5")
    if column == Column.SHARE:
        return _("Write a whole number from 0 to 100, for example 40%")
    if column == Column.OBSTACLES:
        return _("Write the reason here or in the column %(name)s") % {"name": Column.CAUSES.heading}
    if column == Column.EXPECTED:
        return _("Write today or a later day, or empty the cell")
    return ""


def _done(row: RowRead) -> Decimal | None:
    """The quantity of the main target; where there is none to count, or others make it, that is told."""
    target = _target(row, row.task)
    if target is None or not target.is_counted:
        advice = _("Write the share in the column %(name)s") % {"name": Column.SHARE.heading}
        row.fault(Column.DONE, _("This task has no target to count"), advice)
    elif is_total(row.task):
        advice = _("Write the cell as it was; report the parts on the task's page")
        row.fault(Column.DONE, _("This quantity is a total that its parts make"), advice)
    else:
        value = amount_of(row.text(Column.DONE), target.unit)
        if value is not None:
            return value
        what = _("Not a number") if row.text(Column.DONE) else _("A quantity that was reported cannot be emptied")
        row.fault(Column.DONE, what, _advice(Column.DONE))
    return reached(row.task)


def _share(row: RowRead) -> int | None:
    target = _target(row, row.task)
    if target is not None and target.is_counted:
        advice = _("Write the quantity in the column %(name)s") % {"name": Column.DONE.heading}
        row.fault(Column.SHARE, _("The share of this task follows from its quantity"), advice)
        return None
    percent = share_of(row.text(Column.SHARE))
    if percent is None:
        row.fault(Column.SHARE, _("Not a whole percentage"), _advice(Column.SHARE))
    return percent


def _expected(row: RowRead) -> date | None:
    cell = row.cell(Column.EXPECTED)
    day = day_in(cell) or day_of(cell.text, year=clock.today().year)
    if day is None and cell.text:
        row.fault(Column.EXPECTED, _("Not a real date"), _("Write day/month/year, for example 15/4/2022"))
    return day


def _words(column: Column) -> Callable[[RowRead], str]:
    return lambda row: row.text(column)


_READERS: dict[Column, Callable[[RowRead], Any]] = {
    Column.DONE: _done,
    Column.SHARE: _share,
    Column.RESULT: _words(Column.RESULT),
    Column.OBSTACLES: _words(Column.OBSTACLES),
    Column.CAUSES: _words(Column.CAUSES),
    Column.PROPOSAL: _words(Column.PROPOSAL),
    Column.EXPECTED: _expected,
}
