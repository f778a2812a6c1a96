"""Entering tasks at the keyboard: five in a row without a mouse, nothing lost when the browser dies, keys that lead."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

OFFICIAL, ANOTHER = "chuyen-vien-mttq", "chuyen-vien-hnd"
CREATE = "/nhiem-vu/tao/?program=dh-2022-02"
TITLES = (
    "Vận động hiến đất mở rộng đường thôn Tân Hợp",
    "Tổ chức tập huấn phân loại rác tại nguồn cho cán bộ thôn",
    "Rà soát danh sách hộ cần hỗ trợ sửa chữa nhà ở",
    "Giám sát việc công khai tiền bồi thường tại nhà văn hóa thôn",
    "Lập danh sách người có uy tín tham gia tổ hòa giải",
)
IN_FOCUS = "document.activeElement.name || document.activeElement.className"


@pytest.fixture
def official(page: Page, sign_in) -> Page:
    sign_in(page, OFFICIAL)
    return page


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of this name, or of this class, has the focus."""
    passed = []
    for _press in range(60):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(IN_FOCUS))
        if name in passed[-1].split():
            return
    raise AssertionError(f"Tab never reaches {name}: {passed}")


def type_into(page: Page, **values: str) -> None:
    for name, value in values.items():
        tab_to(page, name)
        page.keyboard.type(value)


def value_of(page: Page, name: str) -> str:
    return page.locator(f"[name={name}]").input_value()


def shown_in(page: Page, name: str) -> str:
    return page.locator(f"select[name={name}] option:checked").inner_text()


def test_five_tasks_are_entered_by_keyboard_only(official: Page):
    official.keyboard.press("g")
    official.keyboard.press("n")
    official.wait_for_url(re.compile("/nhiem-vu/$"))
    official.keyboard.press("t")
    official.wait_for_url(re.compile("/nhiem-vu/tao/$"))
    tab_to(official, "program")
    official.keyboard.type("2022 02")
    tab_to(official, "area")
    official.keyboard.type("nong thon")
    assert "nông thôn" in shown_in(official, "area").lower()
    type_into(official, title=TITLES[0])
    tab_to(official, "lead")
    official.keyboard.type("mttq")
    assert shown_in(official, "lead") == "Ủy ban MTTQ Việt Nam huyện"
    tab_to(official, "pf-find")
    for sought in ("nong dan", "cuu chien"):
        official.keyboard.type(sought)
        official.keyboard.press("Enter")
    type_into(official, start_on="1/4/2022", due_on="30/9/2022", target_value="12", target_unit="hộ")
    type_into(official, deliverable="12 hộ ký biên bản hiến đất")
    official.keyboard.press("Control+Shift+Enter")
    for number, title in enumerate(TITLES[1:], start=2):
        expect(official.get_by_role("status").first).to_contain_text("Đã lưu nhiệm vụ")
        expect(official.locator("[name=title]")).to_be_focused()
        official.keyboard.type(title)
        type_into(official, target_value=str(number), target_unit="hộ", deliverable=f"Danh sách {number} hộ")
        official.keyboard.press("Control+Enter" if number == len(TITLES) else "Control+Shift+Enter")
    expect(official.get_by_role("heading", level=1)).to_contain_text(TITLES[-1])
    for expected in ("Ủy ban MTTQ", "Hội Nông dân", "Hội Cựu chiến binh", "30/9/2022"):
        expect(official.get_by_role("main")).to_contain_text(expected)
    official.goto("/nhiem-vu/?year=2022&program=dh-2022-02&sort=-code")
    for title in TITLES:
        expect(official.get_by_role("link", name=title)).to_have_count(1)


