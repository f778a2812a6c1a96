"""An administrator reads the system log and takes it out; a secretary reads the history of what they work on."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import Server
from tests.browser.test_looks import SCHEMES, choose_theme, faults_of_shown, opened

LOG = "/quan-tri/nhat-ky/"
ADMINISTRATOR_PAGES = (LOG, f"{LOG}?words=nong+dan", f"{LOG}?day_from=31/2/2022", f"{LOG}?address=10.9.9.9", f"{LOG}1/")
HISTORIES = (
    "/chuong-trinh/dh-2022-02/lich-su/",
    "/nhiem-vu/dh-2022-02.03/lich-su/",
    "/hoi-nghi/2022-03-30-chieu/lich-su/",
    "/danh-gia/2021/lich-su/",
    "/co-quan/dh/hnd/lich-su/",
)


def test_an_administrator_finds_an_entry_and_takes_the_log_out(page: Page, sign_in, tmp_path: Path):
    sign_in(page, "quan-tri")
    page.goto(LOG)
    page.get_by_label("Tài khoản hoặc cơ quan").fill("nong dan")
    page.get_by_label("Việc làm").select_option(label="Báo cáo tiến độ")
    page.get_by_role("button", name="Áp dụng bộ lọc").click()
    rows = page.locator("tbody tr")
    expect(rows.first).to_contain_text("Hội Nông dân")
    shown = rows.count()

    with page.expect_download() as taken:
        page.get_by_role("button", name="Xuất CSV").click()
    file = tmp_path / "log.csv"
    taken.value.save_as(file)
    assert taken.value.suggested_filename == "nhat-ky-2022-03-30.csv"
    text = file.read_text(encoding="utf-8")
    assert text.startswith("\ufeff") and len(list(csv.reader(text.splitlines()))) == shown + 1

    rows.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Báo cáo tiến độ: Nhiệm vụ DH-")
    expect(page.get_by_text("Nội dung cụ thể chỉ hiện với người làm việc trên nội dung đó")).to_be_visible()
    page.goto(LOG)
    expect(page.locator("tbody tr").first).to_contain_text("Xuất văn bản")


def test_a_unit_administrator_reads_and_is_told_whom_to_ask_for_a_file(page: Page, sign_in):
    sign_in(page, "quan-tri-don-vi")
    page.goto("/quan-tri/")
    page.get_by_role("link", name="Nhật ký hệ thống").click()
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.get_by_role("button", name="Xuất CSV")).to_have_count(0)
    expect(page.get_by_text("Chỉ quản trị hệ thống được xuất nhật ký ra tệp")).to_be_visible()


def test_what_a_secretary_does_stands_in_the_history_of_the_task(page: Page, sign_in):
    sign_in(page, "thu-ky")
    page.goto("/nhiem-vu/dh-2022-02.05/")
    page.get_by_role("link", name="Gia hạn").click()
    page.get_by_label(re.compile("Hạn mới|Thời hạn mới")).fill("30/11/2022")
    page.locator("[name=reason]").fill("Chờ quyết toán công trình")
    page.locator("main button[type=submit]").click()
    page.get_by_role("link", name="Lịch sử", exact=True).click()
    newest = page.locator(".pf-time > li").first
    expect(newest).to_contain_text("Gia hạn")
    expect(newest).to_contain_text("“30/11/2022”")
    expect(newest).to_contain_text("Chờ quyết toán công trình")
    expect(newest).to_contain_text("Thư ký")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_log_and_the_histories_are_accessible_and_fit(browser: Browser, base_url: str, sign_in, axe, scheme: str):
    faults = []
    for who, pages in (("quan-tri", ADMINISTRATOR_PAGES), ("thu-ky", HISTORIES)):
        page = opened(browser, base_url)
        sign_in(page, who)
        choose_theme(page, scheme)
        for path in pages:
            page.goto(path)
            faults += faults_of_shown(page, path, axe)
        choose_theme(page, "light")
        page.context.close()
    assert not faults, "\n".join(faults)


def test_the_log_of_a_running_portal_proves_itself(server: Server):
    """Whatever the journeys did at the same time: every entry as it was written, the head sealed."""
    told = server.run("verify", "--files")
    assert told.returncode == 0, told.stdout + told.stderr
    assert re.search(r" \d+:[0-9a-f]{64}$", told.stdout, re.MULTILINE)
