"""A workbook that can come back: its head is locked, its rows carry hidden marks, its cells offer what fits."""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from coordination.intake.enums import PROGRESS_COLUMNS, Column
from coordination.intake.reading.grids import MOST_ROWS
from coordination.intake.writing.layout import (
    GUIDE,
    LISTS,
    TASKS,
    head_format,
    offer,
    prepare_to_print,
    text_format,
    width_of,
    write_guide,
    write_lists,
)
from coordination.intake.writing.sheets import new_workbook
from coordination.workbooks.queries import Book, BookRow

STANDING = "Tình trạng"
_SPARE_ROWS = 200
# What ties a row to its task is not written over.
_FIXED = (Column.MARK, Column.ORDINAL, Column.PROGRAM)
# In the rows left for new tasks: these report nothing yet.
_FIXED_BELOW = PROGRESS_COLUMNS
_LINES = (
    "Mỗi dòng là một nhiệm vụ. Sửa thẳng vào ô, viết nhiệm vụ mới vào các dòng trống cuối bảng, rồi gửi tệp lại Cổng.",
    "Cổng kiểm tra cả tệp trước, cho xem dòng nào thêm, dòng nào đổi, và chỉ ghi khi bạn đồng ý.",
    "Ô màu xám chỉ để xem. Tiêu đề và cột ẩn bên trái được khóa để Cổng nhận ra từng nhiệm vụ.",
    "Xóa một dòng khỏi tệp không xóa nhiệm vụ trên Cổng. Ô để nguyên thì giữ điều Cổng đang có.",
    f"Tiến độ: các cột từ “{PROGRESS_COLUMNS[0].heading}” đến “{PROGRESS_COLUMNS[-1].heading}”, ở những nhiệm vụ bạn "
    "được báo cáo. Dòng có ô tiến độ thay đổi thành một báo cáo, mang ngày ghi vào Cổng, không ghi lùi ngày.",
    "Ô tiến độ để nguyên thì báo cáo nhắc lại như lần trước; điều gì không còn đúng thì xóa hoặc ghi lại.",
    "Báo cáo hoàn thành phải kèm minh chứng nên không làm bằng sổ này: hãy báo cáo trên trang nhiệm vụ.",
    "Báo cáo đã ghi thì không sửa, không xóa, kể cả khi hoàn tác. Số liệu sai thì gửi báo cáo mới; số giảm thì nêu "
    "lý do.",
)
# What stays possible on the locked sheet.
_ALLOWED = {"insert_rows": True, "format_columns": True, "format_rows": True, "autofilter": True,
            "select_locked_cells": True, "select_unlocked_cells": True}  # fmt: skip


def book_of(book: Book) -> bytes:
    """The bytes of a workbook; its rows are read and written one after another."""
    with new_workbook(f"Nhiệm vụ {book.title}", row_by_row=True) as (file, written):
        tasks, guide, lists = (file.add_worksheet(name) for name in (TASKS, GUIDE, LISTS))
        last = _write_tasks(file, tasks, book)
        named = (
            ("Lĩnh vực", book.areas),
            ("Các bên", book.parties),
            ("Cơ quan có thể phối hợp", book.agencies),
            ("Chương trình", book.programs),
        )
        write_lists(file, lists, named)
        _offer_lists(tasks, book, last)
        title = f"Sổ nhiệm vụ {book.title}, năm {book.year}"
        write_guide(file, guide, title=title, lines=_LINES, columns=book.columns, year=book.year)
    return written.getvalue()


def _write_tasks(file: Workbook, sheet: Worksheet, book: Book) -> int:
    """The sheet of tasks; the number of the last row that may be filled in, counted from 0."""
    head, typed, fixed = head_format(file), text_format(file), text_format(file, is_locked=True)
    for place, column in enumerate(book.columns):
        below = fixed if column in _FIXED_BELOW else typed
        sheet.set_column(place, place, width_of(column), below, {"hidden": column == Column.MARK})
        sheet.write_string(0, place, column.heading, head)
    beside = len(book.columns)
    sheet.set_column(beside, beside, 16, fixed)
    sheet.write_string(0, beside, STANDING, head)
    number = 0
    for number, row in enumerate(book.rows, start=1):
        _write_row(sheet, number, row, book.columns, typed, fixed)
    last = min(number + _SPARE_ROWS, MOST_ROWS)
    prepare_to_print(sheet)
    sheet.autofilter(0, 0, max(number, 1), beside)
    sheet.protect("", _ALLOWED)
    return max(last, 1)


def _write_row(sheet: Worksheet, number: int, row: BookRow, columns: tuple[Column, ...], typed, fixed) -> None:
    for place, column in enumerate(columns):
        said = row.mark if column == Column.MARK else row.said[column]
        its_look = typed if column in row.writable and column not in _FIXED else fixed
        if said:
            sheet.write_string(number, place, said, its_look)
        else:
            sheet.write_blank(number, place, None, its_look)
    sheet.write_string(number, len(columns), row.standing, fixed)


def _offer_lists(sheet: Worksheet, book: Book, last: int) -> None:
    for column, letter, values in (
        (Column.AREA, "A", book.areas),
        (Column.LEAD, "B", book.parties),
        (Column.PROGRAM, "D", book.programs),
    ):
        if column in book.columns:
            offer(sheet, book.columns.index(column), last, letter=letter, count=len(values))
