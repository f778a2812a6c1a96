"""The Đầm Hà conference of 30/3/2022 run whole: from the open door to the papers, by the people who were in the hall.

The portal of these tests stands at two o'clock that afternoon: all is prepared, nothing is locked, held or signed. The
afternoon is lived through once, then what it left is read page by page and paper by paper.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

import pdfplumber
import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from portal.demo.accounts import DEMO_PASSWORD
from portal.demo.facts import FACTS, Fact
from tests.browser import afternoon
from tests.browser.server import SLOWEST_START_SECONDS, Server
from tests.browser.waiting import paper_at
from tests.browser.watching import Watch

SECRETARY, LEADER, ORGANISER, FARMERS = "thu-ky", "chu-tich-ubnd", "chuyen-vien-hdnd", "chuyen-vien-hnd"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK = {"viewport": {"width": 1440, "height": 900}}
SLUG = "2022-03-30-chieu"
PAPERS = {
    "minutes": f"/bao-cao/pdf/bien-ban/{SLUG}.pdf",
    "notice": f"/bao-cao/pdf/thong-bao-ket-luan/{SLUG}.pdf",
    "report": f"/bao-cao/hoi-nghi/{SLUG}.pdf",
}
PLACES = {
    "conference": afternoon.ADDRESS,
    "conference-people": f"{afternoon.ADDRESS}thanh-phan/",
    "conference-records": f"{afternoon.ADDRESS}tu-lieu/",
    "conference-minutes": f"{afternoon.ADDRESS}bien-ban/",
    "conference-conclusions": f"{afternoon.ADDRESS}ket-luan/",
    "evaluation": "/danh-gia/2021/nhan-dinh/",
    "signing-B": "/chuong-trinh/dh-2022-02/ky-ket/",
    "report-paper": PAPERS["report"],
}
EDIT = "Các bên duy trì giao ban hằng quý; nội dung này do thư ký viết tay."


@dataclass
class Hall:
    """The portal that afternoon, the people at it, each on a machine of their own, and where its report is written."""

    server: Server
    browser: Browser
    watch: Watch
    people: dict[str, Page] = field(default_factory=dict)
    report: str = ""

    def enter(self, user: str, machine: dict) -> Page:
        """The page of a person, signed in."""
        if user not in self.people:
            context = self.browser.new_context(base_url=self.server.url, locale="vi-VN", **machine)
            self.watch.over(context)
            page = self.people[user] = context.new_page()
            page.goto("/")
            page.fill("input[name=username]", user)
            page.fill("input[name=password]", DEMO_PASSWORD)
            page.press("input[name=password]", "Enter")
            expect(page.locator("input[name=password]")).to_have_count(0)
        return self.people[user]

    @property
    def secretary(self) -> Page:
        return self.enter(SECRETARY, DESK)

    @property
    def leader(self) -> Page:
        return self.enter(LEADER, DESK)

    @property
    def organiser(self) -> Page:
        return self.enter(ORGANISER, PHONE)

    @property
    def farmers(self) -> Page:
        return self.enter(FARMERS, PHONE)


@pytest.fixture(autouse=True)
def quiet_and_at_home() -> None:
    """The portal all journeys share is not needed here; whoever is in this hall is watched by the hall."""


@pytest.fixture(scope="module")
def hall(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The portal opened at two o'clock on the story told until the eve."""
    server = Server(tmp_path_factory.mktemp("hall"), PORTAL_CLOCK="2022-03-30T14:00:00+07:00")
    for command in (("migrate", "--verbosity=0"), ("demo", "--eve", "--json")):
        answer = server.run(*command, timeout=2 * SLOWEST_START_SECONDS)
        assert answer.returncode == 0, answer.stderr
    server.start()
    hall = Hall(server, browser, Watch(server.url))
    yield hall
    for page in hall.people.values():
        page.context.close()
    server.stop()
    assert not hall.watch.faults, "\n".join(hall.watch.faults)
    assert "Traceback" not in server.said and " ERROR " not in server.said, server.said


@pytest.fixture(scope="module")
def held(hall: Hall) -> Hall:
    """The conference, held: opened, the roll called on a phone, heard, concluded, signed, recorded and closed."""
    secretary = hall.secretary
    afternoon.look_in(hall.farmers, "Đang chuẩn bị")
    afternoon.open_the_door(secretary)
    afternoon.lock_for_signing(secretary)
    afternoon.go_on_as(hall.organiser, "Cán bộ tổ chức hội nghị")
    afternoon.call_the_roll(hall.organiser)
    afternoon.take_part(secretary)
    afternoon.wait_for_leader(hall.leader)
    hall.report = afternoon.begin_report(secretary, EDIT)
    afternoon.link_what_there_is(secretary)
    afternoon.turn_into_tasks(secretary)
    afternoon.sign_own(hall.leader)
    for slug, parties in afternoon.PROGRAMS.items():
        afternoon.sign_for_the_rest(secretary, slug, parties)
    afternoon.keep_for_the_record(secretary)
    afternoon.close(secretary)
    return hall


@pytest.fixture(scope="module")
def places(held: Hall) -> Callable[[str], str]:
    """`places("conference")`: what the secretary reads there after the conference; each place is opened once."""
    return cache(lambda place: read(held.secretary, PLACES[place]))


def read(page: Page, address: str) -> str:
    """All words of a page or of a PDF."""
    if address.endswith(".pdf"):
        return pdf_words(page, address)
    assert page.goto(address).status == 200
    return page.locator("main").text_content()


def pdf_words(page: Page, address: str) -> str:
    answer = paper_at(page, address)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    with pdfplumber.open(io.BytesIO(answer.body())) as paper:
        return " ".join(" ".join(sheet.extract_text().split()) for sheet in paper.pages)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"fact-{fact.number}")
