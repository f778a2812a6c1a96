"""The dashboard printed: sheet, screen and PDF say what the page says, in pages with numbers, for whoever sees it."""

import html
import io
import re
import zipfile
from datetime import date

import pdfplumber
import pytest
from django.test import Client
from django.utils import translation

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.figures.definitions import DEFINITIONS
from coordination.tasks.enums import TaskState
from records.audit.enums import AuditAction
from records.models import AuditEntry
from reports.dashboard.narrowing import narrowing_found
from reports.dashboard.page import attention
from reports.dashboard.paper.sheet import FiguresSheet, sheet_html, sheet_of
from reports.dashboard.queries import Dashboard, dashboard_of
from reports.documents.wording import hyphenated
from reports.pdf.engine import draw_pdf
from tests.factories.people import make_agency, make_member, make_unit
from tests.integration.test_dashboard import DASHBOARD, FRAME
from tests.integration.test_figures_sample import District, sample_2021, sample_2022

pytestmark = pytest.mark.django_db
PAGE, PRINT, PDF, XLSX = "/tong-quan/", "/tong-quan/in/", "/tong-quan/so-lieu.pdf", "/tong-quan/so-lieu.xlsx"
MOST_CPU_SECONDS = 1.5
MARGIN_PT = 12


@pytest.fixture
def district() -> District:
    return District(make_unit("DH"))


@pytest.fixture
def reader(district, sign_in) -> Client:
    return sign_in(district.leader)


def dashboard(district: District, today: date, actor=None, year: int = 2021, **query: str) -> Dashboard:
    actor = actor or district.leader
    narrowing, unknown = narrowing_found(query, actor)
    assert unknown == ()
    return dashboard_of(actor, year, narrowing, as_of=today)


def close(text: str) -> str:
    """A text without its spaces: a line of a narrow cell breaks where it must."""
    return re.sub(r"\s+", "", text)


def said_on_screen(page: str) -> str:
    main = page[page.index('class="paper-body') : page.index("</article>")]
    return close(html.unescape(re.sub(r"<(title|desc)[^>]*>.*?</\1>|<[^>]+>", " ", main)))


