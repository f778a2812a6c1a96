"""What each column takes, told once: the checker measures by it, the sheet that explains is written from it.

The words are Vietnamese whatever language the pages are in, like the tables themselves. Every example is tested to be
taken, or refused, as it says.
"""

from dataclasses import dataclass

from coordination.intake.enums import REQUIRED_COLUMNS, Column
from coordination.intake.reading.grids import LONGEST_CELL
from coordination.intake.reading.targets import LONGEST_UNIT, LONGEST_WORDS
from coordination.tasks.services.drafts import MOST_LEADS, TITLE_LIMIT

LONGEST_DELIVERABLE, LONGEST_FUNDING, LONGEST_BODY = 2000, 300, 150


@dataclass(frozen=True)
class ColumnRule:
    """A column's rule in a sentence, how long its cells may be, and what it takes and refuses as examples."""

    says: str
    longest: int = LONGEST_CELL
    takes: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()


RULES: dict[Column, ColumnRule] = {
    Column.ORDINAL: ColumnRule(
        "Số thứ tự, không bắt buộc. Dòng chỉ có số La Mã và tên lĩnh vực được hiểu là tiêu đề nhóm."
    ),
    Column.AREA: ColumnRule("Chọn trong danh sách. Để trống nếu phía trên đã có dòng tiêu đề lĩnh vực."),
    Column.CONTENT: ColumnRule(f"Bắt đầu bằng động từ, tối đa {TITLE_LIMIT} ký tự."),
    Column.LEAD: ColumnRule(
        f"Một bên của chương trình; nhiều nhất {MOST_LEADS} cơ quan cùng chủ trì, cách nhau bằng dấu chấm phẩy. "
        f"Bộ phận bên trong ghi như “Phòng Nội vụ (UBND huyện)”, tối đa {LONGEST_BODY} ký tự."
    ),
    Column.COORDINATORS: ColumnRule(
        "Các cơ quan cách nhau bằng dấu chấm phẩy (;). Ghi tên đầy đủ, tên gọi tắt hoặc chữ viết tắt."
    ),
    Column.START: ColumnRule("Ngày/tháng/năm.", takes=("15/4/{year}", "01/02/{year}"), refuses=("31/02/{year}",)),
    Column.TIME: ColumnRule(
        "Một quý, một tháng, nửa năm, cả năm, hạn cuối, khoảng ngày hoặc việc thường xuyên.",
        takes=(
            "Quý II", "Tháng 6", "Trước 30/6/{year}", "15/3 - 30/6", "6 tháng đầu năm", "Cả năm", "Thường xuyên",
            "Khi phát sinh", "Hằng tháng", "Hằng quý", "30/6/{year}",
        ),
        refuses=("31/02/{year}", "Quý V", "Tháng 13", "sớm nhất có thể"),
    ),
    Column.DELIVERABLE: ColumnRule(
        f"Văn bản, hội nghị, công trình, mô hình… phải có khi nhiệm vụ hoàn thành. Tối đa {LONGEST_DELIVERABLE} ký tự.",
        longest=LONGEST_DELIVERABLE,
    ),
    Column.TARGET: ColumnRule(
        f"Số kèm đơn vị tính (đơn vị tối đa {LONGEST_UNIT} ký tự). Không đếm được thì ghi bằng lời, tối đa "
        f"{LONGEST_WORDS} ký tự.",
        takes=("ít nhất 45 hộ", "100%", "01 cuộc giám sát", "khoảng 30 buổi", "1.450 lượt người"),
        refuses=("45", "100"),
    ),
    Column.FUNDING: ColumnRule(
        f"Nguồn và mức kinh phí, nếu có. Tối đa {LONGEST_FUNDING} ký tự.", longest=LONGEST_FUNDING
    ),
    Column.NOTE: ColumnRule("Những điều cần biết thêm."),
    Column.PROGRAM: ColumnRule("Mã chương trình. Dòng đã có thì giữ nguyên; dòng mới chọn trong danh sách."),
    Column.DONE: ColumnRule(
        "Số đã làm được đến nay theo chỉ tiêu chính, không vượt chỉ tiêu đã ấn định. Ít hơn lần báo cáo trước thì ghi "
        "lý do ở cột “Vướng mắc” hoặc “Nguyên nhân”. Chỉ tiêu là tổng của nhiều phần thì báo cáo trên trang nhiệm vụ.",
        takes=("38", "1.450", "93,5"),
        refuses=("ba mươi", "38/45", "93.5"),
    ),
    Column.SHARE: ColumnRule(
        "Chỉ ghi khi nhiệm vụ không có chỉ tiêu bằng số: số nguyên từ 0 đến 100.",
        takes=("40%", "40"),
        refuses=("0,4", "gần xong"),
    ),
    Column.RESULT: ColumnRule(f"Việc đã làm đến nay. Tối đa {LONGEST_CELL} ký tự."),
    Column.OBSTACLES: ColumnRule(f"Điều đang cản trở; hết vướng mắc thì xóa ô. Tối đa {LONGEST_CELL} ký tự."),
    Column.CAUSES: ColumnRule(f"Vì sao vướng mắc, vì sao số đã làm giảm. Tối đa {LONGEST_CELL} ký tự."),
    Column.PROPOSAL: ColumnRule(f"Đề nghị cơ quan nào làm gì. Tối đa {LONGEST_CELL} ký tự."),
    Column.EXPECTED: ColumnRule(
        "Ngày/tháng/năm, từ hôm gửi tệp trở đi.",
        takes=("15/4/{year}", "trước 30/6/{year}"),
        refuses=("31/02/{year}", "Quý III", "sớm nhất có thể"),
    ),
}  # fmt: skip


def explained(column: Column, year: int) -> str:
    """The rule of a column as the sheet that explains says it, with its examples for a year."""
    rule = RULES[column]
    must = "Bắt buộc." if column in REQUIRED_COLUMNS else "Không bắt buộc."
    said = [must, rule.says]
    if rule.takes:
        said.append(f"Ví dụ: {'; '.join(rule.takes)}.")
    if rule.refuses:
        said.append(f"Không nhận: {'; '.join(rule.refuses)}.")
    return " ".join(said).replace("{year}", str(year))
