"""Units of a level over time: merged, closed in mid-year, moved, taken over. Rule: R-LEVEL-4."""

import re
from datetime import date

import pytest

from agencies.units.enums import SuccessionKind, UnitKind
from agencies.units.services import record_succession
from coordination.tasks.enums import TaskState
from records import clock
from tests.factories.levels import commune_below, counts_of, leader_of, level, shown, signed, text_of
from tests.factories.units import founded

pytestmark = pytest.mark.django_db

REFORM, EVE = date(2025, 7, 1), date(2025, 6, 30)


@pytest.fixture
def country():
    return founded("VN", UnitKind.COUNTRY, "Việt Nam")


@pytest.fixture
def province(country):
    return founded("QN", UnitKind.PROVINCE, "Quảng Ninh", parent=country)


@pytest.fixture
def leader(province):
    return leader_of(province)


@pytest.fixture
def merged(province):
    """A commune that another took over on 1/7/2025, and the one that did."""
    old = commune_below(province, "CU", "Cũ", valid_to=EVE)
    new = commune_below(province, "MOI", "Mới", valid_from=REFORM)
    record_succession(
        [old.unit], new.unit, kind=SuccessionKind.MERGED, decision="1679/NQ-UBTVQH15", effective_on=REFORM
    )
    return old, new


@pytest.fixture
def later():
    with clock.standing_at(clock.at(date(2026, 3, 30), 17)):
        yield date(2026, 3, 30)


def test_a_merged_unit_stands_in_the_years_it_existed(merged, leader, later):
    old, _new = merged
    signed(old, 2024, "..x")
    assert counts_of(level(leader, year=2024)) == {"CU": 3}


def test_a_unit_closed_mid_year_keeps_its_figures_beside_the_new_one(merged, leader, later, sign_in):
    old, new = merged
    signed(old, 2025, "..x")
    signed(new, 2025, ".", period_start=REFORM, signed_on=REFORM)
    assert counts_of(level(leader, year=2025)) == {"CU": 3, "MOI": 1}
    said = text_of(shown(sign_in(leader), "?year=2025"))
    assert "30/6/2025" in said
    assert counts_of(level(leader, year=2025, as_of=date(2025, 3, 1))) == {"CU": 3}


def test_what_runs_on_after_a_merger_counts_for_the_successor(merged, leader, later):
    old, new = merged
    program = signed(old, 2025, "", period_end=date(2026, 12, 31))
    old.task(program, "ubnd", state=TaskState.IN_PROGRESS, due_on=date(2026, 6, 1))
    assert counts_of(level(leader, year=2026)) == {"MOI": 1}
    assert int(level(leader, new.unit, 2026).whole.tally.total) == 1


def test_the_page_of_a_unit_that_ended_before_leads_to_its_successor(merged, leader, later, sign_in):
    page = shown(sign_in(leader), "cu/?year=2026")
    crumbs = page[page.index("pf-crumbs") : page.index("</nav>", page.index("pf-crumbs"))]
    assert re.findall(r"/tong-quan/don-vi/(\w+)/", crumbs) == ["qn", "moi"]
    assert "Xã Cũ" in crumbs


def test_a_unit_that_ended_without_successor_loses_no_task(province, leader, later):
    gone = commune_below(province, "HET", "Hết", valid_to=EVE)
    program = signed(gone, 2025, "", period_end=date(2026, 12, 31))
    gone.task(program, "ubnd", state=TaskState.IN_PROGRESS, due_on=date(2026, 6, 1))
    told = level(leader, year=2026)
    assert counts_of(told) == {"HET": 1}
    assert int(told.whole.tally.total) == 1


def test_a_commune_moved_from_district_to_province_counts_once(province, leader, later):
    district = founded("HDH", UnitKind.DISTRICT, "Đầm Hà", parent=province, valid_to=EVE)
    commune = commune_below(province, "DHX", "Đầm Hà")
    commune.unit.parents.update(parent=district, valid_to=EVE)
    commune.unit.parents.create(parent=province, valid_from=REFORM)
    signed(commune, 2025, "..x")
    told = level(leader, year=2025)
    assert counts_of(told) == {"HDH": 0, "DHX": 3}
    assert int(told.whole.tally.total) == 3


def test_a_province_that_took_another_over_opens_its_years(country, province, leader, later):
    other = founded("BG", UnitKind.PROVINCE, "Bắc Giang", parent=country, valid_to=EVE)
    signed(commune_below(other, "BG-1", "Một", valid_to=EVE), 2024, "..")
    record_succession([other], province, kind=SuccessionKind.MERGED, decision="202/2025/QH15", effective_on=REFORM)
    assert counts_of(level(leader, other, 2024)) == {"BG-1": 2}
    assert counts_of(level(leader, year=2024)) == {}
