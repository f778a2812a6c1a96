"""A workbook's way: 300 rows with twelve faults are sent, mended, written, taken out again and sent back unchanged."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

HEAD = ("TT", "Lĩnh vực", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Sản phẩm",
        "Chỉ tiêu")  # fmt: skip
LEAD = "UBND huyện"
ROWS = 300
# Row of the task from 1, column from 0, what is planted there; each is one fault.
PLANTED = {
    (6, 5): "31/02/2022", (20, 3): "Ban TG huyện", (41, 2): "", (77, 7): "45", (102, 5): "sớm nhất có thể",
    (130, 1): "Lĩnh vực lạ", (155, 4): "Hội Người mù", (180, 5): "Trước 30/6/2023", (201, 2): "Dài " * 60,
    (233, 3): "", (260, 5): "", (299, 6): "x" * 2100,
}  # fmt: skip


def good(number: int) -> list[str]:
    return [str(number), "", f"Vận động Nhân dân làm đường, tuyến {number}", LEAD, "", "Quý III", "Danh sách hộ",
            "ít nhất 45 hộ"]  # fmt: skip


def workbook(rows: list[list[str]]) -> bytes:
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Nhiệm vụ")
        for at, cells in enumerate([list(HEAD), *rows]):
            for place, said in enumerate(cells):
                if said:
                    sheet.write_string(at, place, said)
    return written.getvalue()


def send(page: Page, content: bytes, name: str = "nhiem-vu.xlsx") -> None:
    page.set_input_files("input[name=file]", {"name": name, "mimeType": "application/zip", "buffer": content})


@pytest.fixture
def program(page: Page, sign_in, base_url: str) -> str:
    """The address of a new draft of two parties, and the secretary who drafts it at its page."""
    sign_in(page, "thu-ky")
    page.goto(f"{base_url}/chuong-trinh/tao/?year=2022")
    page.fill("[name=title]", "Phối hợp nhập nhiệm vụ từ Excel năm 2022")
    page.fill("[name=short_title]", "Nhập từ Excel")
    for party in ("UBND huyện", "Ban Tuyên giáo"):
        page.get_by_role("checkbox", name=re.compile(party)).first.check()
    page.select_option("[name=lead]", label=page.locator("[name=lead] option", has_text="UBND huyện").inner_text())
    page.get_by_role("main").get_by_role("button", name=re.compile("Tạo")).click()
    page.wait_for_url(re.compile("/soan/$"))
    return page.url.removesuffix("soan/")


@pytest.fixture
def area(page: Page, program: str) -> str:
    """An area of the unit, as the template of the program offers it."""
    template = page.request.get(f"{program}nhap-nhiem-vu/mau/").body()
    lists = CalamineWorkbook.from_filelike(io.BytesIO(template)).get_sheet_by_name("Danh mục").to_python()
    return lists[1][0]


def test_300_rows_with_12_faults_are_mended_written_and_come_back_unchanged(
    page: Page, program: str, area: str, tmp_path: Path, axe
):
    rows = [good(number) for number in range(1, ROWS + 1)]
    for row in rows:
        row[1] = area
    spoilt = [list(row) for row in rows]
    for (number, place), said in PLANTED.items():
        spoilt[number - 1][place] = said

    page.goto(f"{program}nhap-nhiem-vu/")
    send(page, workbook(spoilt))
    page.get_by_role("button", name="Kiểm tra tệp").click()
    page.wait_for_url(re.compile(r"/nhap-excel/\d+/kiem-tra/$"))
    faults = page.locator("#can-sua tbody tr")
    expect(faults).to_have_count(len(PLANTED))
    refs = {f"{'ABCDEFGH'[place]}{number + 1}" for number, place in PLANTED}
    assert set(page.locator("#can-sua tbody th .pf-num").all_inner_texts()) == refs
    expect(page.get_by_role("button", name=re.compile("^Ghi"))).to_have_count(0)
    assert axe(page) == []

    send(page, workbook(rows))
    page.get_by_role("button", name="Kiểm tra tệp này").click()
    expect(page.locator("#can-sua")).to_have_count(0)
    page.get_by_role("button", name=f"Ghi {ROWS} nhiệm vụ").click(timeout=120_000)
    expect(page.get_by_role("main")).to_contain_text(f"Đã thêm {ROWS} nhiệm vụ", timeout=120_000)
    expect(page.get_by_role("link", name="Hoàn tác lần nhập này")).to_be_visible()
    assert axe(page) == []

    exported = page.request.get(f"{program}so-nhiem-vu/").body()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(exported)).get_sheet_by_name("Nhiệm vụ").to_python()
    assert len(sheet) == ROWS + 1
    page.goto(f"{program}nhap-nhiem-vu/")
    send(page, exported, "so-nhiem-vu.xlsx")
    page.get_by_role("button", name="Kiểm tra tệp").click()
    expect(page.get_by_text("Tệp không có gì thay đổi")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Ghi"))).to_have_count(0)


def test_a_table_of_ones_own_is_pasted_its_columns_told_written_and_undone(page: Page, program: str, area: str):
    table = f"Việc cần làm\tAi lo\tBao giờ xong\tMảng\nRà soát hộ nghèo\tUBND huyện\tQuý III\t{area}\n"
    page.goto(f"{program}nhap-nhiem-vu/")
    page.fill("[name=pasted]", table)
    page.get_by_role("button", name="Kiểm tra tệp").click()
    page.get_by_role("link", name="Cho biết các cột ghi gì").click()
    for place, holds in enumerate(("Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian thực hiện", "Lĩnh vực")):
        page.select_option(f"[name=column_{place}]", label=holds)
    page.get_by_role("button", name="Lưu và kiểm tra bảng").click()
    page.get_by_role("button", name="Ghi 1 nhiệm vụ").click()
    page.get_by_role("link", name="Hoàn tác lần nhập này").click()
    page.get_by_role("button", name="Hoàn tác lần nhập").click()
    expect(page.get_by_role("main")).to_contain_text("Lần nhập này đã được hoàn tác")
