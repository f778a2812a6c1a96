"""What the page of a sent table shows: the sheets to choose from, the rows asked for, the faults in a list."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from coordination.intake.enums import SHOWN_COLUMNS, Column, RowState
from coordination.intake.models import TaskTable
from coordination.intake.queries.checking import Preview, RowSeen, preview_of
from coordination.intake.queries.faults import Fault
from coordination.intake.queries.grids import grids_of, likeliest
from coordination.intake.queries.layouts import head_for
from coordination.intake.reading.grids import Cell, Grid

ROWS_ON_A_PAGE = 100
MOST_FAULTS_LISTED = 300
_VIEWS = (
    ("look", _("To be looked at"), (RowState.FAULTY, RowState.WARNED)),
    ("add", _("Will be added"), (RowState.ADDED, RowState.WARNED)),
    ("change", _("Will be changed"), (RowState.CHANGED,)),
    ("there", _("Already there"), (RowState.THERE, RowState.SAME)),
    ("all", _("All rows"), tuple(RowState)),
)


@dataclass(frozen=True)
class CellShown:
    """A cell of the preview with what is said of it, in the words and tone of the worst."""

    column: Column
    text: str
    said: tuple[Fault, ...]
    was: str | None = None

    @property
    def is_written(self) -> bool:
        """Whether the office wrote something else here than the task says now."""
        return self.was is not None

    @property
    def tone(self) -> str:
        if not self.said:
            return ""
        return "wait" if all(fault.is_warning for fault in self.said) else "bad"


@dataclass(frozen=True)
class RowShown:
    """A row of the preview: its number in the file, what becomes of it, its cells, what is said of it as a whole."""

    number: int
    state: RowState
    cells: tuple[CellShown, ...]
    said: tuple[Fault, ...]


@dataclass(frozen=True)
class View:
    """One way to narrow the rows, and how many it shows."""

    name: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class TablePage:
    """Everything the page of a table shows."""

    grids: list[Grid]
    sheet: int
    preview: Preview
    views: list[View]
    page: Page
    columns: tuple[Column, ...]

    @property
    def grid(self) -> Grid:
        return self.grids[self.sheet]

    @property
    def rows(self) -> list[RowShown]:
        return [_shown(row, self.columns) for row in self.page.object_list]

    @property
    def faults(self) -> list[Fault]:
        """The errors as a list, the first of very many."""
        return self.preview.errors[:MOST_FAULTS_LISTED]

    @property
    def faults_more(self) -> int:
        return max(0, len(self.preview.errors) - MOST_FAULTS_LISTED)

    @property
    def is_own_table(self) -> bool:
        """Whether the table is the office's own and no workbook of the portal."""
        return self.preview.head is None or Column.MARK not in self.preview.head.columns

    @property
    def to_add(self) -> int:
        return len(self.preview.added)

    @property
    def to_change(self) -> int:
        return len(self.preview.changed)

    @property
    def to_report(self) -> int:
        return len(self.preview.reported)

    @property
    def is_undoable(self) -> bool:
        """Whether there will be something to undo: reports stay."""
        return bool(self.to_add) or any(row.plans for row in self.preview.changed)

    @property
    def to_write(self) -> int:
        return self.to_add + self.to_change

    @property
    def there(self) -> int:
        return self.preview.count(RowState.THERE, RowState.SAME)

    @property
    def faulty(self) -> int:
        return self.preview.count(RowState.FAULTY)

    @property
    def warned(self) -> int:
        return self.preview.count(RowState.WARNED)


def table_page(table: TaskTable, *, actor: Membership, sheet: str = "", view: str = "", page: str = "") -> TablePage:
    """The preview of one sheet; without a sheet that exists, of the likeliest one.

    Raises: RuleBroken when the file can no longer be read.
    """
    grids = grids_of(table.file)
    asked = sheet if sheet.isascii() and sheet.isdigit() and len(sheet) < 4 and int(sheet) < len(grids) else ""
    place = int(asked) if asked else likeliest(grids)
    grid = grids[place]
    head = head_for(grid, actor)
    preview = preview_of(grid, table.program, actor=actor, section=table.section, head=head)
    views = _views(preview, view)
    states = next(states for name, _label, states in _VIEWS if name == _current(views))
    rows = [row for row in preview.rows if row.state in states]
    return TablePage(
        grids=grids,
        sheet=place,
        preview=preview,
        views=views,
        page=Paginator(rows, ROWS_ON_A_PAGE).get_page(page),
        columns=_columns(preview),
    )


def _columns(preview: Preview) -> tuple[Column, ...]:
    """The columns worth looking at: those always shown, and those something is written or wrong in."""
    known = preview.head.columns if preview.head else {}
    written = {column for row in preview.rows for column in (*row.was, *(fault.column for fault in row.faults))}
    return tuple(one for one in Column if one in known and (one in SHOWN_COLUMNS or one in written))


def _views(preview: Preview, asked: str) -> list[View]:
    counts = {name: preview.count(*states) for name, _label, states in _VIEWS}
    first = next((name for name in ("look", "change") if counts[name]), "all")
    current = asked if counts.get(asked) else first
    shown = [one for one in _VIEWS if counts[one[0]] or one[0] in ("all", current)]
    return [View(name, str(label), counts[name], name == current) for name, label, _states in shown]


def _current(views: list[View]) -> str:
    return next(view.name for view in views if view.is_current)


def _shown(row: RowSeen, columns: tuple[Column, ...]) -> RowShown:
    cells = tuple(
        CellShown(
            column,
            row.cells.get(column, Cell("")).text,
            tuple(fault for fault in row.faults if fault.column == column),
            row.was.get(column),
        )
        for column in columns
    )
    return RowShown(row.number, row.state, cells, tuple(f for f in row.faults if f.column not in columns))
