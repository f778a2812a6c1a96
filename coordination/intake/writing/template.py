"""The workbook to fill in: columns with their names, drop-downs of agencies and areas, a sheet that explains."""

from collections.abc import Sequence

from coordination.intake.enums import OWN_TABLE_COLUMNS, Column
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

_LINES = ("Mỗi dòng là một nhiệm vụ. Cổng kiểm tra cả tệp trước, chỉ ghi khi bạn đã xem và đồng ý.",)


def template_workbook(
    *, code: str, year: int, parties: Sequence[str], agencies: Sequence[str], areas: Sequence[str]
) -> bytes:
    """The bytes of the template for one program.

    `parties` may lead, `agencies` are all that may coordinate, parties first.
    """
    columns = OWN_TABLE_COLUMNS
    with new_workbook(f"Bảng nhiệm vụ {code}") as (book, written):
        tasks, guide, lists = (book.add_worksheet(name) for name in (TASKS, GUIDE, LISTS))
        head, body = head_format(book), text_format(book)
        for place, column in enumerate(columns):
            tasks.set_column(place, place, width_of(column), body)
            tasks.write_string(0, place, column.heading, head)
        prepare_to_print(tasks)
        write_lists(book, lists, (("Lĩnh vực", areas), ("Các bên", parties), ("Cơ quan có thể phối hợp", agencies)))
        offer(tasks, columns.index(Column.AREA), MOST_ROWS, letter="A", count=len(areas))
        offer(tasks, columns.index(Column.LEAD), MOST_ROWS, letter="B", count=len(parties))
        title = f"Nhập nhiệm vụ vào chương trình {code}"
        write_guide(book, guide, title=title, lines=_LINES, columns=columns, year=year)
    return written.getvalue()
