"""The workbook to fill in: columns with their names, drop-downs of agencies and areas, a sheet that explains."""

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from coordination.intake.enums import REQUIRED_COLUMNS, Column
from coordination.intake.reading.grids import MOST_ROWS
from coordination.intake.writing.sheets import new_workbook

# The papers of the field are Vietnamese whatever language the pages are in.
TASKS, GUIDE, LISTS = "Nhiệm vụ", "Hướng dẫn", "Danh mục"
_WIDTHS = {"ordinal": 6, "area": 24, "content": 60, "lead": 28, "coordinators": 40, "time": 24, "deliverable": 34}
_RULES = {
    Column.ORDINAL: "Số thứ tự, không bắt buộc. Dòng chỉ có số La Mã và tên lĩnh vực được hiểu là tiêu đề nhóm.",
    Column.AREA: "Chọn trong danh sách. Để trống nếu phía trên đã có dòng tiêu đề lĩnh vực.",
    Column.CONTENT: "Bắt buộc. Bắt đầu bằng động từ, tối đa 200 ký tự.",
    Column.LEAD: "Bắt buộc. Một bên của chương trình; hai cơ quan cùng chủ trì thì cách nhau bằng dấu chấm phẩy.",
    Column.COORDINATORS: "Các cơ quan cách nhau bằng dấu chấm phẩy (;). Ghi tên đầy đủ, tên gọi tắt hoặc chữ viết tắt.",
    Column.START: "Không bắt buộc. Ngày/tháng/năm.",
    Column.TIME: "Bắt buộc. Ví dụ: Quý II; Tháng 6; Trước 30/6/{year}; 15/3 - 30/6; 6 tháng đầu năm; Cả năm; "
    "Thường xuyên; Khi phát sinh; hoặc một ngày.",
    Column.DELIVERABLE: "Văn bản, hội nghị, công trình, mô hình… phải có khi nhiệm vụ hoàn thành.",
    Column.TARGET: "Số kèm đơn vị tính: ít nhất 45 hộ; 100%; 01 cuộc giám sát. Không đếm được thì ghi bằng lời.",
    Column.FUNDING: "Nguồn và mức kinh phí, nếu có.",
    Column.NOTE: "Những điều cần biết thêm.",
}


def template_workbook(*, code: str, year: int, parties: Sequence[str], agencies: Sequence[str], areas: Sequence[str]):
    """The bytes of the template for one program.

    `parties` may lead, `agencies` are all that may coordinate, parties first.
    """
    with new_workbook(f"Bảng nhiệm vụ {code}") as (book, written):
        tasks, guide, lists = (book.add_worksheet(name) for name in (TASKS, GUIDE, LISTS))
        _write_head(book, tasks)
        _write_lists(book, lists, parties, agencies, areas)
        _offer(tasks, Column.AREA, "A", len(areas))
        _offer(tasks, Column.LEAD, "B", len(parties))
        _write_guide(book, guide, code, year)
    return written.getvalue()


def _write_head(book: Workbook, sheet: Worksheet) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#ECE9E2"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for place, column in enumerate(Column):
        sheet.set_column(place, place, _WIDTHS.get(column.value, 18), body)
        sheet.write_string(0, place, column.heading, head)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)


def _write_lists(book: Workbook, sheet: Worksheet, parties, agencies, areas) -> None:
    bold = book.add_format({"bold": True})
    columns = (("Lĩnh vực", areas), ("Các bên", parties), ("Cơ quan có thể phối hợp", agencies))
    for place, (heading, values) in enumerate(columns):
        sheet.set_column(place, place, 48)
        sheet.write_string(0, place, heading, bold)
        for row, value in enumerate(values, start=1):
            sheet.write_string(row, place, value)


def _offer(sheet: Worksheet, column: Column, letter: str, count: int) -> None:
    if count:
        place = list(Column).index(column)
        source = f"='{LISTS}'!${letter}$2:${letter}${count + 1}"
        # Told, not forced: a second lead or a body inside an agency is typed.
        rule = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
        sheet.data_validation(1, place, MOST_ROWS, place, rule)


def _write_guide(book: Workbook, sheet: Worksheet, code: str, year: int) -> None:
    title, bold = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26, bold)
    sheet.set_column(1, 1, 90, wrapped)
    sheet.write_string(0, 0, f"Nhập nhiệm vụ vào chương trình {code}", title)
    sheet.write_string(1, 1, "Mỗi dòng là một nhiệm vụ. Cổng kiểm tra cả tệp trước, chỉ ghi khi bạn đã xem và đồng ý.")
    for row, column in enumerate(Column, start=3):
        mark = " (bắt buộc)" if column in REQUIRED_COLUMNS else ""
        sheet.write_string(row, 0, f"{column.heading}{mark}", bold)
        sheet.write_string(row, 1, _RULES[column].format(year=year), wrapped)
