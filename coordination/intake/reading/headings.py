"""Which row of a grid is its head and what each column holds: by the names officials give columns, marks ignored."""

import re
from dataclasses import dataclass

from coordination.intake.enums import PROGRESS_COLUMNS, REQUIRED_COLUMNS, Column
from coordination.intake.reading.grids import Cell, Grid, Line
from records.text import fold

MOST_LINES_ABOVE = 40
_NAMES = {
    Column.ORDINAL: ("tt", "stt", "so tt", "so thu tu", "muc"),
    Column.AREA: ("linh vuc", "linh vuc phoi hop", "nhom linh vuc", "nhom nhiem vu"),
    Column.CONTENT: (
        "noi dung nhiem vu", "noi dung", "nhiem vu", "ten nhiem vu", "noi dung cong viec", "noi dung phoi hop",
        "noi dung thuc hien", "nhiem vu phoi hop", "cong viec", "noi dung nhiem vu phoi hop",
    ),
    Column.LEAD: ("co quan chu tri", "don vi chu tri", "chu tri", "co quan don vi chu tri", "co quan chu tri thuc hien",
                  "don vi thuc hien", "co quan thuc hien"),
    Column.COORDINATORS: ("co quan phoi hop", "don vi phoi hop", "phoi hop", "co quan don vi phoi hop",
                          "co quan phoi hop thuc hien"),
    Column.START: ("bat dau", "ngay bat dau", "thoi gian bat dau", "tu ngay"),
    Column.TIME: (
        "thoi gian thuc hien", "thoi gian hoan thanh", "thoi gian", "thoi han", "han hoan thanh", "thoi han hoan thanh",
        "thoi gian thuc hien hoan thanh", "thoi diem", "den ngay", "ngay hoan thanh", "han",
    ),
    Column.DELIVERABLE: ("san pham", "ket qua", "san pham ket qua", "ket qua san pham", "san pham dau ra",
                         "ket qua dat duoc", "san pham ket qua can dat", "yeu cau ket qua"),
    Column.TARGET: ("chi tieu", "chi tieu so luong", "so luong", "chi tieu can dat"),
    Column.FUNDING: ("kinh phi", "nguon kinh phi", "kinh phi thuc hien"),
    Column.NOTE: ("ghi chu", "luu y"),
    Column.PROGRAM: ("chuong trinh", "ma chuong trinh", "chuong trinh phoi hop"),
    Column.MARK: ("ma dong",),
    Column.DONE: ("da thuc hien",),
    Column.SHARE: ("ty le da thuc hien",),
    Column.RESULT: ("ket qua thuc hien",),
    Column.OBSTACLES: ("vuong mac",),
    Column.CAUSES: ("nguyen nhan",),
    Column.PROPOSAL: ("de xuat",),
    Column.EXPECTED: ("du kien hoan thanh",),
}  # fmt: skip
_COLUMN_OF = {name: column for column, names in _NAMES.items() for name in names}


@dataclass(frozen=True)
class Head:
    """Where the columns of a grid are: the cell that names each, and how many lines the head takes."""

    first: int
    size: int
    columns: dict[Column, int]
    cells: dict[Column, Cell]
    again: tuple[Cell, ...] = ()

    @property
    def missing(self) -> list[Column]:
        """What a table of tasks cannot do without and this one has no column for."""
        return [column for column in REQUIRED_COLUMNS if column not in self.columns]

    @property
    def last(self) -> int:
        """The place of the head's last line in the grid."""
        return self.first + self.size - 1


def column_of(written: str) -> Column | None:
    """The column a heading names: "Cơ quan chủ trì", "CO QUAN CHU TRI", "Đơn vị chủ trì (ghi rõ)"."""
    plain = re.sub(r"\(.*?\)", " ", fold(written))
    return _COLUMN_OF.get(" ".join(re.findall(r"[a-z0-9]+", plain)))


def head_of(grid: Grid) -> Head | None:
    """The row that names the task and something else; two rows where a heading is parted below. None: no such row."""
    best = None
    for place, line in enumerate(grid.lines[:MOST_LINES_ABOVE]):
        for below in (None, _next(grid, place)):
            head = _head(place, line, below)
            if head and (best is None or len(head.columns) > len(best.columns)):
                best = head
        if best is not None and best.first < place:
            return best
    return best


def _next(grid: Grid, place: int) -> Line | None:
    return grid.lines[place + 1] if place + 1 < len(grid.lines) else None


def _head(place: int, line: Line, below: Line | None) -> Head | None:
    """The head a line makes, with the one below it where there is one.

    Why the mark: progress is reported through workbooks of the portal alone, where each row is known to be a task's.
    """
    columns: dict[Column, int] = {}
    cells: dict[Column, Cell] = {}
    again = []
    over = ""
    is_workbook = any(column_of(cell.text) == Column.MARK for cell in line.cells)
    for at in range(max(len(line.cells), len(below.cells) if below else 0)):
        upper = line.cell(at)
        over = upper.text or over
        column, named_by = _named(upper, below.cell(at) if below else None, over)
        if column is None or (column in PROGRESS_COLUMNS and not is_workbook):
            continue
        if column in columns:
            again.append(named_by)
        else:
            columns[column], cells[column] = at, named_by
    if Column.CONTENT not in columns or len(columns) < 2:
        return None
    return Head(place, 2 if below else 1, columns, cells, tuple(again))


def _named(upper: Cell, lower: Cell | None, over: str) -> tuple[Column | None, Cell]:
    if upper.text and (column := column_of(upper.text)) is not None and (lower is None or not lower.text):
        return column, upper
    if lower is not None and lower.text:
        return column_of(lower.text) or column_of(f"{over} {lower.text}") or column_of(upper.text), lower
    return None, upper
