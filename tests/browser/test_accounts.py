"""Ways in: a second factor from the first scan to a recovery code, my devices, a forgotten password."""

import base64
import re
import time
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.server import Server

PASSWORD = "phoi-hop-dam-ha-2022"
NEW_PASSWORD = "trau-cay-ruong-sau-mua"
PHONE = {
    "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1",
    "viewport": {"width": 390, "height": 844},
    "locale": "vi-VN",
}


HALF_MINUTE = 30
SECONDS_TO_TYPE = 12


def code_shown(page: Page, secret: str, *, steps_ahead: int = 0) -> str:
    """What an authenticator app shows for the secret on the page, now or half minutes later.

    Why it waits for a new code when the old one is about to change: a code that arrives in the half minute after its
    own tells the portal that the app's clock is slow, and codes ahead of that clock are then refused.
    """
    left = HALF_MINUTE - time.time() % HALF_MINUTE
    if left < SECONDS_TO_TYPE:
        page.wait_for_timeout(1000 * left)
    letters = secret.replace(" ", "")
    app = TOTP(base64.b32decode(letters + "=" * (-len(letters) % 8)))
    app.time = time.time() + HALF_MINUTE * steps_ahead
    return f"{app.token():06d}"


def type_password(page: Page, user: str, password: str = PASSWORD) -> None:
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(user)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def sign_out(page: Page) -> None:
    page.locator("header summary").first.click()
    page.locator("header").get_by_role("button", name="Đăng xuất").click()


@pytest.fixture
def secretary(page: Page, base_url: str) -> Page:
    type_password(page, "thu-ky-hai-ha")
    return page


def set_up(page: Page, axe: Callable[[Page], list[str]]) -> tuple[str, list[str]]:
    """The secret and the recovery codes, as the pages show them."""
    page.goto("/tai-khoan/")
    page.get_by_role("link", name="Xác thực hai lớp").click()
    page.get_by_role("button", name="Bắt đầu thiết lập").click()
    expect(page.get_by_role("img", name="Mã QR cho ứng dụng xác thực")).to_be_visible()
    assert axe(page) == []
    secret = page.locator(".pf-secret code").inner_text()
    page.get_by_label("Mã 6 số").fill(code_shown(page, secret))
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_role("button", name="Bật xác thực hai lớp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã khôi phục")
    assert axe(page) == []
    return secret, page.locator(".pf-codes code").all_inner_texts()


def test_a_second_factor_from_the_first_scan_to_a_recovery_code(secretary: Page, browser: Browser, base_url: str, axe):
    page = secretary
    secret, codes = set_up(page, axe)
    assert len(codes) == 10
    page.get_by_role("link", name="Tôi đã cất mã").click()
    sign_out(page)

    type_password(page, "thu-ky-hai-ha")
    expect(page).to_have_url(re.compile("/dang-nhap/ma-xac-thuc/"))
    assert axe(page) == []
    page.goto("/viec-cua-toi/")
    expect(page).to_have_url(re.compile("/dang-nhap/"))
    page.goto("/dang-nhap/ma-xac-thuc/")
    page.get_by_label("Mã 6 số").fill(code_shown(page, secret, steps_ahead=1))
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page).to_have_url(re.compile("/viec-cua-toi/"))

    phone = browser.new_context(base_url=base_url, **PHONE)
    other = phone.new_page()
    type_password(other, "thu-ky-hai-ha")
    other.get_by_role("link", name="Dùng mã khôi phục").click()
    other.get_by_label("Mã khôi phục").fill(codes[0].upper())
    other.get_by_role("button", name="Tiếp tục").click()
    expect(other.get_by_role("status")).to_contain_text("còn 9 mã")

    page.goto("/tai-khoan/")
    page.get_by_role("link", name="Thiết bị đang đăng nhập").click()
    assert axe(page) == []
    row = page.locator("li", has_text="Safari trên iPhone")
    expect(row).to_contain_text("Có xác thực hai lớp")
    expect(page.locator("li", has_text="Thiết bị này")).to_have_count(1)
    row.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("status")).to_contain_text("Đã đăng xuất thiết bị.")
    other.goto("/viec-cua-toi/")
    expect(other).to_have_url(re.compile("/dang-nhap/"))
    expect(other.get_by_text("Phiên làm việc đã hết")).to_be_visible()

    type_password(other, "thu-ky-hai-ha")
    other.get_by_role("link", name="Dùng mã khôi phục").click()
    other.get_by_label("Mã khôi phục").fill(codes[0])
    other.get_by_role("button", name="Tiếp tục").click()
    expect(other.get_by_text("Mã không đúng hoặc đã dùng rồi")).to_be_visible()
    phone.close()


