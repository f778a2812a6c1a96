"""Being reminded: the bell, the page of notices, the one letter of the day, a calendar at a secret address."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, expect

from tests.browser.server import Server

SUBJECT = "Việc của bạn ngày"


def letters_to(folder: Path, address: str, page: Page) -> list[str]:
    """The letters with what is new to an address; waited for, as the process beside the web server sends them."""
    for _look in range(150):
        found = []
        for path in sorted(folder.glob("*.log")):
            letter = message_from_bytes(path.read_bytes(), policy=default)
            if letter["To"] == address and letter["Subject"].strip().startswith(SUBJECT):
                found.append(letter.get_body(("plain",)).get_content())
        if found:
            return found
        page.wait_for_timeout(200)
    raise AssertionError(f"no letter to {address} in {folder}")


def test_what_is_new_rings_the_bell_stands_on_the_page_and_comes_in_one_letter(
    page: Page, server: Server, base_url: str, sign_in, axe
):
    sign_in(page, "chuyen-vien-tong-hop")
    bell = page.get_by_role("link", name=re.compile("thông báo chưa đọc"))
    bell.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông báo")
    expect(page.get_by_role("link", name=re.compile(r"02\.03 quá hạn 15 ngày"))).to_be_visible()
    assert axe(page) == []

    (letter,) = letters_to(server.home / "mail", "chuyen-vien-tong-hop@phoi-hop.invalid", page)
    assert "QUÁ HẠN" in letter and "Vận động các hộ bàn giao mặt bằng" in letter
    assert server.run("remind").returncode == 0
    assert len(letters_to(server.home / "mail", "chuyen-vien-tong-hop@phoi-hop.invalid", page)) == 1

    page.reload()
    page.get_by_role("button", name="Đánh dấu đã đọc tất cả").click()
    expect(page.get_by_role("status")).to_contain_text("là đã đọc")
    expect(page.get_by_role("link", name="Thông báo", exact=True)).to_be_visible()


def test_a_calendar_is_fetched_from_its_address_until_it_is_taken_back(page: Page, sign_in, axe):
    sign_in(page, "chuyen-vien-mttq")
    page.goto("/tai-khoan/")
    page.get_by_role("link", name="Cách nhắc việc").click()
    page.get_by_label("Mỗi tuần một thư").check()
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu cách nhắc việc")
    page.get_by_role("button", name=re.compile("^Tạo địa chỉ: Việc của bạn")).click()
    address = page.locator(".pf-secret code").inner_text()
    assert axe(page) == []
    with urlopen(address) as answer:
        calendar = answer.read().decode()
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "BEGIN:VEVENT" in calendar
    page.get_by_role("button", name=re.compile("^Thu hồi")).click()
    expect(page.get_by_role("status")).to_contain_text("Đã thu hồi")
    assert page.request.get(address).status == 404
