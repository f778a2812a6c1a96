"""The units of a level side by side: who is told what, sums that agree, links that open what they count."""

import html
import re
from datetime import date

import pytest

from agencies.access.enums import Role
from agencies.units.enums import UnitKind
from coordination.figures.queries import scope_for, year_figures
from coordination.tasks.models import Task
from tests.factories.levels import (
    LEVELS as PAGE,
)
from tests.factories.levels import (
    LINK,
    Province,
    commune_below,
    counts_of,
    leader_of,
    level,
    make_province,
    shown,
    signed,
    text_of,
)
from tests.factories.people import make_agency, make_member
from tests.factories.units import founded
from tests.integration.test_figures_sample import District

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Province:
    return make_province()


@pytest.fixture
def country(stage):
    return stage.country


@pytest.fixture
def province(stage):
    return stage.unit


@pytest.fixture
def communes(stage):
    return stage.communes


@pytest.fixture
def leader(stage):
    return stage.leader


@pytest.fixture
def neighbour(stage):
    return stage.neighbour


class TestWho:
    @pytest.mark.parametrize("role", [Role.LEADER, Role.SECRETARY])
    def test_leaders_and_secretaries_of_a_province_see_its_communes(self, province, communes, sign_in, role):
        signed(communes[0], 2022, "..x")
        said = text_of(shown(sign_in(leader_of(province, role))))
        for name in ("Xã Đầm Hà", "Xã Tiên Yên", "Xã Ba Chẽ"):
            assert name in said, name

    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.ORGANISER, Role.UNIT_ADMIN, Role.SYSTEM_ADMIN])
    def test_others_of_the_province_are_told_whom_it_is_for(self, province, communes, sign_in, role):
        reader = sign_in(leader_of(province, role))
        assert [reader.get(PAGE + address).status_code for address in ("", "dh/", "khong-co/")] == [403, 403, 403]

    def test_a_commune_has_nothing_below(self, communes, sign_in):
        assert sign_in(communes[0].leader).get(PAGE).status_code == 403

    def test_visitors_are_sent_to_sign_in(self, client):
        assert client.get(PAGE).status_code == 302

    def test_another_unit_answers_as_a_missing_one(self, communes, neighbour, country, leader, sign_in):
        signed(neighbour, 2022, "...")
        reader = sign_in(leader)
        answers = {reader.get(f"{PAGE}{code}/?year=2022").content for code in ("tn", "hp", "vn", "zz")}
        assert {reader.get(f"{PAGE}{code}/").status_code for code in ("tn", "hp", "vn", "zz")} == {404}
        assert len({re.sub(rb"[\w-]*token[^>]*|nonce-[^\"']*", b"", answer) for answer in answers}) == 1

    def test_foreign_rows_change_no_word(self, communes, neighbour, leader, sign_in):
        signed(communes[0], 2022, "..x")
        reader = sign_in(leader)
        before = text_of(shown(reader))
        signed(neighbour, 2022, "....")
        assert text_of(shown(reader)) == before

    def test_a_unit_of_another_province_by_then_is_not_told(self, province, communes, neighbour, leader):
        """One that moved away is told of the years it was here, not of those after."""
        moved = communes[0]
        place = moved.unit.parents.get()
        place.valid_to = date(2021, 12, 31)
        place.save()
        moved.unit.parents.create(parent=neighbour.unit.parents.get().parent, valid_from=date(2022, 1, 1))
        signed(moved, 2021, "..")
        signed(moved, 2022, "...")
        assert counts_of(level(leader, year=2021)) == {"DH": 2, "TY": 0, "BC": 0}
        assert counts_of(level(leader)) == {"TY": 0, "BC": 0}
        assert level(leader, moved.unit, 2022) is None
        assert int(level(leader, moved.unit, 2021).whole.tally.total) == 2