def said_in(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        return close(" ".join(page.extract_text() or "" for page in file.pages))


def figures_said(shown: Dashboard, actor: Membership) -> list[str]:
    """What a leader would look for, as it must stand in every form."""
    year = shown.figures.year
    rows = [
        f"Hoànthànhđúnghạn{year.on_time}",
        f"Hoànthànhchậm{year.late}",
        f"Quáhạn,chưahoànthành{year.overdue}",
        f"Tổngsốnhiệmvụcóthờihạn{year.total}",
    ]
    rows += [f"{area.tally.done}/{area.tally.total}" for area in shown.figures.areas]
    for row in shown.figures.agencies:
        led = row.led
        rows.append(close(f"{row.agency.short_name}{led.on_time}{led.late}{led.overdue}{led.in_time}{led.total}"))
    rows += [
        f"{cell.tally.on_time}/{cell.tally.due}"
        for line in shown.figures.months_by_agency
        for cell in line.months
        if cell.tally.due
    ]
    return rows + [close(thing.title)[:20] for thing in attention(shown, actor)]


@pytest.mark.parametrize("year", (2021, 2022))
def test_page_sheet_and_pdf_say_the_same_figures(district, reader, today, year):
    (sample_2021 if year == 2021 else lambda of: sample_2022(of, today))(district)
    shown = dashboard(district, today, year=year)
    page = reader.get(f"/tong-quan/?year={year}").context
    assert page["figures"].year == shown.figures.year
    screen = said_on_screen(reader.get(f"{PRINT}?year={year}").content.decode())
    response = reader.get(f"{PDF}?year={year}")
    assert response["Content-Type"] == "application/pdf"
    pdf = said_in(response.content)
    for said in figures_said(shown, district.leader):
        assert said in screen, said
        assert said in pdf, said


def test_pages_are_upright_a4_and_count_themselves(district, today):
    sample_2021(district)
    sheet = sheet_of(dashboard(district, today), district.leader)
    drawn = draw_pdf(sheet_html(sheet))
    with pdfplumber.open(io.BytesIO(drawn.content)) as file:
        for turn, page in enumerate(file.pages, start=1):
            assert (round(page.width), round(page.height)) == (595, 842)
            assert f"Trang {turn}/{len(file.pages)}" in page.extract_text()
    assert 2 <= drawn.pages <= 4


def test_it_is_no_official_paper_and_says_its_day(district, today):
    sample_2021(district)
    sheet = sheet_of(dashboard(district, today), district.leader)
    text = said_in(draw_pdf(sheet_html(sheet)).content)
    assert "tínhđếnhếtngày30/3/2022" in text and "khôngphảivănbảnbanhành" in text
    assert "CỘNGHÒAXÃHỘI" not in text
    assert "Sốliệuminhhọa" not in text


def test_invented_figures_are_called_so(district, today):
    type(district.unit).objects.update(is_illustrative=True)
    sample_2021(district)
    leader = Membership.objects.get(pk=district.leader.pk)
    sheet = sheet_of(dashboard(district, today, leader), leader)
    assert sheet.is_illustrative
    assert "Sốliệuminhhọa" in said_in(draw_pdf(sheet_html(sheet)).content)


def test_it_is_vietnamese_for_a_reader_of_english(district, reader, today):
    sample_2021(district)
    type(district.leader.user).objects.filter(pk=district.leader.user_id).update(language="en")
    screen = said_on_screen(reader.get(f"{PRINT}?year=2021").content.decode())
    assert "Hoànthànhđúnghạn" in screen and "completed" not in screen


def test_an_officials_paper_is_of_the_own_agency(district, sign_in, today):
    sample_2021(district)
    official = make_member(district.agencies["mttq"], Role.OFFICIAL)
    screen = said_on_screen(sign_in(official).get(f"{PRINT}?year=2021").content.decode())
    assert "Tổngsốnhiệmvụcóthờihạn28" in screen
    asked = said_on_screen(sign_in(official).get(f"{PRINT}?year=2021&agency=hnd").content.decode())
    assert "Tổngsốnhiệmvụcóthờihạn28" in asked and "“hnd”" in asked


def test_foreign_rows_change_nothing(district, today):
    sample_2021(district)
    before = sheet_of(dashboard(district, today), district.leader).digest()
    sample_2021(District(make_unit("HH")))
    assert sheet_of(dashboard(district, today), district.leader).digest() == before


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.UNIT_ADMIN])
def test_administrators_are_told_why_not(district, sign_in, role):
    administrator = sign_in(make_member(district.agencies["ubnd"], role))
    assert {administrator.get(page).status_code for page in (PRINT, PDF, "/tong-quan/so-lieu.xlsx")} == {403}


def test_an_empty_year_is_a_sheet_with_a_sentence(district, reader):
    assert "Chưacónhiệmvụnào" in said_on_screen(reader.get(f"{PRINT}?year=2022").content.decode())


NONSENSE = (
    "year=0001", "year=9999", f"year={10**30}", "day=31/02/2022", "day=1/1/9999", "day=x", "program=khong-co",
    "agency=u%00b", "area=%ED%A0%80", f"area={'x' * 300}", "program=x&agency=y&area=z&day=hom-qua",
)  # fmt: skip


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_is_left_out_and_told_in_the_words_of_the_page(district, reader, query):
    """Rule: R-DASH-2. Page, sheet and workbook answer alike."""
    sample_2021(district)
    page = reader.get(f"{PAGE}?{query}").content.decode()
    remarks = [close(html.unescape(remark)) for remark in re.findall(r'role="status"><svg.*?</svg><p>(.*?)</p>', page)]
    assert remarks
    screen = said_on_screen(reader.get(f"{PRINT}?{query}").content.decode())
    book = reader.get(f"{XLSX}?{query}")
    with zipfile.ZipFile(io.BytesIO(book.content)) as file:
        cells = close(html.unescape("".join(file.read(n).decode() for n in file.namelist() if n.endswith(".xml"))))
    for remark in remarks:
        assert remark in screen
        assert remark in cells


