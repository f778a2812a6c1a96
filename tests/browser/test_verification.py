"""Somebody in a village hall checks a paper: by the code at its foot, by its file, with scripts and without."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.waiting import go_on_once_drawn


@pytest.fixture
def paper(page: Page, base_url: str, sign_in, tmp_path) -> tuple[str, Path]:
    """The code and the file of a paper a secretary has issued."""
    sign_in(page, "thu-ky")
    page.goto("/chuong-trinh/dh-2022-01/van-ban/")
    page.get_by_role("button", name=re.compile("Phát hành")).first.click(timeout=120_000)
    go_on_once_drawn(page)
    expect(page.get_by_role("status")).to_be_visible(timeout=120_000)
    page.goto("/chuong-trinh/dh-2022-01/van-ban/")
    file = tmp_path / "chuong-trinh.pdf"
    kept = page.locator("a[href*='/bao-cao/van-ban/'][href$='.pdf']").first.get_attribute("href")
    file.write_bytes(page.request.get(base_url + kept).body())
    return page.locator("a[href*='/xac-minh/']").first.inner_text().strip(), file


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def stranger(request, browser: Browser, base_url: str) -> Iterator[Page]:
    """Somebody without an account, on a phone."""
    phone = {"viewport": {"width": 390, "height": 844}, "locale": "vi-VN", "java_script_enabled": request.param}
    context = browser.new_context(base_url=base_url, **phone)
    yield context.new_page()
    context.close()


def test_a_stranger_checks_a_code_and_a_file(stranger: Page, paper, tmp_path):
    code, file = paper
    stranger.goto("/xac-minh/")
    stranger.get_by_label("Mã xác minh").fill(code.lower().replace("-", " "))
    stranger.get_by_role("button", name="Kiểm tra").click()
    expect(stranger.get_by_role("heading", name="Văn bản hợp lệ")).to_be_visible()
    expect(stranger.get_by_text("Ban Tuyên giáo").first).to_be_visible()

    stranger.get_by_label("Tệp PDF", exact=True).set_input_files(file)
    stranger.get_by_role("button", name="Đối chiếu").click()
    expect(stranger.get_by_role("heading", name="Tệp đúng là văn bản đã phát hành")).to_be_visible()

    altered = tmp_path / "da-sua.pdf"
    altered.write_bytes(file.read_bytes() + b"\n")
    stranger.get_by_label("Tệp PDF", exact=True).set_input_files(altered)
    stranger.get_by_role("button", name="Đối chiếu").click()
    expect(stranger.get_by_role("heading", name="Tệp này không phải tệp đã phát hành")).to_be_visible()

    stranger.get_by_label("Mã xác minh").fill("7KQ4-M2XD-9RT0")
    stranger.get_by_role("button", name="Kiểm tra").click()
    expect(stranger.get_by_text("không có 0")).to_be_visible()


def test_with_scripts_the_file_stays_on_the_device(browser: Browser, base_url: str, paper):
    _code, file = paper
    context = browser.new_context(base_url=base_url, locale="vi-VN")
    page = context.new_page()
    page.goto("/xac-minh/")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    page.get_by_label("Tệp PDF", exact=True).set_input_files(file)
    page.get_by_role("button", name="Đối chiếu").click()
    expect(page.get_by_role("heading", name="Tệp đúng là văn bản đã phát hành")).to_be_visible()
    context.close()
    posted = max(sent, key=len)
    assert b"sha256" in posted and b"%PDF" not in posted and len(posted) < 2000