class TestWhat:
    def test_the_sums_are_those_of_the_units_own_dashboards(self, communes, leader, today):
        for place, outcomes in enumerate(("..lxo", ".x", "")):
            signed(communes[place], 2022, outcomes)
        told = level(leader)
        for line, commune in zip(sorted(told.lines, key=lambda one: one.place.pk), communes, strict=True):
            own = year_figures(scope_for(commune.leader), 2022, as_of=today)
            for figure in ("on_time", "late", "in_time", "overdue", "total", "due", "on_time_rate", "done_rate"):
                assert getattr(line.tally, figure) == getattr(own, figure), (line.name, figure)
        assert int(told.whole.tally.total) == sum(counts_of(told).values()) == 7

    @pytest.mark.parametrize("day", [date(2022, 2, 1), date(2022, 3, 1)])
    def test_on_a_day_that_is_over_they_are_so_too(self, communes, leader, sign_in, day):
        """Rule: R-FIG-14. Late ones were still open on 1/3, on 1/2 nothing was done."""
        program = signed(communes[0], 2022, "..lxo")
        program.parties.create(agency=leader.agency, letterhead_order=9, signing_order=9)
        told = level(leader, as_of=day).whole.tally
        own = year_figures(scope_for(communes[0].leader), 2022, as_of=day)
        for figure in ("on_time", "late", "in_time", "overdue", "total"):
            assert getattr(told, figure) == getattr(own, figure), figure
        assert int(told.on_time) == (2 if day.month == 3 else 0)
        reader = sign_in(leader)
        links = list(LINK.finditer(shown(reader, f"?year=2022&day={day:%d/%m/%Y}")))
        assert links
        for match in links:
            listed = reader.get(html.unescape(match["url"])).context["tasks"]
            assert listed.page.paginator.count == int(match["count"]), match["url"]

    def test_what_is_not_signed_by_all_is_not_counted(self, communes, leader):
        signed(communes[0], 2022, "..")
        signed(communes[0], 2022, "xx", ordinal=2, state="draft", signed_on=None, agreed_on=None)
        signed(communes[0], 2022, "xx", ordinal=3, state="signing", signed_on=None)
        assert counts_of(level(leader))["DH"] == 2

    def test_two_leaders_of_a_province_read_one_total(self, province, communes, leader):
        signed(communes[0], 2022, "..x")
        draft = signed(communes[0], 2022, "xx", ordinal=2, state="draft", signed_on=None, agreed_on=None)
        draft.parties.create(agency=make_agency(province, "ben"), letterhead_order=9, signing_order=9)
        other = make_member(draft.parties.get(letterhead_order=9).agency, Role.SECRETARY)
        assert Task.objects.visible_to(other).count() == 2
        assert level(leader).whole.tally.buckets == level(other).whole.tally.buckets

    def test_no_title_and_no_code_of_a_program_is_told(self, communes, leader, sign_in):
        program = signed(communes[0], 2022, "..x")
        for address in ("?year=2022", "dh/?year=2022"):
            page = shown(sign_in(leader), address)
            assert program.code not in page
            assert program.short_title not in page
            assert "data-count" not in page
        assert "1 chương trình" in text_of(page) or "1 program" in text_of(page)

    def test_who_is_party_to_a_program_below_opens_it_and_its_numbers(self, province, communes, leader, sign_in):
        program = signed(communes[0], 2022, "..xo")
        program.parties.create(agency=leader.agency, letterhead_order=9, signing_order=9)
        closed = signed(communes[1], 2022, "..")
        reader = sign_in(leader)
        page = shown(reader, "dh/?year=2022")
        assert program.short_title in page
        links = {(html.unescape(match["url"]), int(match["count"])) for match in LINK.finditer(page)}
        assert len(links) >= 4
        for url, count in links:
            assert reader.get(url).context["tasks"].page.paginator.count == count, url
        whole = shown(reader)
        assert closed.slug not in whole
        rows = {row["url"] for row in LINK.finditer(whole)}
        assert rows
        assert all(program.slug in url for url in rows)

    def test_a_coordinator_above_sees_the_tasks_it_works_in_and_no_others(self, communes, leader, sign_in):
        program = signed(communes[0], 2022, "..x")
        program.tasks.first().roles.create(agency=leader.agency, kind="coordinator", position=7)
        told = level(leader, communes[0].unit)
        assert int(told.whole.tally.total) == 3
        assert [int(line.tally.total) for line in told.programs] == [1]
        assert told.whole.tally.total.query == ""
        page = shown(sign_in(leader), "dh/?year=2022")
        for match in LINK.finditer(page):
            assert sign_in(leader).get(html.unescape(match["url"])).context["tasks"].page.paginator.count == 1


class TestLevels:
    def test_the_country_shows_provinces_with_all_that_lies_in_them(self, country, communes, neighbour):
        signed(communes[0], 2022, "..")
        signed(communes[1], 2022, "x")
        signed(neighbour, 2022, "....")
        told = level(leader_of(country))
        assert counts_of(told) == {"QN": 3, "HP": 4}
        assert int(told.whole.tally.total) == 7

    def test_the_way_leads_from_the_country_down_to_the_commune(self, country, communes, sign_in):
        signed(communes[0], 2022, "..")
        page = shown(sign_in(leader_of(country)), "dh/?year=2022")
        crumbs = page[page.index("pf-crumbs") : page.index("</nav>", page.index("pf-crumbs"))]
        assert re.findall(r"/tong-quan/don-vi/(\w+)/", crumbs) == ["vn", "qn"]
        assert "Xã Đầm Hà" in crumbs

    def test_programs_of_the_unit_itself_stand_apart_and_count(self, province, communes, leader):
        signed(communes[0], 2022, "..")
        signed(District(province), 2022, "x")
        told = level(leader)
        assert counts_of(told)["DH"] == 2
        assert (int(told.own.tally.total), int(told.whole.tally.total)) == (1, 3)

    def test_a_district_of_before_the_reform_gathers_its_communes(self, province, leader):
        district = founded("HDH", UnitKind.DISTRICT, "Đầm Hà", parent=province, valid_to=date(2025, 6, 30))
        signed(commune_below(district, "HDH-TB", "Tân Bình", valid_to=date(2025, 6, 30)), 2022, "..x")
        assert counts_of(level(leader)) == {"HDH": 3, "DH": 0, "TY": 0, "BC": 0}
        assert counts_of(level(leader, district)) == {"HDH-TB": 3}
