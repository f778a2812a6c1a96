"""Papers are drawn by a job beside the server: how a reader waits for one."""

from playwright.sync_api import APIResponse, Page, expect

LONG = 120_000


def paper_at(page: Page, address: str) -> APIResponse:
    """The paper at an address, as a reader gets it: asked for, waited for on the page of its job, opened from there."""
    answer = page.request.get(address, timeout=LONG)
    if "/viec-chay/" not in answer.url:
        return answer
    waiting = page.context.new_page()
    waiting.goto(answer.url.partition("?")[0])
    opened = waiting.get_by_role("link", name="Mở", exact=True)
    expect(opened).to_be_visible(timeout=LONG)
    where = opened.evaluate("link => link.href")
    waiting.close()
    return page.request.get(where, timeout=LONG)


def go_on_once_drawn(page: Page) -> None:
    """Send a form again whose paper had to be drawn first; where it lay ready, the form has already done its work."""
    go_on = page.locator("main").get_by_role("button", name="Tiếp tục", exact=True)
    expect(page.get_by_role("status").or_(go_on).first).to_be_visible(timeout=LONG)
    if go_on.is_visible():
        go_on.click()
