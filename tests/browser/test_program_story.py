"""One joint program from the first word to its amendment: three roles of three agencies, each at their own machine."""

import io
import re
from collections.abc import Callable, Iterator

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

DRAFTER, OFFICIAL = "thu-ky-tuyen-giao", "chuyen-vien-mttq"
LEADERS = {"btg": "truong-ban-tuyen-giao", "ubnd": "chu-tich-ubnd", "mttq": "chu-tich-mttq"}
PARTIES = ("UBND huyện", "Ban Tuyên giáo", "Ủy ban MTTQ")
WORDING = "Mỗi tháng các bên trao đổi thông tin một lần, trước ngày 25."


@pytest.fixture
def at_desk(browser: Browser, browser_context_args: dict, base_url: str, sign_in) -> Iterator[Callable[[str], Page]]:
    """`at_desk(user)`: the page of that person, signed in on a machine of their own."""
    desks: dict[str, Page] = {}

    def sit_down(user: str) -> Page:
        if user not in desks:
            desks[user] = browser.new_context(**browser_context_args | {"base_url": base_url}).new_page()
            sign_in(desks[user], user)
        return desks[user]

    yield sit_down
    for page in desks.values():
        page.context.close()


def press(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("button", name=re.compile(words)).first.click()


def draft(page: Page) -> str:
    """A program of three parties with two sections; its address."""
    page.goto("/chuong-trinh/tao/?year=2022")
    page.fill("[name=title]", "Phối hợp trao đổi thông tin, nắm tình hình dư luận xã hội năm 2022")
    page.fill("[name=short_title]", "Trao đổi thông tin")
    for party in PARTIES:
        page.get_by_role("checkbox", name=re.compile(party)).first.check()
    page.select_option("[name=lead]", label=page.locator("[name=lead] option", has_text="Ban Tuyên giáo").inner_text())
    press(page, "Tạo")
    page.wait_for_url(re.compile("/soan/$"))
    address = page.url.removesuffix("soan/")
    for number, heading, body in (
        ("I", "Mục đích, yêu cầu", "Thống nhất nhận thức, hành động của các bên."),
        ("II", "Nội dung phối hợp", "Mỗi quý các bên trao đổi thông tin một lần."),
    ):
        page.goto(f"{address}soan/muc/")
        page.fill("[name=numbering]", number)
        page.fill("[name=heading]", heading)
        page.fill("[name=body]", body)
        press(page, "Lưu mục")
        page.wait_for_url(re.compile(r"/muc/\d+/$"))
    return address


def ask_for_comments(page: Page, address: str, until: str) -> None:
    page.goto(f"{address}y-kien/mo/")
    page.fill("[name=until]", until)
    press(page, "Gửi lấy ý kiến")
    expect(page.get_by_role("status")).to_contain_text("đợt")


def agree(page: Page, address: str) -> None:
    page.goto(f"{address}thong-nhat/")
    page.get_by_role("radio", name="Thống nhất", exact=True).first.check()
    press(page, "Gửi ý kiến")
    expect(page.get_by_role("status")).to_be_visible()


def take_step(page: Page, address: str, words: str) -> None:
    page.goto(f"{address}soan/")
    press(page, words)
    expect(page.get_by_role("status")).to_be_visible()


def sign_for_all(page: Page, address: str) -> None:
    """The drafting secretary records the paper signatures as they come in."""
    for place in range(len(PARTIES)):
        page.goto(f"{address}ky-ket/")
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        page.locator("input[name$=signed_on]").first.fill("30/03/2022")
        press(page, "Ghi nhận đã ký giấy")
        expect(page.get_by_role("status")).to_be_visible()
        expect(page.get_by_text(f"Đã ký {place + 1}/3 bên").first).to_be_visible()


def test_a_program_is_drafted_commented_settled_signed_and_amended(at_desk, base_url: str):
    drafter, official, of_committee = at_desk(DRAFTER), at_desk(OFFICIAL), at_desk(LEADERS["ubnd"])
    address = draft(drafter)
    slug = address.rstrip("/").rsplit("/", 1)[1]
    ask_for_comments(drafter, address, "05/04/2022")

    official.goto(f"{address}y-kien/")
    official.get_by_role("link", name="Đọc dự thảo và góp ý").click()
    official.get_by_role("listitem").filter(has_text="Nội dung phối hợp").get_by_role("link").first.click()
    official.fill("[name=text]", "Mỗi quý một lần là quá thưa.")
    official.fill("[name=proposed]", WORDING)
    press(official, "Gửi ý kiến")
    expect(official.get_by_text("Mỗi quý một lần là quá thưa.")).to_be_visible()
    press(official, "Đã gửi đủ ý kiến")
    of_committee.goto(f"{address}y-kien/")
    expect(of_committee.get_by_text("Mỗi quý một lần là quá thưa.")).to_have_count(0)
    press(of_committee, "Báo không có ý kiến")

    drafter.goto(f"{address}y-kien/")
    drafter.get_by_role("link", name=re.compile("Trả lời")).first.click()
    drafter.get_by_role("radio", name="Tiếp thu", exact=True).check()
    drafter.get_by_role("checkbox", name=re.compile("Đưa ngay")).check()
    press(drafter, "Lưu và xem")
    drafter.goto(f"{address}y-kien/")
    drafter.get_by_role("link", name="Kết thúc đợt").click()
    press(drafter, "Kết thúc đợt")
    table = drafter.request.get(f"{base_url}/bao-cao/y-kien/{slug}/dot-1.docx")
    words = " ".join(
        cell.text for one in Document(io.BytesIO(table.body())).tables for row in one.rows for cell in row.cells
    )
    assert "Mỗi quý một lần là quá thưa." in words and "Tiếp thu" in words
    of_committee.goto(f"{address}y-kien/")
    expect(of_committee.get_by_text("Mỗi quý một lần là quá thưa.")).to_be_visible()

    drafter.goto(f"{address}soan/")
    expect(drafter.get_by_text(re.compile("thống nhất của UBND huyện")).first).to_be_visible()
    for user in LEADERS.values():
        agree(at_desk(user), address)
    take_step(drafter, address, "Chốt nội dung")
    take_step(drafter, address, "Khóa bản trình ký")
    sign_for_all(drafter, address)
    drafter.goto(address)
    expect(drafter.get_by_text("Có hiệu lực").first).to_be_visible()
    expect(drafter.get_by_text(WORDING)).to_be_visible()

    drafter.goto(f"{address}so-sanh/?from=0.1&to=1.1")
    expect(drafter.locator("ins").filter(has_text="tháng").first).to_be_visible()
    drafter.goto(f"{address}sua-doi/")
    press(drafter, "Tạo dự thảo")
    drafter.wait_for_url(re.compile(f"^(?!.*{slug}/)"))
    expect(drafter.get_by_text(re.compile("sửa đổi, bổ sung", re.IGNORECASE)).first).to_be_visible()
    drafter.goto(address)
    expect(drafter.locator("#van-ban-phat-hanh")).to_contain_text("Đã có sửa đổi, bổ sung")