def test_a_pdf_says_what_was_left_out(district, reader):
    sample_2021(district)
    said = said_in(reader.get(f"{PDF}?year=2021&day=31/02/2022&program=khong-co").content)
    assert "“31/02/2022”" in said and "“khong-co”" in said and "43/46" in said


def test_the_log_tells_who_took_it(district, reader, today):
    sample_2021(district)
    reader.get(f"{PRINT}?year=2021")
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()
    response = reader.get(f"{PDF}?year=2021")
    entry = AuditEntry.objects.filter(action=AuditAction.EXPORTED).latest("sequence")
    assert entry.after["content_digest"] == sheet_of(dashboard(district, today), district.leader).digest()
    assert entry.after["file"] in response["Content-Disposition"]


def test_names_as_long_as_they_come_are_printed_whole(district, today):
    long = "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức xã hội phường Quảng Hà"
    for turn in range(30):
        agency = make_agency(district.unit, f"x{turn}", f"{long} {turn}", protocol_order=200 + turn)
        district.agencies[f"x{turn}"] = agency
    program = district.program(2022, 1, ("ubnd", *(f"x{turn}" for turn in range(30))))
    for turn in range(30):
        district.task(program, f"x{turn}", due_on=date(2022, 2, 1), state=TaskState.IN_PROGRESS)
    document = sheet_html(sheet_of(dashboard(district, today, year=2022), district.leader))
    with pdfplumber.open(io.BytesIO(draw_pdf(document).content)) as file:
        words = [(page.height, word) for page in file.pages for word in page.extract_words()]
    assert all(word["bottom"] <= height - MARGIN_PT for height, word in words)
    said = close("".join(word["text"] for _height, word in words))
    for word in ("Mặt", "quốc", "phường", "Quảng"):
        assert said.count(word) >= 2 * 30, word  # in the chart and in the table


def test_it_is_drawn_within_its_time(district, today):
    sample_2021(district)
    document = sheet_html(sheet_of(dashboard(district, today), district.leader))
    draw_pdf(document)
    drawn = draw_pdf(document)
    assert drawn.cpu_seconds <= MOST_CPU_SECONDS


def test_the_same_figures_give_the_same_sheet(district, today):
    sample_2021(district)
    first, second = (sheet_of(dashboard(district, today), district.leader) for _turn in range(2))
    assert isinstance(first, FiguresSheet) and sheet_html(first) == sheet_html(second)


def test_the_pages_buttons_keep_its_filters(district, reader, today):
    sample_2021(district)
    page = reader.get("/tong-quan/?year=2021&area=ntm").content.decode()
    for address in (PRINT, PDF, "/tong-quan/so-lieu.xlsx"):
        assert f'href="{address}?year=2021&amp;area=ntm"' in page


def test_printing_asks_no_more_than_the_page(district, reader, django_assert_max_num_queries):
    for ordinal in (1, 2, 3):
        program = district.program(2022, ordinal, ("ubnd", "mttq"))
        for lead in ("ubnd", "mttq"):
            district.task(program, lead, "hnd", state=TaskState.IN_PROGRESS, due_on=date(2022, 3, 1))
        if ordinal != 2:
            with django_assert_max_num_queries(FRAME + DASHBOARD):
                reader.get(f"{PRINT}?year=2022")


def test_a_page_ends_between_bars_and_the_last_sheet_says_how_figures_are_counted(district, today):
    sample_2021(district)
    sheet = sheet_of(dashboard(district, today), district.leader)
    figures = [block for block in sheet.blocks if block.kind == "figure" and "linh-vuc" in block.svg]
    assert [bool(figure.caption) for figure in figures] == [True, False] and figures[-1].note
    table = sheet.blocks[-1]
    with translation.override("vi"):
        assert [row.cells for row in table.rows] == [
            (hyphenated(str(one.name)), hyphenated(str(one.counts))) for one in DEFINITIONS.values()
        ]
