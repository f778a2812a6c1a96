"""What travels inside the PDF of a paper: the data it was made of, for machines, and its tables, for spreadsheets."""

from datetime import date, datetime
from io import BytesIO

from records.spreadsheets import cell
from reports.documents.blocks import Table
from reports.documents.ceilings import TABLES_NAME, is_over_ceiling
from reports.documents.comment_table import TablePaper
from reports.documents.papers import Paper
from reports.pdf.drawn import Enclosure

DATA_NAME = "so-lieu.json"
# A table paper has no day of its own, and the format wants one.
_NO_DAY = date(2000, 1, 1)
_ABOUT_DATA = "Dữ liệu của văn bản; mã SHA-256 của tệp này là mã nội dung in ở chân trang"
_ABOUT_TABLES = "Các bảng của văn bản"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NARROWEST, _WIDTH_OF_SHEET = 5, 120


def enclosures_of(paper: Paper | TablePaper) -> tuple[Enclosure, ...]:
    """The snapshot the digest of the strip covers and, where the paper has tables, a workbook of them.

    Rule: nobody answers for the data of a draft or of a table alone, so none travels with it, but for the rows that
    are too many to be printed (R-PDF-1).
    """
    made_on = _day_of(paper)
    if isinstance(paper, TablePaper) or paper.strip is None or paper.is_draft:
        return _tables_of(paper, made_on) if is_over_ceiling(paper) else ()
    return (Enclosure(DATA_NAME, paper.strip.data.encode(), _ABOUT_DATA, made_on), *_tables_of(paper, made_on))


def _tables_of(paper: Paper | TablePaper, made_on: date) -> tuple[Enclosure, ...]:
    tables = [table for table in paper.tables() if table.rows]
    return (Enclosure(TABLES_NAME, workbook_of(tables, made_on=made_on), _ABOUT_TABLES, made_on),) if tables else ()


def workbook_of(tables: list[Table], *, made_on: date) -> bytes:
    """The tables as a workbook, a sheet for each; the same tables give the same bytes. No cell is a formula."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": datetime(made_on.year, made_on.month, made_on.day)})  # noqa: DTZ001  a day
        strong = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        plain = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        for number, table in enumerate(tables, start=1):
            sheet = book.add_worksheet(f"Bảng {number}")
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, max(_NARROWEST, _WIDTH_OF_SHEET * column.width_percent // 100))
                sheet.write_string(0, place, cell(column.heading), strong)
            for line, row in enumerate(table.rows, start=1):
                for place, value in enumerate(row.cells):
                    sheet.write_string(line, place, cell(value), strong if row.is_total or row.is_group else plain)
            sheet.freeze_panes(1, 0)
    return out.getvalue()


def _day_of(paper: Paper | TablePaper) -> date:
    """The day on the paper, or the first of the month it is made in while it has none."""
    if isinstance(paper, TablePaper):
        return _NO_DAY
    day = paper.letterhead.day
    return date(day.year, day.month or 1, day.day or 1)
