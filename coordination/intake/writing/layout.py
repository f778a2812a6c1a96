"""What the workbooks handed out share: the head, the lists to choose from, the sheet that explains the columns."""

from collections.abc import Sequence
from itertools import zip_longest

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from coordination.intake.enums import Column
from coordination.intake.reading.rules import RULES, explained

# The papers of the field are Vietnamese whatever language the pages are in.
TASKS, GUIDE, LISTS = "Nhiệm vụ", "Hướng dẫn", "Danh mục"
_WIDTHS = {
    "ordinal": 6, "area": 24, "content": 60, "lead": 28, "coordinators": 40, "time": 24, "deliverable": 34,
    "result": 40, "obstacles": 34, "causes": 34, "proposal": 34,
}  # fmt: skip
_SOFT, _HEAD = "#F4F2ED", "#ECE9E2"


def head_format(book: Workbook):
    """The look of a cell that names a column; it is locked where the sheet is."""
    return book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": _HEAD})


def text_format(book: Workbook, *, is_locked: bool = False):
    """The look of a cell of text: what is typed stays as it is typed, so that no day turns into another.

    A locked one is grey.
    """
    look = {"text_wrap": True, "valign": "top", "num_format": "@", "locked": is_locked}
    return book.add_format({**look, "bg_color": _SOFT} if is_locked else look)


def width_of(column: Column) -> int:
    """How wide a column is.

    Units: letters.
    """
    return _WIDTHS.get(column.value, 18)


def prepare_to_print(sheet: Worksheet) -> None:
    """A4 across, the head on every page and in sight while scrolling."""
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def write_lists(book: Workbook, sheet: Worksheet, lists: Sequence[tuple[str, Sequence[str]]]) -> None:
    """The values to choose from, one list in each column below its name."""
    bold = book.add_format({"bold": True})
    sheet.set_column(0, len(lists) - 1, 48)
    for place, (heading, _values) in enumerate(lists):
        sheet.write_string(0, place, heading, bold)
    for row, values in enumerate(zip_longest(*(values for _heading, values in lists), fillvalue=""), start=1):
        for place, value in enumerate(values):
            if value:
                sheet.write_string(row, place, value)


def offer(sheet: Worksheet, place: int, last_row: int, *, letter: str, count: int) -> None:
    """A drop-down with a list of the sheet of lists; told, not forced: a second lead or a body inside is typed."""
    if count:
        source = f"='{LISTS}'!${letter}$2:${letter}${count + 1}"
        rule = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
        sheet.data_validation(1, place, last_row, place, rule)


def write_guide(
    book: Workbook, sheet: Worksheet, *, title: str, lines: Sequence[str], columns: Sequence[Column], year: int
) -> None:
    """The sheet that explains: what to do, then each column by the rule the checker measures it by."""
    heading, bold = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26, bold)
    sheet.set_column(1, 1, 100, wrapped)
    sheet.write_string(0, 0, title, heading)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 1, line)
    for row, column in enumerate((one for one in columns if one in RULES), start=len(lines) + 2):
        sheet.write_string(row, 0, column.heading, bold)
        sheet.write_string(row, 1, explained(column, year), wrapped)
