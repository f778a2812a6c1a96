"""Two secretaries draft one program: what is typed survives, each sees the other, neither overwrites the other."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

FIRST, SECOND = "thu-ky", "thu-ky-tuyen-giao"
WORD = (
    '<html><body><p class="MsoNormal"><b>VI. TỔ CHỨC THỰC HIỆN</b></p>'
    '<p class="MsoListParagraph"><span style="mso-list:Ignore">1.<i>&nbsp; </i></span>Phân công<o:p></o:p></p>'
    "<ul><li>Đầu mối<ul><li>Văn phòng</li></ul></li></ul>"
    "<table><tr><td>Nội dung</td><td>Hạn</td></tr></table><style>p{color:red}</style></body></html>"
)
PASTE = """([box, markup]) => {
  const data = new DataTransfer();
  data.setData("text/html", markup);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def first(page: Page, sign_in) -> Page:
    sign_in(page, FIRST)
    return page


@pytest.fixture
def second(browser: Browser, browser_context_args: dict, base_url: str, sign_in) -> Iterator[Page]:
    """The lead party's secretary at another machine."""
    context = browser.new_context(**browser_context_args | {"base_url": base_url})
    other = context.new_page()
    sign_in(other, SECOND)
    yield other
    context.close()


@pytest.fixture
def draft(first: Page, base_url: str) -> str:
    """The address of a new draft that both secretaries may write, with one section."""
    first.goto(f"{base_url}/chuong-trinh/tao/?year=2022")
    first.fill("[name=title]", "Phối hợp tuyên truyền năm 2022")
    first.fill("[name=short_title]", "Phối hợp tuyên truyền")
    for party in ("UBND huyện", "Ban Tuyên giáo"):
        first.get_by_role("checkbox", name=re.compile(party)).first.check()
    first.select_option(
        "[name=lead]", label=first.locator("[name=lead] option", has_text="Ban Tuyên giáo").inner_text()
    )
    first.get_by_role("main").get_by_role("button", name=re.compile("Tạo")).click()
    first.wait_for_url(re.compile("/soan/$"))
    address = first.url
    first.goto(f"{address}muc/")
    expect(first.locator("[name=numbering]")).to_have_value("I")
    first.fill("[name=heading]", "Mục đích, yêu cầu")
    first.get_by_role("button", name="Lưu mục").click()
    first.wait_for_url(re.compile(r"/muc/\d+/$"))
    return address


def test_typed_text_comes_back_after_the_page_is_closed(first: Page, draft: str):
    section = first.url
    first.fill("[name=body]", "Câu này chưa lưu")
    expect(first.locator("[data-kept]")).to_contain_text("lúc", timeout=15_000)
    again = first.context.new_page()
    first.close()
    again.goto(section)
    expect(again.locator("[name=body]")).to_have_value("")
    again.get_by_role("link", name="Khôi phục").click()
    expect(again.locator("[name=body]")).to_have_value("Câu này chưa lưu")
    again.get_by_role("button", name="Lưu mục").click()
    expect(again.get_by_role("link", name="Khôi phục")).to_have_count(0)
    expect(again.locator("[name=body]")).to_have_value("Câu này chưa lưu")


def test_another_editor_appears_without_a_reload_and_no_text_is_lost(first: Page, second: Page, draft: str):
    section = first.url
    here = first.locator("[data-here]")
    expect(here).not_to_contain_text("Tuyên giáo")
    second.goto(section)
    expect(here).to_contain_text("Tuyên giáo", timeout=15_000)
    expect(first.locator("[data-editor-of]").first).to_contain_text("Tuyên giáo", timeout=15_000)
    second.fill("[name=body]", "Bản của Ban Tuyên giáo")
    second.get_by_role("button", name="Lưu mục").click()
    expect(second.get_by_role("status").first).to_be_visible()
    first.fill("[name=body]", "Bản của văn phòng")
    first.get_by_role("button", name="Lưu mục").click()
    compared = first.locator(".pf-diff")
    expect(compared).to_contain_text("Bản của Ban Tuyên giáo")
    expect(compared).to_contain_text("Bản của văn phòng")
    joined = first.locator("#ghep [name=body]")
    expect(joined).to_have_value("Bản của văn phòng\n\nBản của Ban Tuyên giáo")
    first.locator("#ghep").get_by_role("button").click()
    expect(first.locator("[name=body]")).to_have_value("Bản của văn phòng\n\nBản của Ban Tuyên giáo")


def test_a_paste_from_word_keeps_structure_and_no_styling(first: Page, draft: str, axe):
    first.goto(f"{draft}dan/")
    box = first.locator("textarea[data-paste]")
    first.evaluate(PASTE, [box.element_handle(), WORD])
    lines = ["VI. TỔ CHỨC THỰC HIỆN", "1. Phân công", "- Đầu mối", "+ Văn phòng", "Nội dung | Hạn"]
    expect(box).to_have_value("\n".join(lines))
    first.get_by_role("main").get_by_role("button").click()
    expect(first.locator("table tbody tr")).to_have_count(4)
    assert axe(first) == []
    first.get_by_role("main").get_by_role("button").click()
    expect(first.locator(".pf-outline")).to_contain_text("Văn phòng")
    assert axe(first) == []
    first.locator(".pf-outline a", has_text="Phân công").click()
    assert axe(first) == []