def test_a_form_comes_back_when_the_browser_dies(
    browser: Browser, browser_context_args: dict, base_url: str, sign_in: Callable[[Page, str], None]
):
    context = browser.new_context(**browser_context_args | {"base_url": base_url})
    page = context.new_page()
    sign_in(page, ANOTHER)
    page.goto(CREATE)
    page.locator("[name=title]").fill("Thăm hỏi gia đình chính sách dịp 27/7")
    page.get_by_role("checkbox", name="Hội Cựu chiến binh huyện").check()
    page.locator("[name=due_on]").fill("31/02/2022")
    expect(page.locator("[data-kept]")).to_contain_text("lúc", timeout=15_000)
    context.close()

    again = browser.new_context(**browser_context_args | {"base_url": base_url})
    page = again.new_page()
    sign_in(page, ANOTHER)
    page.goto(CREATE)
    expect(page.locator("[name=title]")).to_have_value("")
    offered = page.locator("#chua-luu li", has_text="Thăm hỏi gia đình")
    offered.get_by_role("link").click()
    expect(page.locator("[name=title]")).to_have_value("Thăm hỏi gia đình chính sách dịp 27/7")
    expect(page.get_by_role("checkbox", name="Hội Cựu chiến binh huyện")).to_be_checked()
    expect(page.locator("[name=due_on]")).to_have_value("31/02/2022")
    page.goto(CREATE)
    offered.get_by_role("button").click()
    expect(page.get_by_role("status").first).to_be_visible()
    expect(offered).to_have_count(0)
    again.close()


def test_vague_wording_is_spoken_of_while_it_is_typed_and_hushed_when_mended(official: Page, axe):
    official.goto(CREATE)
    advice = official.locator("[data-advice-of=title]")
    expect(advice).to_be_empty()
    title = official.locator("[name=title]")
    title.press_sequentially("Tăng cường công tác hòa giải")
    expect(advice).to_contain_text("“Tăng cường”", timeout=15_000)
    assert axe(official) == []
    title.fill("Tổ chức tập huấn công tác hòa giải")
    expect(advice).to_be_empty(timeout=15_000)


def test_what_cannot_be_kept_is_said_and_warned_of(official: Page):
    official.goto(CREATE)
    official.route("**/tao/ban-nhap/", lambda route: route.fulfill(status=403))
    official.locator("[name=title]").press_sequentially("Chưa lưu")
    expect(official.locator("[data-kept]")).not_to_be_empty(timeout=15_000)
    warned = []
    official.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    official.goto("/nhiem-vu/")
    assert warned == ["beforeunload"]


def test_enter_in_a_field_saves_and_presses_no_other_button(official: Page):
    official.goto(CREATE)
    official.locator("[name=title]").fill("Tổ chức họp thôn")
    official.locator("[name=start_on]").fill("1/4/2022")
    official.locator("[name=start_on]").press("Enter")
    expect(official.locator(".pf-sumerr")).to_be_focused()
    assert value_of(official, "title") == "Tổ chức họp thôn"


def test_the_keys_are_listed_and_none_fires_while_typing(official: Page, axe):
    official.goto(CREATE)
    official.locator("[name=title]").press_sequentially("g n ? /")
    assert value_of(official, "title") == "g n ? /"
    expect(official.locator("dialog")).to_have_count(0)
    official.locator("[name=title]").fill("")
    official.evaluate("document.activeElement.blur()")
    official.keyboard.press("?")
    expect(official.locator("dialog[open]")).to_contain_text("Ctrl")
    assert axe(official) == []
    official.keyboard.press("Escape")
    expect(official.locator("dialog")).to_have_count(0)
    official.keyboard.press("/")
    expect(official.locator("#portal-search")).to_be_focused()


def test_keys_can_be_switched_off(official: Page):
    official.goto("/tro-giup/")
    official.locator("[data-keys-switch]").click()
    official.evaluate("document.activeElement.blur()")
    official.keyboard.press("?")
    official.keyboard.press("/")
    expect(official.locator("#portal-search")).not_to_be_focused()
    expect(official.locator("dialog")).to_have_count(0)
    official.locator("[data-keys-switch]").click()
    official.evaluate("document.activeElement.blur()")
    official.keyboard.press("?")
    expect(official.locator("dialog[open]")).to_have_count(1)
