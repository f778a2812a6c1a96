"""The wall of a conference: keys, news by itself, and the slides with the portal switched off."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.server import Server

ADDRESS = "/hoi-nghi/2022-03-30-chieu"
WALL = f"{ADDRESS}/trinh-chieu/"
STAGE = {"viewport": {"width": 1440, "height": 810}, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture
def stage(browser: Browser) -> Iterator[BrowserContext]:
    """A machine beside the others: what it keeps, and what it cannot reach, is its own."""
    context = browser.new_context(**STAGE)
    yield context
    context.close()


def enter(context: BrowserContext, url: str, accounts, user: str = "thu-ky") -> Page:
    page = context.new_page()
    page.goto(url)
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", next(one["password"] for one in accounts if one["user"] == user))
    page.press("input[name=password]", "Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)
    return page


def shown(page: Page) -> str:
    """The one slide on the wall, by its key."""
    visible = page.locator("[data-slide]:visible")
    expect(visible).to_have_count(1)
    return visible.get_attribute("id")


def test_keys_lead_through_all_slides(stage, base_url, accounts):
    page = enter(stage, base_url, accounts)
    page.goto(base_url + WALL)
    keys = page.locator("[data-slide]").evaluate_all("all => all.map(one => one.id)")
    assert shown(page) == keys[0] == "bia"
    for key in keys[1:]:
        page.keyboard.press("ArrowRight")
        assert shown(page) == key
    page.keyboard.press("ArrowRight")
    assert shown(page) == keys[-1]
    page.keyboard.press("ArrowLeft")
    assert shown(page) == keys[-2]
    page.keyboard.press("Home")
    assert shown(page) == keys[0]
    page.keyboard.press("End")
    assert shown(page) == keys[-1]
    assert {"chuong-trinh-1", "muc-2", "so-lieu-dh-2021-01", "linh-vuc-dh-2021-02", "ky-dh-2022-02-1"} <= set(keys)
    expect(page.get_by_text("số liệu minh họa", exact=False).first).to_be_attached()


def test_full_screen_dark_type_and_the_list_of_keys(stage, base_url, accounts):
    page = enter(stage, base_url, accounts)
    page.goto(base_url + WALL)
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    before = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    page.keyboard.press("+")
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > before >= 22
    page.keyboard.press("d")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_wall_follows_a_conference_by_itself(stage, base_url, accounts):
    """The secretary begins an item at one machine; the wall at another goes to it and says who has the floor."""
    desk = enter(stage, base_url, accounts)
    meeting = "/hoi-nghi/2022-03-31-sang"
    desk.goto(f"{base_url}/hoi-nghi/tao/")
    desk.fill("input[name=title]", "Giao ban thử trình chiếu")
    desk.fill("input[name=held_on]", "31/3/2022")
    desk.get_by_label("Sáng").check()
    desk.fill("input[name=review_year]", "2021")
    desk.fill("input[name=plan_year]", "2022")
    desk.locator("form button[type=submit]", has_text="Lưu hội nghị").click()
    for title in ("Khai mạc", "Thảo luận"):
        desk.goto(f"{base_url}{meeting}/them-muc/")
        desk.fill("input[name=title]", title)
        desk.locator("main form button[type=submit]").click()
    desk.goto(f"{base_url}{meeting}/khai-mac/")
    desk.locator("main form button[type=submit]").click()
    wall = stage.new_page()
    wall.goto(f"{base_url}{meeting}/trinh-chieu/")
    assert shown(wall) == "bia"
    desk.goto(f"{base_url}{meeting}/")
    desk.locator("#muc-2 button[name=state]").click()
    expect(wall.locator("#muc-2")).to_be_visible(timeout=20_000)
    desk.goto(f"{base_url}{meeting}/phat-bieu/")
    desk.fill("input[name=speaker_name]", "Đại biểu Tân Bình")
    desk.fill("input[name=speaker_title]", "Chủ tịch UBND xã")
    desk.locator("input[name=is_registered]").check()
    desk.locator("main form button[type=submit]").click()
    desk.locator("#phat-bieu ~ * button[value=give], button[value=give]").first.click()
    expect(wall.locator("#muc-2")).to_contain_text("Đại biểu Tân Bình", timeout=20_000)


def test_slides_open_with_the_portal_switched_off(browser, stage, server: Server, accounts):
    """A second door to the same portal is opened, then shut: reloaded, every slide is there as it was."""
    door = Server(server.home).start()
    try:
        page = enter(stage, door.url, accounts)
        page.goto(door.url + WALL)
        expect(page.locator("[data-copy]")).to_have_attribute("data-state", "kept", timeout=30_000)
        before = page.locator("[data-slide]").evaluate_all("all => all.map(one => [one.id, one.textContent])")
        elsewhere = stage.new_page()
        elsewhere.goto(f"{door.url}{ADDRESS}/")
    finally:
        door.stop()
    page.reload()
    assert page.locator("[data-slide]").evaluate_all("all => all.map(one => [one.id, one.textContent])") == before
    for key, _text in before[1:]:
        page.keyboard.press("ArrowRight")
        assert shown(page) == key
    style = "getComputedStyle(document.querySelector('.pj-slide:not([hidden])')).display"
    assert page.evaluate(style) == "flex"  # the style sheet was kept as well
    expect(page.locator("[data-news]")).to_contain_text("Mất kết nối", timeout=20_000)
    expect(page.locator("[data-copy]")).to_have_attribute("data-state", "kept")
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        elsewhere.reload()  # no other page was kept


def test_the_copy_is_removed_by_its_button_and_by_signing_out(stage, base_url, accounts):
    page = enter(stage, base_url, accounts)
    copies = "async () => (await caches.keys()).length"
    page.goto(base_url + WALL)
    expect(page.locator("[data-copy]")).to_have_attribute("data-state", "kept", timeout=30_000)
    assert page.evaluate(copies) == 1
    page.keyboard.press("?")
    page.locator("[data-forget]").click()
    expect(page.locator("[data-copy]")).to_have_text("Đã xóa bản lưu khỏi máy này.")
    assert page.evaluate(copies) == 0
    page.reload()
    expect(page.locator("[data-copy]")).to_have_attribute("data-state", "kept", timeout=30_000)
    stage.clear_cookies()
    page.goto(base_url + WALL)
    expect(page).to_have_url(re.compile("dang-nhap"))
    page.wait_for_function(f"({copies})().then(count => count === 0)")


def test_slides_stand_one_below_the_other_without_scripts(browser, base_url, accounts):
    context = browser.new_context(**STAGE, java_script_enabled=False)
    page = enter(context, base_url, accounts)
    page.goto(base_url + WALL)
    assert page.locator("[data-slide]:visible").count() == page.locator("[data-slide]").count() > 10
    page.locator("#chuong-trinh-1 a").first.click()
    expect(page).to_have_url(re.compile("#muc-1$"))
    context.close()
