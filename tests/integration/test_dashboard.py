"""The leaders' dashboard: true sentences, numbers that open what they count, nothing of anyone else's."""

import html
import re
from datetime import date

import pytest
from django.test import Client
from django.utils.translation import gettext as _

from agencies.access.enums import Role
from coordination.evaluations.enums import EvaluationKind, RoundState
from coordination.evaluations.models import Evaluation, EvaluationRound, GradingScheme
from coordination.evaluations.services import close_round
from coordination.figures.definitions import COUNTED, CUT_OFF, DEFINITIONS
from coordination.tasks.enums import ScheduleKind, TaskState
from tests.factories.people import make_member, make_unit
from tests.factories.programs import make_program
from tests.integration.test_figures_sample import District, sample_2021, sample_2022

LINK = re.compile(r'<a[^>]*href="(?P<url>[^"]*)"[^>]*data-count="(?P<count>\d+)"')
PAGE = "/tong-quan/"
FRAME = 8  # session, account, memberships, agencies acted for, years twice, overdue count, unit name
# figures 3, years 2, late tasks 1, facts of all kinds 1, round of evaluation 1
DASHBOARD = 8
CLOSED_ROUND = 1  # the bands of its scheme; the results are frozen
OPEN_ROUND = 9  # judgements, parties twice, the scheme's rows, and the tasks its results come from


@pytest.fixture
def district(db) -> District:
    return District(make_unit("DH"))


@pytest.fixture
def reader(district, sign_in) -> Client:
    return sign_in(district.leader)


def shown(reader: Client, query: str = "") -> str:
    response = reader.get(f"{PAGE}{query}")
    assert response.status_code == 200
    return response.content.decode()


def without_token(page: str) -> str:
    """The page without the random letters of its forms' token, which may spell anything."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def text_of(page: str) -> str:
    """The words of the main part, on one line."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", main)).split())