def test_every_fact_of_the_account_is_read_after_the_afternoon(fact: Fact, places):
    missing = fact.missing_from(places(fact.place))
    assert not missing, f"fact {fact.number} ({fact.says}) is not told on {fact.place}: {missing}"


def test_everyone_came_as_announced(held: Hall):
    page = held.secretary
    page.goto(PLACES["conference-people"])
    expect(page.get_by_role("link", name=re.compile("^Thành phần"))).to_contain_text("41/44")
    expect(page.locator("tfoot")).to_contain_text("44")
    expect(page.locator(".pf-seats li").filter(has_text="Chưa đúng thành phần")).to_have_count(2)


@pytest.mark.parametrize("part", ["diem-danh", "thanh-phan"])
def test_who_came_fits_a_phone_and_is_accessible(held: Hall, axe: Callable[[Page], list[str]], part: str):
    page = held.organiser
    page.goto(f"{afternoon.ADDRESS}{part}/")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_both_reports_are_kept_as_heard_the_one_that_was_sent_with_its_paper(held: Hall):
    page = held.secretary
    page.goto(f"{afternoon.ADDRESS}tai-lieu/")
    heard = page.locator("#da-nghe ol > li")
    expect(heard).to_have_count(2)
    expect(heard.nth(0)).to_contain_text("giữa Ban Tuyên giáo Huyện ủy với UBND huyện năm 2021")
    heard.nth(1).get_by_role("link", name=re.compile("^Báo cáo kết quả phối hợp giữa Thường trực HĐND")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ủy ban MTTQ")


def test_every_conclusion_lives_on_in_tasks_of_the_year_planned(held: Hall):
    page = held.secretary
    page.goto(PLACES["conference-conclusions"])
    for number, (text, _given) in enumerate(afternoon.ASKED, start=1):
        row = page.locator(f"#ket-luan-{number}")
        expect(row).to_contain_text("Đã chuyển thành nhiệm vụ")
        expect(row.get_by_role("link", name=re.compile("DH-2022-0[12]"))).to_have_count(3 if number == 4 else 1)
        assert text in row.text_content()
    expect(page.get_by_role("link", name="Chuyển thành nhiệm vụ")).to_have_count(0)
    text = afternoon.ASKED[4][0]
    page.locator("#ket-luan-5").get_by_role("link", name=re.compile("DH-2022-02")).click()
    expect(page.locator("#tiep-noi")).to_contain_text(text[:60])
    expect(page.get_by_role("heading", level=1)).to_contain_text(text[:60])


def test_what_waited_for_the_leader_no_longer_does(held: Hall):
    page = held.leader
    for address in ("/tong-quan/?year=2022", "/viec-cua-toi/"):
        page.goto(address)
        expect(page.get_by_text(re.compile("kết luận chưa"))).to_have_count(0)


def test_another_party_follows_it_all_on_a_phone(held: Hall):
    page = held.farmers
    afternoon.look_in(page, "Đã tổ chức")
    page.goto(PLACES["conference-conclusions"])
    page.locator("#ket-luan-5").get_by_role("link", name=re.compile("DH-2022-02")).click()
    expect(page.locator("#tiep-noi")).to_contain_text("Thực hiện kết luận")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.goto(f"{afternoon.ADDRESS}ket-luan/giao-viec/").status == 403


@pytest.mark.parametrize(("slug", "parties"), afternoon.PROGRAMS.items())
def test_both_programs_are_in_force(held: Hall, slug: str, parties: int):
    page = held.secretary
    page.goto(f"/chuong-trinh/{slug}/")
    expect(page.get_by_text("Có hiệu lực").first).to_be_visible()
    page.goto(afternoon.ADDRESS)
    expect(page.get_by_text(f"{slug.upper()} đã đủ {parties}/{parties} chữ ký")).to_be_visible()


@pytest.mark.parametrize(
    ("paper", "says"),
    [
        ("minutes", ("BIÊN BẢN", "02 đại biểu chưa đúng thành phần", "Hội nghị kết thúc vào 16 giờ 45 cùng ngày")),
        ("notice", ("THÔNG BÁO", "Kết luận của đồng chí Trần Việt Dũng", "Cơ quan thực hiện: UBND huyện")),
    ],
)
def test_minutes_and_notice_hold_every_conclusion(held: Hall, paper: str, says: tuple[str, ...]):
    words = pdf_words(held.secretary, PAPERS[paper])
    for text in (
        *says,
        f"{afternoon.TUAN}, Phó Bí thư Thường trực Huyện ủy",
        *(one for one, _given in afternoon.ASKED),
    ):
        assert text in words, text


def test_the_notice_is_handed_out_for_word_as_well(held: Hall):
    answer = held.secretary.request.get(f"/bao-cao/word/thong-bao-ket-luan/{SLUG}.docx")
    words = "\n".join(one.text for one in Document(io.BytesIO(answer.body())).paragraphs)
    for text, _given in afternoon.ASKED:
        assert text.rstrip(".") in words, text


def test_the_report_keeps_what_was_written_by_hand_when_its_figures_are_counted_anew(held: Hall):
    """Six tasks were added after its first draft: told, applied; the edit stays and is printed."""
    page = held.secretary
    before = pdf_words(page, PAPERS["report"])
    assert "phối hợp thực hiện 48 nhiệm vụ" in before and EDIT in before
    afternoon.refresh_report(page, held.report, EDIT)
    after = pdf_words(page, PAPERS["report"])
    assert "phối hợp thực hiện 54 nhiệm vụ" in after and EDIT in after
