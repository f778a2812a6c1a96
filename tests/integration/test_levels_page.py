"""The page of a level: its sentence, order, chart and dashes, what bad input gets, and how many queries it takes."""

import re
from datetime import date

import pytest

from agencies.units.enums import UnitLevel
from agencies.units.queries import Place
from coordination.figures.queries import Tally
from coordination.tasks.enums import Bucket
from records import clock
from reports.levels.pictures import drawn_of, notes_fit
from reports.levels.queries import UnitLine
from tests.factories.levels import LEVELS as PAGE
from tests.factories.levels import Province, commune_below, leader_of, level, make_province, shown, signed, text_of
from tests.factories.units import founded
from tests.integration.test_dashboard import without_token

pytestmark = pytest.mark.django_db

FRAME = 8  # session, account, memberships, agencies acted for, years twice, overdue count, unit name
LEVEL = 7  # years, places, successions, counts, what of them is seen, last reports, names
ASKED_FOR = 1  # the unit the address names
OPENED = 2  # programs the reader may open, with their parties


@pytest.fixture
def stage() -> Province:
    return make_province()


@pytest.fixture
def province(stage):
    return stage.unit


@pytest.fixture
def communes(stage):
    return stage.communes


@pytest.fixture
def leader(stage):
    return stage.leader


def _line(rank: int, *, on_time: int, due: int) -> UnitLine:
    tally = Tally({Bucket.DONE_ON_TIME: on_time, Bucket.OVERDUE: due - on_time})
    return UnitLine(Place(rank, f"X{rank}", UnitLevel.COMMUNE, None), f"xã {rank:02}", tally, 1, rank=rank)


