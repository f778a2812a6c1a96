"""A report written part by part: the draft, an edit that stays, figures as links, submitted, returned and approved."""

import re

from playwright.sync_api import Browser, Page, expect

EDIT = "Nội dung do thư ký viết thêm: hoàn thành "


def begun(page: Page, base_url: str) -> str:
    """The address of the report of 2021 on the program with the Front, begun where nobody did."""
    page.goto(f"{base_url}/bao-cao/?year=2021")
    begin = page.get_by_role("link", name=re.compile("Soạn báo cáo.*DH-2021-02"))
    if begin.count():
        begin.click()
        page.get_by_label("Cơ quan ban hành").select_option("UBND huyện")
        page.get_by_role("button", name="Soạn bản thảo đầu").click()
        expect(page.get_by_role("status")).to_be_visible()
    else:
        page.get_by_role("link", name=re.compile("Báo cáo năm của chương trình.*Thường trực HĐND")).click()
    return re.match(r".*/bao-cao/\d+/", page.url)[0]


def open_part(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Mục lục").get_by_role("link", name=re.compile(name)).first.click()
    expect(page.get_by_role("heading", level=2, name=re.compile(name))).to_be_visible()


def test_an_edit_stays_when_the_portal_writes_anew_and_the_way_to_approval(
    page: Page, base_url: str, sign_in, browser: Browser, browser_context_args
):
    sign_in(page, "thu-ky")
    report = begun(page, base_url)
    open_part(page, "Kết quả chung")
    figure = page.locator("a.pf-tok").first
    expect(figure).to_have_attribute("href", re.compile(r"^/nhiem-vu/\?year=2021"))
    text = page.get_by_label(re.compile("^Nội dung"))
    text.fill(EDIT)
    page.get_by_text("Chèn số liệu").click()
    page.locator("code[data-token='{{hoan_thanh}}']").click()
    expect(text).to_have_value(f"{EDIT}{{{{hoan_thanh}}}}")
    page.get_by_role("button", name="Lưu và xem trước").click()
    expect(page.get_by_text("Đã sửa tay").first).to_be_visible()
    page.goto(f"{report}so-lieu/")
    page.get_by_role("button", name="Cập nhật số liệu").click()
    open_part(page, "Kết quả chung")
    expect(page.get_by_label(re.compile("^Nội dung"))).to_have_value(f"{EDIT}{{{{hoan_thanh}}}}")
    page.get_by_role("button", name="Khôi phục bản tự soạn").click()
    expect(page.get_by_role("button", name="Lấy lại bản sửa tay")).to_be_visible()
    page.get_by_role("button", name="Trình ký").click()
    expect(page.get_by_text("Đã trình ký").first).to_be_visible()

    context = browser.new_context(**browser_context_args)
    leader = context.new_page()
    sign_in(leader, "chu-tich-ubnd")
    leader.goto(f"{report}soan/")
    leader.get_by_role("link", name="Trả lại, nêu lý do").click()
    leader.get_by_label("Nội dung cần sửa").fill("Bổ sung kiến nghị")
    leader.get_by_role("button", name="Trả lại, nêu lý do").click()
    expect(leader.get_by_text("Bổ sung kiến nghị")).to_be_visible()
    page.goto(f"{report}soan/")
    page.get_by_role("button", name="Trình ký").click()
    leader.goto(f"{report}soan/")
    leader.get_by_role("button", name="Duyệt ký").click()
    expect(leader.get_by_text("Đã duyệt ký").first).to_be_visible()
    context.close()


def test_two_secretaries_see_both_texts(page: Page, base_url: str, sign_in, browser: Browser, browser_context_args):
    sign_in(page, "thu-ky")
    page.goto(f"{base_url}/bao-cao/1/soan/")
    open_part(page, "Công tác lãnh đạo")
    context = browser.new_context(**browser_context_args)
    other = context.new_page()
    sign_in(other, "chuyen-vien-tong-hop")
    other.goto(page.url)
    for one, words in ((page, "Bản của thư ký"), (other, "Bản của chuyên viên")):
        one.get_by_label(re.compile("^Nội dung")).fill(words)
        one.get_by_role("button", name="Lưu và xem trước").click()
    expect(other.get_by_text("Bản của thư ký").first).to_be_visible()
    expect(other.get_by_text("Bản của chuyên viên").first).to_be_visible()
    other.get_by_role("button", name="Lưu bản của tôi").click()
    expect(other.get_by_text("Bản của chuyên viên").first).to_be_visible()
    context.close()
