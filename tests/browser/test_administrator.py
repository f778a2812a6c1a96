"""The administrator's round: invite, move, suspend; what the person concerned sees at the next click."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

PASSWORD = "trau cay ruong sau mua"


@pytest.fixture
def administrator(page: Page, sign_in) -> Page:
    sign_in(page, "quan-tri-don-vi")
    return page


@pytest.fixture
def newcomer(browser: Browser, base_url: str) -> Iterator[Page]:
    """The person invited, at another computer."""
    context = browser.new_context(base_url=base_url, locale="vi-VN", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def acting_as(page: Page):
    return page.locator(".pf-menu > summary")


def invite(page: Page, name: str, username: str) -> str:
    """Open an account for someone in the Farmers' Union; the link, which is shown once."""
    page.get_by_role("link", name="Người dùng, vai trò").click()
    page.get_by_role("link", name="Thêm người dùng").click()
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Cơ quan", exact=True).select_option(label="Hội Nông dân huyện")
    page.get_by_label("Chức danh").fill("Chuyên viên phong trào")
    page.get_by_role("button", name="Mở tài khoản và tạo liên kết").click()
    expect(page.get_by_role("status")).to_contain_text(f"Đã mở tài khoản {username}")
    return page.get_by_label("Liên kết", exact=True).input_value()


def set_password(page: Page, link: str) -> None:
    page.goto(link)
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.get_by_role("button", name=re.compile("mật khẩu")).click()


def test_invited_moved_suspended_and_out_at_the_next_click(administrator: Page, newcomer: Page, base_url: str):
    expect(administrator).to_have_url(f"{base_url}/quan-tri/")
    link = invite(administrator, "Người Thử Nghiệm", "nguoi-thu-nghiem")
    account = administrator.url
    administrator.reload()
    expect(administrator.get_by_label("Liên kết", exact=True)).to_have_count(0)

    set_password(newcomer, link)
    newcomer.fill("input[name=username]", "nguoi-thu-nghiem")
    newcomer.fill("input[name=password]", PASSWORD)
    newcomer.press("input[name=password]", "Enter")
    expect(newcomer).to_have_url(re.compile("/viec-cua-toi/"))
    expect(acting_as(newcomer)).to_contain_text("Chuyên viên phong trào")
    expect(acting_as(newcomer)).to_contain_text("Hội Nông dân")
    assert newcomer.goto("/chuong-trinh/tao/").status == 403

    administrator.goto(account)
    administrator.get_by_role("link", name="Chuyển").click()
    administrator.get_by_label("Cơ quan", exact=True).select_option(label="Ban Tuyên giáo Huyện ủy")
    administrator.get_by_label("Vai trò").select_option(label="Thư ký")
    administrator.get_by_label("Chức danh").fill("Thư ký Ban")
    administrator.get_by_role("button", name="Chuyển").click()
    expect(administrator.get_by_role("status")).to_contain_text("chuyển sang “Thư ký Ban, Ban Tuyên giáo”")

    assert newcomer.goto("/chuong-trinh/tao/").status == 200
    expect(acting_as(newcomer)).to_contain_text("Ban Tuyên giáo")

    administrator.get_by_role("link", name="Tạm ngừng tài khoản").click()
    administrator.get_by_role("button", name="Tạm ngừng tài khoản").click()
    expect(administrator.locator(".pf-sumerr")).to_contain_text("Nhập lý do")
    administrator.get_by_label("Lý do").fill("Nghỉ việc")
    administrator.get_by_role("button", name="Tạm ngừng tài khoản").click()
    expect(administrator.get_by_text("Tạm ngừng", exact=True).first).to_be_visible()

    newcomer.get_by_role("link", name="Nhiệm vụ").first.click()
    expect(newcomer).to_have_url(re.compile("/dang-nhap/"))
    set_again = newcomer.goto(link)
    assert set_again.status >= 400


@pytest.mark.parametrize("width", [1440, 390])
def test_a_second_role_is_one_click_away(page: Page, sign_in, base_url: str, width: int):
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, "chuyen-vien-hdnd")
    page.goto(f"{base_url}/hoi-nghi/")
    shown = acting_as(page) if width > 1200 else page.locator(".pf-acting")
    expect(shown).to_contain_text("Chuyên viên Thường trực HĐND")
    if width > 1200:
        acting_as(page).click()
    else:
        page.get_by_role("link", name="Thêm").click()
    page.get_by_role("button", name="Cán bộ tổ chức hội nghị").click()
    expect(page.get_by_role("status")).to_contain_text("Cán bộ tổ chức hội nghị")
    expect(page).to_have_url(f"{base_url}/hoi-nghi/" if width > 1200 else f"{base_url}/them/")
    expect(shown).to_contain_text("Cán bộ tổ chức hội nghị")


def test_a_post_is_added_and_its_holder_found_without_marks(page: Page, sign_in, base_url: str):
    sign_in(page, "thu-ky")
    page.goto(f"{base_url}/co-quan/dh/ubnd/")
    page.get_by_role("link", name="Chức vụ và người giữ chức").click()
    page.get_by_role("link", name="Thêm chức vụ").first.click()
    page.get_by_label("Tên chức vụ").fill("Phó Chủ tịch UBND huyện")
    page.get_by_label("Chức vụ in trên văn bản").fill("PHÓ CHỦ TỊCH")
    page.get_by_role("button", name="Lưu chức vụ").click()
    post = page.locator("section.pf-panel", has_text="Phó Chủ tịch UBND huyện")
    post.get_by_role("link", name="Ghi người giữ chức").click()
    page.get_by_label("Họ và tên").fill("tran viet dung")
    page.get_by_role("button", name="Lưu bổ nhiệm").click()
    expect(page.locator(".pf-sumerr")).to_contain_text("Đã có người tên này trong danh sách")
    page.get_by_label(re.compile("^Trần Việt Dũng")).check()
    page.get_by_role("button", name="Lưu bổ nhiệm").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi nhận Trần Việt Dũng giữ chức vụ")
    page.locator("section.pf-panel", has_text="Phó Chủ tịch UBND huyện").get_by_role("link", name="Thôi giữ").click()
    page.get_by_label("Ngày cuối").fill("29/3/2022")
    page.get_by_role("button", name="Lưu ngày thôi giữ").click()
    expect(page.locator(".pf-sumerr")).to_contain_text("Ngày cuối không được trước ngày đầu (30/3/2022)")
