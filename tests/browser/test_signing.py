"""A program signed by two parties digitally and by one on paper, each at their own machine."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import ROOT, Server
from tests.browser.waiting import go_on_once_drawn
from tests.factories.files import make_pdf

SECRETARY, COMMITTEE, FRONT, BOARD = "thu-ky", "chu-tich-ubnd", "chu-tich-mttq", "truong-ban-tuyen-giao"
# Three parties of the sample year lock a program; the tokens of the first and the last are those of the demo.
LOCKED = """
from agencies.models import Agency, Membership
from tests.factories.programs import make_program
at = lambda code: Agency.objects.get(unit__code="DH", code=code)
secretary = Membership.objects.get(user__username="thu-ky")
program = make_program("signing", agencies=[at("ubnd"), at("btg"), at("mttq")], secretary=secretary,
                       drafting_agency=at("vp"), title="Phối hợp ký số năm 2022", short_title="Ký số")
print("slug:", program.slug)
"""


@pytest.fixture
def at_desk(browser: Browser, browser_context_args: dict, base_url: str, sign_in) -> Iterator[Callable[[str], Page]]:
    """`at_desk(user)`: the page of that person, signed in on a machine of their own."""
    desks: dict[str, Page] = {}

    def sit_down(user: str) -> Page:
        if user not in desks:
            desks[user] = browser.new_context(**browser_context_args | {"base_url": base_url}).new_page()
            sign_in(desks[user], user)
        return desks[user]

    yield sit_down
    for page in desks.values():
        page.context.close()


@pytest.fixture
def address(server: Server) -> str:
    """A program locked for signing."""
    made = server.run("shell", "-c", LOCKED)
    slug = re.search(r"slug: (\S+)", made.stdout)
    assert slug, made.stderr
    return f"/chuong-trinh/{slug[1]}/"


def press(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("button", name=re.compile(words)).first.click()


def plan(page: Page, address: str) -> None:
    """The Committee leads and signs last; the Board signs on paper."""
    page.goto(f"{address}ky-ket/cach-ky/")
    for party, rank, way in (
        ("UBND huyện", "2", "Ký số"), ("Ban Tuyên giáo", "1", "Ký giấy"), ("Ủy ban MTTQ", "1", "Ký số"),
    ):  # fmt: skip
        row = page.locator("fieldset").filter(has_text=party)
        row.locator("input").fill(rank)
        row.locator("select").select_option(label=row.locator("option", has_text=way).first.inner_text())
    press(page, "Lưu thứ tự và cách ký")
    expect(page.get_by_role("status")).to_be_visible()


def prepare(page: Page, address: str) -> datetime:
    """Number and file; the moment it was prepared, by the portal's clock."""
    page.goto(f"{address}ky-ket/so/")
    page.fill("[name=symbol]", "CTPH-UBND-BTGHU-MTTQ")
    press(page, "Lưu số")
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(f"{address}ky-so/")
    press(page, "Lập tệp")
    go_on_once_drawn(page)
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(f"{address}ky-so/")
    told = page.locator("#tep").inner_text()
    return datetime.strptime(re.search(r"\d\d:\d\d \d+/\d+/\d{4}", told)[0] + " +0700", "%H:%M %d/%m/%Y %z")


def bring(page: Page, address: str, server: Server, token: str, moment: datetime, folder: Path) -> None:
    """Take the file, sign it with the token, bring it back."""
    page.goto(f"{address}ky-so/")
    with page.expect_download() as taking:
        page.get_by_role("link", name="Tải tệp cần ký").click()
    back = folder / f"{token}.pdf"
    command = [sys.executable, "-m", "portal.demo.signer", "--folder", server.home / "signer", "sign", token]
    where = ["--at", moment.isoformat(), taking.value.path(), back]
    subprocess.run([str(part) for part in command + where], cwd=ROOT, check=True)
    page.set_input_files("input[type=file]", back)
    press(page, "Nộp tệp đã ký")
    expect(page.get_by_role("status")).to_be_visible(timeout=30_000)


def test_two_parties_sign_digitally_and_one_on_paper(at_desk, address, server, tmp_path, axe):
    secretary, board = at_desk(SECRETARY), at_desk(BOARD)
    plan(secretary, address)
    moment = prepare(secretary, address) + timedelta(minutes=1)

    early = at_desk(COMMITTEE)
    early.goto(f"{address}ky-so/")
    expect(early.get_by_text(re.compile("Đang chờ: Ủy ban MTTQ"))).to_be_visible()

    bring(at_desk(FRONT), address, server, "mttq", moment, tmp_path)
    scan = tmp_path / "ban-ky.pdf"
    scan.write_bytes(make_pdf())
    board.goto(f"{address}ky-ket/")
    board.set_input_files("input[type=file]", scan)
    press(board, "Ghi nhận đã ký giấy")
    expect(board.get_by_role("status")).to_be_visible()

    bring(early, address, server, "ubnd", moment, tmp_path)
    assert axe(early) == []
    secretary.goto(f"{address}ky-ket/")
    press(secretary, "Bản quét khớp")
    secretary.goto(address)
    expect(secretary.get_by_text("Có hiệu lực").first).to_be_visible()
    secretary.goto(f"{address}ky-so/")
    expect(secretary.get_by_text("2/2 chữ ký số")).to_be_visible()
    expect(secretary.get_by_text("Hợp lệ (TOTAL-PASSED)")).to_have_count(2)
    assert axe(secretary) == []