def letter_to(folder: Path, address: str, page: Page) -> str:
    """The text of the letter that is written to an address; waited for, as it is sent apart."""
    for _look in range(100):
        for path in sorted(folder.glob("*.log")):
            letter = message_from_bytes(path.read_bytes(), policy=default)
            if letter["To"] == address:
                return letter.get_body(("plain",)).get_content()
        page.wait_for_timeout(200)
    raise AssertionError(f"no letter to {address} in {folder}")


def test_a_link_from_an_administrator_and_one_by_mail(page: Page, browser: Browser, server: Server, base_url: str, axe):
    """The mail is sent by the process that runs beside the web server."""
    type_password(page, "quan-tri")
    page.goto("/quan-tri/dang-nhap/chuyen-vien-ccb/")
    page.get_by_role("button", name="Tạo liên kết").click()
    link = page.locator(".pf-secret code").inner_text()
    assert link.startswith(base_url)
    assert axe(page) == []

    visitor: BrowserContext = browser.new_context(base_url=base_url, locale="vi-VN")
    owner = visitor.new_page()
    owner.goto(link)
    assert axe(owner) == []
    for label in ("Mật khẩu mới", "Nhập lại mật khẩu mới"):
        owner.get_by_label(label, exact=True).fill(NEW_PASSWORD)
    owner.get_by_role("button", name="Đặt mật khẩu").click()
    expect(owner.get_by_role("status")).to_contain_text("Đã đặt mật khẩu")
    owner.goto(link)
    expect(owner.get_by_role("heading", level=1)).to_have_text("Liên kết này không còn dùng được")
    assert axe(owner) == []
    type_password(owner, "chuyen-vien-ccb", NEW_PASSWORD)
    expect(owner).to_have_url(re.compile("/viec-cua-toi/"))

    owner.goto("/dang-nhap/")
    sign_out(owner)
    owner.get_by_role("link", name="Quên mật khẩu?").click()
    assert axe(owner) == []
    give_address = (
        "from agencies.models import User; User.objects.filter(username='chuyen-vien-ccb').update(email='{}')"
    )
    assert server.run("shell", "-c", give_address.format("ccb-moi@phoi-hop.invalid")).returncode == 0
    owner.get_by_label("Tên đăng nhập hoặc thư công vụ").fill("CCB-moi@phoi-hop.invalid")
    owner.get_by_role("button", name="Gửi liên kết đặt lại").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Xem thư công vụ của bạn")
    letter = letter_to(server.home / "mail", "ccb-moi@phoi-hop.invalid", owner)
    owner.goto(re.search(rf"{base_url}/lien-ket/\S+", letter)[0])
    expect(owner.get_by_text("chuyen-vien-ccb")).to_be_visible()
    visitor.close()


def test_a_form_sent_after_the_session_ended_is_not_lost(page: Page, context: BrowserContext, base_url: str):
    type_password(page, "chuyen-vien-ldld")
    page.goto("/nhiem-vu/tao/?program=dh-2022-02")
    page.get_by_label("Tên nhiệm vụ").fill("Vận động hộ dân hiến đất làm đường")
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(page.get_by_role("alert")).to_contain_text("nội dung bạn vừa nhập được giữ nguyên")
    page.get_by_label("Tên đăng nhập").fill("chuyen-vien-ldld")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_text("Vận động hộ dân hiến đất làm đường")).to_be_visible()
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_label("Tên nhiệm vụ")).to_have_value("Vận động hộ dân hiến đất làm đường")
