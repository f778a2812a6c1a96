"""The reform of July 2025 in a browser, on a portal whose clock has come to that day."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.demo.accounts import DEMO_PASSWORD
from tests.browser.server import Server
from tests.browser.waiting import paper_at

JULY = {"PORTAL_CLOCK": "2025-07-02T08:00:00+07:00"}
PAPER = "/bao-cao/chuong-trinh/dh-2022-02.pdf"


@pytest.fixture(scope="module")
def july(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample year as it was told, in a portal that opens three years later."""
    server = Server(shutil.copytree(told, tmp_path_factory.mktemp("july") / "portal"), **JULY).start()
    yield server
    server.stop()
    assert "Traceback" not in server.said and " ERROR " not in server.said, server.said


@pytest.fixture(autouse=True)
def quiet_and_at_home() -> None:
    """This module has a portal of its own, so requests to it are at home."""


def sign_in_at(page: Page, url: str, username: str) -> None:
    page.goto(f"{url}/dang-nhap/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def test_nine_communes_become_two_and_old_papers_stay(july: Server, browser):
    """Applied and undone as `quan-tri`; the official of an old commune goes on in the new one in an open session."""
    keeper, official, secretary = (browser.new_context(base_url=july.url).new_page() for _number in range(3))
    sign_in_at(keeper, july.url, "quan-tri")
    sign_in_at(official, july.url, "can-bo-xa-tan-binh")
    sign_in_at(secretary, july.url, "thu-ky")
    before = paper_at(secretary, f"{july.url}{PAPER}").body()
    keeper.goto(f"{july.url}/quan-tri/sap-xep/")
    keeper.get_by_role("link", name=re.compile("^Sắp xếp 9 xã")).click()
    keeper.get_by_role("button", name="Áp dụng").click()
    expect(keeper.get_by_text("Biên bản bàn giao")).to_be_visible()
    official.goto(f"{july.url}/nhiem-vu/?year=2022")
    expect(official.get_by_text("UBND xã Đầm Hà").first).to_be_visible()
    expect(official.locator("a[href='/nhiem-vu/dh-2022-02.21/']").first).to_be_visible()
    keeper.goto(f"{july.url}/co-quan/dh25/ubnd-xa-dam-ha/")
    expect(keeper.get_by_text("UBND xã Tân Bình").first).to_be_visible()
    assert paper_at(secretary, f"{july.url}{PAPER}").body() == before
    keeper.goto(f"{july.url}/quan-tri/sap-xep/")
    keeper.get_by_role("link", name=re.compile("^Sắp xếp 9 xã")).click()
    keeper.get_by_role("link", name=re.compile("^Hoàn tác")).click()
    keeper.get_by_label("Lý do").fill("Nhập nhầm")
    keeper.get_by_role("button", name=re.compile("^Hoàn tác")).click()
    expect(keeper.get_by_text("mọi thứ trở lại như trước").first).to_be_visible()
    official.reload()
    expect(official.get_by_text("UBND xã Tân Bình").first).to_be_visible()