def text_between(page: str, start: str, end: str) -> str:
    """The words between two places of the markup, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page[page.index(start) : page.index(end)])).split())


def assert_links_show_what_they_count(reader: Client, page: str) -> int:
    links = {(html.unescape(match["url"]), int(match["count"])) for match in LINK.finditer(page)}
    for url, count in links:
        listed = reader.get(url)
        assert listed.status_code == 200, url
        assert listed.context["tasks"].page.paginator.count == count, url
    return len(links)


def test_every_number_opens_the_tasks_it_counts(district, reader, today):
    sample_2021(district)
    assert assert_links_show_what_they_count(reader, shown(reader, "?year=2021")) > 60


def test_the_running_year_too(district, reader, today):
    sample_2022(district, today)
    program = district.program(2022, 3, ("ubnd", "pn"))
    district.task(program, "pn,ubnd", state=TaskState.IN_PROGRESS, due_on=date(2022, 2, 20))
    district.task(program, "pn", schedule_kind=ScheduleKind.ONGOING, due_on=None)
    for query in ("?year=2022", "?year=2022&agency=mttq", "?year=2022&area=tt&program=dh-2022-01"):
        assert assert_links_show_what_they_count(reader, shown(reader, query)) > 5, query


def test_an_officials_numbers_are_of_the_own_agency(district, sign_in, today):
    sample_2021(district)
    official = sign_in(make_member(district.agencies["mttq"], Role.OFFICIAL))
    page = shown(official, "?year=2021")
    # 25 of 28 it takes part in, 5 of them led; no row pretends to be their sum.
    assert "25/28" in text_of(page)
    assert '<tfoot><tr><th scope="row">Tổng' not in page
    assert assert_links_show_what_they_count(official, page) > 15
    other = shown(official, "?year=2021&agency=hnd")
    assert "“hnd”" in text_of(other)
    assert "25/28" in text_of(other)


def test_2021_is_answered_in_a_sentence(district, reader, today):
    sample_2021(district)
    words = text_of(shown(reader, "?year=2021"))
    for said in ("43/46", "93,5%", "78,3%", "30/3/2022"):
        assert said in words, said


def test_foreign_rows_change_no_word(district, reader, today):
    sample_2021(district)
    before = shown(reader, "?year=2021")
    neighbour = District(make_unit("HH"))
    sample_2021(neighbour)
    others = district.program(2021, 8, ("hnd", "pn"), drafting_agency=district.agencies["hnd"])
    district.task(others, "hnd", state=TaskState.IN_PROGRESS)
    assert text_of(shown(reader, "?year=2021")) == text_of(before)


def test_foreign_codes_answer_as_missing_ones(district, reader, today):
    sample_2021(district)
    neighbour = District(make_unit("HH"))
    foreign = neighbour.program(2021, 1, ("ubnd",))
    neighbour.agencies["ubnd"].code = "la"
    neighbour.agencies["ubnd"].save()
    for key, hidden, missing in (("program", foreign.slug, "hh-2021-99"), ("agency", "la", "lb")):
        told = text_of(shown(reader, f"?year=2021&{key}={hidden}"))
        assert told == text_of(shown(reader, f"?year=2021&{key}={missing}")).replace(missing, hidden), key
        assert f"“{hidden}”" in told


def test_a_year_without_tasks_says_so(district, reader):
    district.program(2022, 1, ("ubnd",))
    page = shown(reader)
    assert "pf-empty" in page
    assert "pf-kpis" not in page


def test_on_a_clean_day_nothing_asks_for_attention(district, reader):
    district.task(district.program(2022, 1, ("ubnd",)), "ubnd", state=TaskState.COMPLETED, due_on=date(2022, 3, 1))
    page = shown(reader)
    assert "attention-title" not in page
    assert "pf-dash-side" not in page
    assert _("Nothing needs a leader's attention.") in text_of(page)


def test_unsigned_programs_and_late_tasks_ask_for_attention(district, reader):
    waiting = make_program(
        "signing", unit=district.unit, agencies=[district.agencies[code] for code in ("ubnd", "mttq")], signed=1
    )
    late = district.task(waiting, "mttq", state=TaskState.IN_PROGRESS, due_on=date(2022, 3, 20))
    page = shown(reader)
    attention = page[page.index("attention-title") : page.index("area-title")]
    assert attention.index(f"/chuong-trinh/{waiting.slug}/ky-ket/") < attention.index(f"/nhiem-vu/{late.slug}/")


@pytest.fixture
def round_2021(district, today):
    programs = sample_2021(district)
    scheme = GradingScheme.objects.create(unit=district.unit, name="Thang điểm")
    scheme.parts.create(kind="self", weight_percent=100)
    scheme.bands.create(from_points=0, label="Hoàn thành tốt", tone="ok")
    scheme.disclosures.create(layer="results", audience="leaders", since="at_once")
    scheme.disclosures.create(layer="results", audience="parties", since="closed")
    round = EvaluationRound.objects.create(
        unit=district.unit, year=2021, scheme=scheme, cut_off_on=today, opened_on=today
    )
    round.programs.set(programs)
    for agency in district.agencies.values():
        Evaluation.objects.create(
            round=round, kind=EvaluationKind.SELF, agency=agency, by_agency=agency, score=95, submitted_on=today
        )
    return round


def test_grades_and_missing_forms_are_shown_to_leaders(district, reader, round_2021):
    page = shown(reader, "?year=2021")
    assert page.count("Hoàn thành tốt") == 9
    attention = page[page.index("attention-title") : page.index("awaited-title")]
    assert attention.count("/danh-gia/2021/") == 1
    assert "9 " in text_between(page, "attention-title", "awaited-title")


def test_an_official_is_reminded_of_the_own_form_only(district, sign_in, round_2021):
    page = shown(sign_in(make_member(district.agencies["mttq"], Role.OFFICIAL)), "?year=2021")
    attention = page[page.index("attention-title") : page.index("awaited-title")]
    assert attention.count("/danh-gia/2021/") == 1
    own = _("%(agency)s has not sent its cross-evaluation") % {"agency": district.agencies["mttq"].current_short_name}
    assert own in html.unescape(attention)


def test_grades_are_shown_to_officials_once_the_round_is_closed(district, sign_in, round_2021, today):
    official = sign_in(make_member(district.agencies["mttq"], Role.OFFICIAL))
    assert "Hoàn thành tốt" not in shown(official, "?year=2021")
    EvaluationRound.objects.update(state=RoundState.CLOSED, closed_on=today)
    assert "Hoàn thành tốt" in shown(official, "?year=2021")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.UNIT_ADMIN])
def test_administrators_are_told_why_not(district, sign_in, role):
    response = sign_in(make_member(district.agencies["ubnd"], role)).get(PAGE)
    assert response.status_code == 403


def test_visitors_are_sent_to_sign_in(client, db):
    assert client.get(PAGE).status_code == 302


def test_the_page_has_no_inline_style_or_script(district, reader, today):
    sample_2021(district)
    main = shown(reader, "?year=2021").split("<main")[1].split("</main>")[0]
    assert " style=" not in main
    assert "<script" not in main


def test_a_round_of_evaluation_costs_a_fixed_number_of_queries(reader, round_2021, django_assert_max_num_queries):
    shown(reader, "?year=2021")
    with django_assert_max_num_queries(FRAME + DASHBOARD + OPEN_ROUND):
        shown(reader, "?year=2021")


def test_a_closed_round_costs_one_query(district, reader, round_2021, django_assert_max_num_queries):
    secretary = make_member(district.agencies["ubnd"], Role.SECRETARY)
    close_round(round_2021, actor=secretary, narrative="Liên đoàn chưa gửi")
    shown(reader, "?year=2021")
    with django_assert_max_num_queries(FRAME + DASHBOARD + CLOSED_ROUND):
        page = shown(reader, "?year=2021")
    assert page.count("Hoàn thành tốt") == 9


def test_the_number_of_queries_does_not_grow(district, reader, django_assert_max_num_queries):
    for ordinal in range(1, 4):
        program = district.program(2022, ordinal, ("ubnd", "mttq"))
        for lead in ("ubnd", "mttq"):
            district.task(program, lead, "hnd", state=TaskState.IN_PROGRESS, due_on=date(2022, 3, 1))
        if ordinal != 2:
            with django_assert_max_num_queries(FRAME + DASHBOARD):
                shown(reader, "?year=2022")


def test_the_page_says_how_each_figure_is_counted(district, reader, today):
    """Rule: R-FIG-20."""
    sample_2021(district)
    page = shown(reader, "?year=2021")
    told = text_between(page, 'id="cach-tinh"', "</main>")
    assert 'href="#cach-tinh"' in page
    assert all(f"{one.name}{one.counts}" in told for one in DEFINITIONS.values())
    assert str(CUT_OFF) in told and str(COUNTED) in told
