"""The official's day: sign in, see what waits, enter a task, get it wrong first, report progress with evidence."""

import re

import pytest
from playwright.sync_api import Page, expect

PROOF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def official(page: Page, sign_in) -> Page:
    sign_in(page, "chuyen-vien-tong-hop")
    return page


def fill_task(page: Page, title: str) -> None:
    page.get_by_label("Lĩnh vực", exact=True).select_option(label="Giảm nghèo bền vững")
    page.get_by_label("Tên nhiệm vụ").fill(title)
    page.get_by_label(re.compile("^Cơ quan chủ trì")).select_option(label="UBND huyện")
    page.get_by_label("Hội Nông dân huyện").first.check()
    page.get_by_label(re.compile("^Ngày bắt đầu")).fill("1/4/2022")
    page.get_by_label(re.compile("^Hạn hoàn thành")).fill("05/5/2022")
    page.get_by_label(re.compile("^Chỉ tiêu \\(")).fill("20")
    page.get_by_label(re.compile("^Đơn vị tính")).fill("hộ")
    page.get_by_label("Sản phẩm hoặc kết quả cần đạt").fill("20 hộ được hỗ trợ, có danh sách kèm theo")


def test_work_of_the_day_comes_first(official: Page):
    expect(official).to_have_url(re.compile("/viec-cua-toi/"))
    expect(official.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    expect(official.get_by_text("Vận động các hộ bàn giao mặt bằng tuyến đường liên xã").first).to_be_visible()
    expect(official.get_by_text("Quá hạn 15 ngày").first).to_be_visible()


def test_a_wrong_task_is_explained_and_kept_and_a_mended_one_is_saved(official: Page, base_url: str):
    official.goto(f"{base_url}/nhiem-vu/tao/?program=dh-2022-02")
    fill_task(official, "Hỗ trợ vốn vay và kỹ thuật chăn nuôi gà bản cho hộ đăng ký thoát nghèo")
    official.get_by_label(re.compile("^Hạn hoàn thành")).fill("31/02/2022")
    official.get_by_label(re.compile("^Chỉ tiêu \\(")).fill("20 hộ")
    official.get_by_role("button", name="Lưu nhiệm vụ").click()

    summary = official.locator(".pf-sumerr")
    expect(summary).to_contain_text("Chưa lưu được: có 2 mục cần sửa")
    expect(summary).to_be_focused()
    expect(official).to_have_title(re.compile("^Lỗi: "))
    expect(official.get_by_label("Tên nhiệm vụ")).to_have_value(re.compile("^Hỗ trợ vốn vay"))
    expect(official.get_by_label(re.compile("^Hạn hoàn thành"))).to_have_value("31/02/2022")
    summary.get_by_role("link", name=re.compile("Ngày không có thật")).click()
    expect(official.get_by_label(re.compile("^Hạn hoàn thành"))).to_be_focused()

    official.get_by_label(re.compile("^Hạn hoàn thành")).fill("05/03/2022")
    official.get_by_label(re.compile("^Chỉ tiêu \\(")).fill("20")
    official.get_by_role("button", name="Lưu nhiệm vụ").click()
    # 05/03 is the fifth of March, before the first of April: never the third of May.
    expect(summary).to_contain_text("Hạn hoàn thành phải sau ngày bắt đầu (01/4/2022)")

    official.get_by_label(re.compile("^Hạn hoàn thành")).fill("5/5/2022")
    official.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(official.get_by_role("status")).to_contain_text(re.compile(r"Đã lưu nhiệm vụ 02\.3\d"))
    expect(official.get_by_text("05/5/2022").first).to_be_visible()


def test_progress_is_reported_with_evidence(official: Page, base_url: str):
    official.goto(f"{base_url}/nhiem-vu/dh-2022-02.03/tien-do/")
    official.get_by_label(re.compile("^Đã thực hiện")).fill("41")
    official.get_by_label(re.compile("^Kết quả")).fill("Ba hộ thôn Tân Hợp đã ký biên bản bàn giao.")
    official.locator("input[type=file]").set_input_files(
        {"name": "biên bản bàn giao.pdf", "mimeType": "application/pdf", "buffer": PROOF}
    )
    official.get_by_role("button", name="Lưu tiến độ").click()
    expect(official.get_by_role("status")).to_contain_text("Đã lưu tiến độ nhiệm vụ 02.03: 41/45 hộ")
    link = official.get_by_role("link", name=re.compile("biên bản bàn giao.pdf")).first
    with official.expect_download() as kept:
        link.click()
    assert kept.value.path().read_bytes() == PROOF


def test_the_same_without_any_script(browser, base_url: str, accounts):
    """Every flow works with scripts switched off."""
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{base_url}/dang-nhap/")
    page.fill("input[name=username]", "chuyen-vien-mttq")
    page.fill("input[name=password]", next(a["password"] for a in accounts if a["user"] == "chuyen-vien-mttq"))
    page.locator("form:has(input[type=password]) [type=submit]").first.click()
    page.goto(f"{base_url}/nhiem-vu/tao/?program=dh-2022-02")
    fill_task(page, "Vận động ủng hộ Quỹ “Vì người nghèo” năm 2022")
    page.get_by_label(re.compile("^Cơ quan chủ trì")).select_option(label="Ủy ban MTTQ Việt Nam huyện")
    page.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu nhiệm vụ")
    context.close()
