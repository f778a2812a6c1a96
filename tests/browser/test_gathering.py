"""A meeting called by office held and attended on a phone: invited, answered by a commune, ticked at the door."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
MEETING, ADDRESS = "Giao ban các xã, thị trấn", "/hoi-nghi/2022-03-30-sang"


@pytest.fixture(scope="module")
def called(browser: Browser, base_url: str, accounts) -> str:
    """The secretary plans a meeting of this morning, invites all communes at once and sends the invitations."""
    page = _entered(browser, base_url, accounts, "thu-ky")
    page.goto(f"{base_url}/hoi-nghi/tao/")
    page.fill("input[name=title]", MEETING)
    page.fill("input[name=held_on]", "30/3/2022")
    page.get_by_label("Sáng").check()
    page.fill("input[name=review_year]", "2021")
    page.fill("input[name=plan_year]", "2022")
    page.locator("form button[type=submit]", has_text="Lưu hội nghị").click()
    page.goto(f"{base_url}{ADDRESS}/thanh-phan/moi/")
    page.fill("input[name=group]", "Lãnh đạo các xã, thị trấn")
    page.select_option("select[name=agency_group]", label="UBND các xã, thị trấn")
    page.get_by_role("button", name="Đưa vào danh sách").click()
    page.goto(f"{base_url}{ADDRESS}/thanh-phan/gui/")
    page.get_by_role("button", name="Gửi giấy mời").click()
    expect(page.get_by_role("status").first).to_contain_text("9 giấy mời")
    page.context.close()
    return f"{base_url}{ADDRESS}"


def _entered(browser: Browser, base_url: str, accounts, user: str, **options) -> Page:
    context = browser.new_context(**(PHONE | options))
    page = context.new_page()
    password = next(account["password"] for account in accounts if account["user"] == user)
    page.goto(base_url)
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)
    return page


@pytest.fixture
def phone(browser: Browser, base_url: str, accounts, called):
    """`phone("thu-ky")`: a phone on which that account is signed in; `java_script_enabled=False` for one without."""
    opened: list[Page] = []

    def of(user: str, **options) -> Page:
        opened.append(_entered(browser, base_url, accounts, user, **options))
        return opened[-1]

    yield of
    for page in opened:
        page.context.close()


def seat(page: Page, number: int):
    return page.locator(f"#ghe-{number}")


def test_a_commune_answers_from_its_inbox(phone, called: str):
    page = phone("can-bo-xa-tan-binh")
    page.get_by_role("link", name=re.compile(f"Trả lời giấy mời: {MEETING}")).click()
    page.get_by_role("link", name=re.compile(r"^Trả lời\s*:")).first.click()
    page.get_by_label("Cử người dự thay").check()
    page.fill("input[name=delegate_title]", "Công chức Văn phòng UBND xã Tân Bình")
    page.get_by_label("Công chức, chuyên viên").check()
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_text("Chưa đúng thành phần").first).to_be_visible()


def test_a_tap_marks_a_seat_and_the_count_follows(phone, called: str):
    page = phone("thu-ky")
    page.goto(f"{called}/diem-danh/")
    button = seat(page, 3).get_by_role("button", name=re.compile("^Có mặt"))
    assert button.bounding_box()["height"] >= 44
    button.click()
    expect(seat(page, 3).get_by_role("button", name=re.compile("^Có mặt"))).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#dem")).to_contain_text("/9")


def test_two_phones_tick_at_once_and_neither_overwrites_the_other(phone, called: str):
    first, second = phone("thu-ky"), phone("thu-ky")
    for page in (first, second):
        page.goto(f"{called}/diem-danh/")
    seat(first, 4).get_by_role("button", name=re.compile("^Có mặt")).click()
    expect(seat(first, 4).get_by_role("button", name=re.compile("^Có mặt"))).to_have_attribute("aria-pressed", "true")
    seat(second, 5).get_by_role("button", name=re.compile("^Có mặt")).click()
    expect(seat(second, 5).get_by_role("button", name=re.compile("^Có mặt"))).to_have_attribute("aria-pressed", "true")
    # The second phone still shows seat 4 as it was; its different tick is told, not taken.
    seat(second, 4).get_by_role("button", name=re.compile("^Vắng phép")).click()
    expect(second.locator("#bao")).to_contain_text("Chưa có gì thay đổi")
    expect(seat(second, 4).get_by_role("button", name=re.compile("^Có mặt"))).to_have_attribute("aria-pressed", "true")


def test_the_roll_call_works_without_scripts(phone, called: str):
    page = phone("thu-ky", java_script_enabled=False)
    page.goto(f"{called}/diem-danh/")
    seat(page, 6).get_by_role("button", name=re.compile("^Đi thay")).click()
    assert page.url.endswith("#ghe-6")
    expect(seat(page, 6).get_by_text("Ai đi thay")).to_be_visible()
    page.fill("#chuc-6", "Phó Chủ tịch UBND xã")
    seat(page, 6).get_by_role("button", name="Lưu người đi thay").click()
    expect(seat(page, 6)).to_contain_text("Phó Chủ tịch UBND xã")


@pytest.mark.parametrize("path", ["/thanh-phan/", "/thanh-phan/moi/", "/diem-danh/", "/sua/"])
def test_the_pages_are_accessible_and_fit_a_phone(phone, called: str, axe, path: str):
    page = phone("thu-ky")
    page.goto(f"{called}{path}")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
