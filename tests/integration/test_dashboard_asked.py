"""Whatever an address asks of the dashboard, it answers with figures and a sentence, and its sums agree."""

from datetime import date, datetime

import pytest
from django.test import Client

from agencies.access.enums import Role
from coordination.figures.queries import figures_of, scope_for
from coordination.tasks.enums import ScheduleKind, TaskState
from records import clock
from tests.factories.people import make_member, make_unit
from tests.integration.test_dashboard import shown, text_of, without_token
from tests.integration.test_figures_sample import District, sample_2021

YEARS = ("0001", "9999", str(10**30), "-2022", "2022.5", "hai nghìn", "²⁰²²")
DAYS = ("31/02/2022", "2022-02-31", "0/0/0", "hôm qua", "9" * 40, "01/01/0001", "31/12/9999", "30/3/22222")
CODES = ("khong-co", "x" * 300, "a'; drop table", "<script>alert(1)</script>", "%s%n", "ưđ\u0000", "\ud800")


@pytest.fixture
def district(db) -> District:
    district = District(make_unit("DH"))
    sample_2021(district)
    return district


@pytest.fixture
def reader(district, sign_in) -> Client:
    return sign_in(district.leader)


@pytest.mark.parametrize("year", YEARS)
def test_a_year_the_portal_does_not_count_is_told(reader, year):
    response = reader.get("/tong-quan/", {"year": year})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'role="status"' in page
    assert "NaN" not in without_token(page)


@pytest.mark.parametrize("day", DAYS)
def test_a_day_that_is_none_is_told_and_today_is_shown(reader, day):
    told = text_of(reader.get("/tong-quan/", {"year": "2021", "day": day}).content.decode())
    assert f"“{day[:40]}" in told
    assert "43/46" in told
    assert "30/3/2022" in told


def test_a_day_to_come_is_told(reader):
    told = text_of(shown(reader, "?year=2021&day=01/4/2022"))
    assert "01/4/2022" in told
    assert "43/46" in told


@pytest.mark.parametrize("key", ["program", "agency", "area"])
@pytest.mark.parametrize("code", CODES)
def test_a_code_that_names_nothing_is_told_beside_the_whole(reader, key, code):
    response = reader.get("/tong-quan/", {"year": "2021", key: code.encode("utf-8", "replace").decode()})
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count('role="status"') == 1
    assert "43/46" in text_of(page)
    assert "<script>alert" not in page


def test_filters_that_leave_nothing_say_so(district, reader):
    page = shown(reader, "?year=2021&area=nam&agency=ldld&program=dh-2021-01")
    assert "pf-empty" in page
    assert "NaN" not in without_token(page)


def test_a_day_before_everything_is_a_day_like_others(reader):
    words = text_of(shown(reader, "?year=2021&day=01/01/1990"))
    assert "01/01/1990" in words
    assert "NaN" not in words


def test_tasks_without_days_are_counted_apart(district, reader):
    program = district.program(2022, 1, ("ubnd", "mttq"))
    district.task(program, "ubnd", "mttq", schedule_kind=ScheduleKind.ONGOING, due_on=None)
    page = shown(reader, "?year=2022")
    assert "NaN" not in without_token(page)
    assert "None" not in text_of(page)


def test_the_last_half_hour_of_a_year_belongs_to_it(district, reader):
    program = district.program(2022, 1, ("ubnd", "mttq"))
    district.task(program, "ubnd", state=TaskState.IN_PROGRESS, due_on=date(2022, 12, 31))
    with clock.standing_at(datetime.fromisoformat("2022-12-31T23:30:00+07:00")):
        page = shown(reader, "?year=2022")
        assert "attention-title" not in page
        assert "31/12/2022" in text_of(page)
    with clock.standing_at(datetime.fromisoformat("2023-01-01T00:30:00+07:00")):
        assert "attention-title" in shown(reader, "?year=2022")


def test_a_unit_closed_in_the_year_keeps_its_figures(district, reader):
    unit = district.unit
    unit.valid_to = date(2021, 6, 30)
    unit.save(update_fields=["valid_to"])
    assert "43/46" in text_of(shown(reader, "?year=2021"))


def test_an_official_is_told_nothing_of_another_agencys_code(district, sign_in):
    official = sign_in(make_member(district.agencies["mttq"], Role.OFFICIAL))
    hidden, missing = (text_of(shown(official, f"?year=2021&agency={code}")) for code in ("hnd", "zzz"))
    assert hidden == missing.replace("zzz", "hnd")


@pytest.mark.parametrize("narrowed", [{}, {"area_id": "ntm"}, {"agency_id": "mttq"}])
def test_rows_add_up_to_the_total(district, today, narrowed):
    keys = {"area_id": district.areas, "agency_id": district.agencies}
    scope = scope_for(district.leader, **{key: keys[key][code].pk for key, code in narrowed.items()})
    figures = figures_of(scope, 2021, as_of=today)
    total = figures.year.total
    assert sum(area.tally.total for area in figures.areas) == total
    assert sum(program.tally.total for program in figures.programs) == total
    assert sum(cell.tally.total for cell in figures.months.months) == total
    assert sum((figures.year.on_time, figures.year.late, figures.year.overdue, figures.year.in_time)) == total
    for row in figures.months_by_agency:
        assert sum(cell.tally.due for cell in row.months) == row.year.due