class TestPage:
    def test_the_sentence_names_what_was_done_and_the_slowest(self, communes, leader, sign_in):
        signed(communes[0], 2022, "...")
        signed(communes[1], 2022, "..xx")
        said = text_of(shown(sign_in(leader)))
        for words in ("5/7", "71,4%", "xã Tiên Yên", "50%", "1/3"):
            assert words in said, words

    def test_units_far_behind_are_marked_in_words_and_named(self, province, communes, leader, sign_in):
        """Rule: R-LEVEL-6."""
        others = [commune_below(province, f"X{number}", f"Số {number}") for number in range(3)]
        for commune in (*communes, *others):
            signed(commune, 2022, "....." if commune is not communes[1] else "..xxx")
        page = shown(sign_in(leader))
        assert page.count("pf-tag--bad") == 1
        row = page[page.index("/ty/") : page.index("</tr>", page.index("/ty/"))]
        assert "pf-tag--bad" in row
        assert text_of(page).count("xã Tiên Yên") >= 2

    def test_of_many_units_the_chart_draws_both_ends_and_says_so(self):
        """Rule: R-LEVEL-8."""
        lines = [_line(place, on_time=place, due=50) for place in range(1, 41)]
        drawn = [line.rank for line in drawn_of(lines)]
        assert drawn == [*range(1, 11), *range(31, 41)]
        assert len(drawn_of(lines[:34])) == 34
        assert notes_fit(lines)
        assert not notes_fit([*lines, _line(41, on_time=900, due=1000)])

    def test_units_without_programs_have_dashes_and_are_counted_apart(self, communes, leader, sign_in):
        signed(communes[0], 2022, "..")
        told = level(leader)
        assert (len(told.with_programs), told.without_programs) == (1, 2)
        page = shown(sign_in(leader))
        assert "NaN" not in without_token(page)
        row = page[page.index("/ty/") : page.index("</tr>", page.index("/ty/"))]
        assert re.findall(r"<td[^>]*>([^<]*)</td>", row) == ["–"] * 9

    def test_tasks_with_no_deadline_make_no_rate(self, communes, leader, sign_in):
        program = signed(communes[0], 2022, "")
        communes[0].task(program, "ubnd", due_on=None, schedule_kind="ongoing")
        page = shown(sign_in(leader))
        assert "NaN" not in without_token(page)
        assert level(leader).lines[0].tally.on_time_rate is None

    @pytest.mark.parametrize(
        "sort,codes",
        [
            ("rank", ["TY", "DH", "BC"]),
            ("-rank", ["DH", "TY", "BC"]),
            ("-total", ["DH", "TY", "BC"]),
            ("total", ["TY", "DH", "BC"]),
            ("-overdue", ["DH", "TY", "BC"]),
            ("name", ["BC", "DH", "TY"]),
            ("-name", ["TY", "DH", "BC"]),
            ("password", ["TY", "DH", "BC"]),
            ("--total", ["TY", "DH", "BC"]),
        ],
    )
    def test_any_column_orders_the_units_and_those_without_a_value_stand_last(
        self, communes, leader, sign_in, sort, codes
    ):
        signed(communes[0], 2022, "..x")
        signed(communes[1], 2022, "..")
        page = shown(sign_in(leader), f"?year=2022&sort={sort}")
        table = page[page.index("<tbody>") : page.index("</tbody>")]
        assert [code.upper() for code in re.findall(r"/tong-quan/don-vi/(\w+)/", table)] == codes

    def test_the_head_says_how_the_rows_run(self, communes, leader, sign_in):
        signed(communes[0], 2022, "..x")
        page = shown(sign_in(leader), "?year=2022&sort=-total")
        assert re.findall(r'aria-sort="(\w+)"', page) == ["descending"]
        assert "sort=total" in page

    def test_the_chart_says_every_value_and_is_drawn_twice(self, communes, leader, sign_in):
        signed(communes[0], 2022, "..x")
        page = shown(sign_in(leader))
        chart = page[page.index("unit-chart-title") :]
        assert chart.count("<title") >= 2
        assert chart.count("<desc") == 2
        assert "2/3" in chart

    def test_the_page_has_no_inline_style_or_script(self, communes, leader, sign_in):
        signed(communes[0], 2022, "..x")
        main = shown(sign_in(leader)).split("<main")[1].split("</main>")[0]
        assert " style=" not in main
        assert "<script" not in main

    @pytest.mark.parametrize(
        "query",
        [
            "year=0001", "year=9999", f"year=1{'0' * 30}", "year=-1", "year=x", "day=31/02/2022", "day=1/1/0001",
            "day=31/12/9999", f"day={'9' * 40}", "day=%00", "day=%ED%A0%80", "page=-1", "page=999", "page=x",
            "sort=%00", "sort=lead__password", "year=2022&year=2021", "day=2022-03-30", "year=2199&day=01/01/1900",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("at", ["", "dh/"])
    def test_bad_input_gets_a_page(self, communes, leader, sign_in, query, at):
        signed(communes[0], 2022, "..x")
        response = sign_in(leader).get(f"{PAGE}{at}?{query}")
        assert response.status_code in (200, 400), query
        assert "NaN" not in without_token(response.content.decode())

    def test_a_wrong_day_is_told(self, communes, leader, sign_in):
        signed(communes[0], 2022, "..x")
        reader = sign_in(leader)
        for query in ("year=2022&day=31/02/2022", "year=2022&day=01/01/2050", "year=0001", "year=x", f"year={10**30}"):
            assert "pf-note--wait" in shown(reader, f"?{query}")
        assert "pf-note--wait" not in shown(reader, "?year=2022&day=15/02/2022")

    @pytest.mark.parametrize("code", ["khong-co", "9" * 200, "dh-", "VN2", "_"])
    def test_an_unknown_unit_is_missing(self, communes, leader, sign_in, code):
        assert sign_in(leader).get(f"{PAGE}{code}/").status_code == 404

    def test_more_units_than_a_page_holds_are_paged(self, province, leader, sign_in):
        for number in range(53):
            founded(f"X{number:02}", name=f"Số {number:02}", parent=province)
        page = shown(sign_in(leader), "?year=2022&page=2&sort=name")
        table = page[page.index("<tbody>") : page.index("</tbody>")]
        assert re.findall(r"/tong-quan/don-vi/(\w+)/", table) == ["x48", "x49", "x50", "x51", "x52", "ty"]

    def test_the_days_since_the_last_report_are_told_of_today_only(self, communes, leader, sign_in, today):
        program = signed(communes[0], 2022, "..o")
        program.tasks.filter(ordinal=1).update(last_reported_at=clock.at(date(2022, 3, 1), 23, 30))
        program.tasks.filter(ordinal=2).update(last_reported_at=clock.at(date(2022, 3, 10), 0, 10))
        silent = {line.place.code: line.silent_days for line in level(leader).lines}
        assert silent == {"DH": 20, "TY": None, "BC": None}
        assert level(leader, as_of=date(2022, 3, 20)).whole.silent_days is None
        assert level(leader_of(leader.agency.unit.parents.get().parent)).whole.silent_days is None


class TestBudget:
    def test_the_number_of_queries_does_not_grow_with_the_units(
        self, communes, leader, sign_in, django_assert_max_num_queries
    ):
        reader = sign_in(leader)
        signed(communes[0], 2022, "..x")
        shown(reader)
        with django_assert_max_num_queries(FRAME + LEVEL):
            shown(reader)
        for commune in communes[1:]:
            signed(commune, 2022, "..x")
            signed(commune, 2022, ".l", ordinal=2)
        with django_assert_max_num_queries(FRAME + LEVEL):
            shown(reader)

    def test_nor_with_the_programs_the_reader_may_open(self, communes, leader, sign_in, django_assert_max_num_queries):
        reader = sign_in(leader)
        for ordinal in (1, 2, 3):
            program = signed(communes[0], 2022, "..x", ordinal=ordinal)
            program.parties.create(agency=leader.agency, letterhead_order=9, signing_order=9)
            shown(reader, "dh/?year=2022")
            with django_assert_max_num_queries(FRAME + LEVEL + ASKED_FOR + OPENED):
                shown(reader, "dh/?year=2022")
