"""Taking a list out of the portal: the same tasks, columns and order as on the page, all pages of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.lists.enums import ListColumn
from coordination.lists.filters import DEFAULT_GROUPING, TaskFilters
from coordination.lists.permissions import can_save_view
from coordination.lists.queries import Line, Lines, found_by, ordered
from coordination.tasks.models import TaskQuerySet
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.spreadsheets import as_csv
from records.wording import day

_PIECE_BYTES = 64 * 1024
Value = str | int | date | None


@dataclass(frozen=True)
class ListColumnOut:
    """One column of the file: its heading, its width in characters and what it says of a task."""

    heading: str
    width: int
    of: Callable[[Line], Value]


@dataclass(frozen=True)
class ListOut:
    """A list on its way out; its rows are read piece by piece, so that memory stays bounded."""

    columns: list[ListColumnOut]
    tasks: TaskQuerySet
    filters: TaskFilters
    language: str

    def rows(self) -> Iterator[list[Value]]:
        """The values of each task in the reader's language, which has ended with the request when a row is read."""
        columns = [column.of for column in self.columns]
        for line in Lines(self.tasks, self.filters, self.language):
            yield [of(line) for of in columns]

    def as_csv(self) -> Iterator[str]:
        """The list as comma-separated text. Rule: R-EXPORT-1."""
        rows = ([_written(value) for value in row] for row in self.rows())
        return as_csv([column.heading for column in self.columns], rows)

    def as_xlsx(self) -> Iterator[bytes]:
        """The list as a workbook, piece by piece; no text in it is a formula.

        Why a file of its own: the workbook is whole only at its end, and memory stays bounded. It goes when read.
        """
        from coordination.lists.services.workbook import write_list

        with TemporaryFile() as written:
            with translation.override(self.language):
                write_list(
                    written, _("Tasks"), [(column.heading, column.width) for column in self.columns], self.rows()
                )
            written.seek(0)
            yield from iter(lambda: written.read(_PIECE_BYTES), b"")


@transaction.atomic
def export_list(filters: TaskFilters, *, actor: Membership) -> ListOut:
    """The tasks a list shows the actor, in its columns and order; the log tells who took what out.

    Rule: R-LIST-7.
    Raises: NotAllowed.
    """
    require(can_save_view(actor))
    today = clock.today()
    tasks = ordered(found_by(actor, filters, today=today), filters)
    told = {"query": filters.query, "rows": tasks.count()}
    record(AuditAction.EXPORTED, actor=actor, after=told)
    return ListOut(_columns(filters), tasks, filters, translation.get_language() or "vi")


def _columns(filters: TaskFilters) -> list[ListColumnOut]:
    """What the page shows in one cell, such as a task with its area, has a column each in the file."""
    columns = []
    if filters.group != DEFAULT_GROUPING:
        columns.append(ListColumnOut(_("Group"), 24, lambda line: line.group))
    for column in ListColumn:
        if column in filters.shown:
            columns += [ListColumnOut(str(heading), width, of) for heading, width, of in _of(column)]
    return columns


def _of(column: ListColumn) -> list[tuple[str, int, Callable[[Line], Value]]]:
    label = column.label
    return {
        ListColumn.CODE: [(label, 16, lambda line: line.code)],
        ListColumn.TITLE: [(label, 60, lambda line: line.title), (_("Area"), 24, lambda line: line.area)],
        ListColumn.PROGRAM: [(label, 14, lambda line: line.program)],
        ListColumn.LEAD: [(label, 26, lambda line: line.leads)],
        ListColumn.COORDINATORS: [(label, 40, lambda line: line.coordinators)],
        ListColumn.DELIVERABLE: [(label, 40, lambda line: line.deliverable)],
        ListColumn.TARGET: [(label, 18, lambda line: line.target)],
        ListColumn.START: [(label, 12, lambda line: line.start_on)],
        ListColumn.DUE: [(label, 12, lambda line: line.deadline), (_("Schedule"), 20, lambda line: line.schedule)],
        ListColumn.PROGRESS: [
            (label, 10, lambda line: line.percent),
            (_("Quantity done"), 16, lambda line: line.quantity),
        ],
        ListColumn.REPORTED: [(label, 12, _day_reported)],
        ListColumn.STATUS: [(label, 16, lambda line: line.standing)],
    }[column]


def _day_reported(line: Line) -> date | None:
    return clock.local_day(line.reported_at) if line.reported_at else None


def _written(value: Value) -> str:
    return day(value) if isinstance(value, date) else str(value if value is not None else "")
