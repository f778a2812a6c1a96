"""A list written as a workbook, row by row."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Value = str | int | date | None


def write_list(out: BinaryIO, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]) -> None:
    """Write rows under the headings of their columns, each as wide as so many characters. No cell is a formula."""
    with Workbook(out, _OPTIONS) as book:
        _write(book, book.add_worksheet(title), columns, rows)


def _write(
    book: Workbook, sheet: Worksheet, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]
) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    dated = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, (heading, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, head)
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write_cell(sheet, number, place, value, plain, dated)
    sheet.autofilter(0, 0, number, len(columns) - 1)


def _write_cell(sheet: Worksheet, number: int, place: int, value: Value, plain: Format, dated: Format) -> None:
    if isinstance(value, date):
        sheet.write_datetime(number, place, value, dated)
    elif value not in (None, ""):
        sheet.write_string(number, place, str(value), plain)
