"""What stays of a conference, on a phone without scripts: a photo with its caption, a commendation to its decision."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.pictures import make_picture

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "vi-VN", "java_script_enabled": False}
CONFERENCE, CAPTION = "/hoi-nghi/2022-03-30-chieu", "Đại biểu các xã, thị trấn tại hội trường"
RECIPIENT = "Ban Công tác Mặt trận thôn Trại Khe"


@pytest.fixture
def phone(browser: Browser, base_url: str, accounts):
    """`phone("thu-ky")`: a phone without scripts on which that account is signed in."""
    opened: list[Page] = []

    def of(user: str) -> Page:
        page = browser.new_context(**PHONE).new_page()
        opened.append(page)
        page.goto(base_url)
        page.fill("input[name=username]", user)
        page.fill("input[name=password]", next(one["password"] for one in accounts if one["user"] == user))
        page.press("input[name=password]", "Enter")
        expect(page.locator("input[name=password]")).to_have_count(0)
        return page

    yield of
    for page in opened:
        page.context.close()


def test_a_photo_is_added_and_shown_whole_by_its_caption(phone, base_url: str):
    page = phone("thu-ky")
    page.goto(f"{base_url}{CONFERENCE}/tu-lieu/anh/")
    page.fill("input[name=caption]", CAPTION)
    sent = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": make_picture((1200, 800), on_its_side=True)}
    page.set_input_files("input[name=picture]", sent)
    page.get_by_role("button", name="Lưu ảnh").click()
    shown = page.get_by_role("img", name=CAPTION)
    expect(shown).to_be_visible()
    shown.scroll_into_view_if_needed()
    size = shown.bounding_box()
    assert size["height"] > size["width"] > 100, "the picture stands upright and is drawn"
    with page.expect_download() as taken:
        page.get_by_role("link", name=f"Tải về {CAPTION}").click()
    assert taken.value.suggested_filename == "IMG_0001.jpg"


def test_a_commendation_goes_from_its_proposal_to_the_decision(phone, base_url: str):
    front = phone("chu-tich-mttq")
    front.goto(f"{base_url}{CONFERENCE}/tu-lieu/")
    expect(front.get_by_role("link", name="Đề nghị khen thưởng")).to_have_count(0)
    page = phone("thu-ky")
    page.goto(f"{base_url}{CONFERENCE}/khen-thuong/")
    page.fill("input[name=recipient]", RECIPIENT)
    page.select_option("select[name=form]", label="Thư khen")
    page.fill("textarea[name=reason]", "Vận động 12 hộ hiến đất làm đường.")
    page.get_by_role("button", name="Gửi đề nghị khen thưởng").click()
    front.reload()
    expect(front.get_by_text(RECIPIENT)).to_have_count(0)
    page.get_by_role("link", name=f"Ghi quyết định {RECIPIENT}").click()
    page.fill("input[name=decision_number]", "1050/QĐ-UBND")
    page.fill("input[name=decided_on]", "30/3/2022")
    page.get_by_role("button", name="Ghi quyết định khen thưởng").click()
    front.reload()
    row = front.locator("#khen-thuong li", has_text=RECIPIENT)
    expect(row).to_contain_text("1050/QĐ-UBND")
    expect(row).to_contain_text("Đã khen thưởng")
