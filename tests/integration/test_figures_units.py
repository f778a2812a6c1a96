"""Figures by unit: two neighbours whose agency works in both, a unit closed in the middle of the year."""

from datetime import date

import pytest

from agencies.access.enums import Role
from agencies.units.models import UnitName
from coordination.figures.queries import Scope, by_unit, figures_of
from coordination.tasks.enums import TaskState
from tests.factories.people import make_member, make_unit
from tests.integration.test_figures_sample import District


@pytest.fixture
def neighbours(db) -> tuple[District, District]:
    """Two districts; the committee of the first is party to one program of the second and works in another."""
    here, there = District(make_unit("DH", "huyện Ất")), District(make_unit("HH", "huyện Giáp"))
    own = here.program(2022, 1, ("ubnd", "mttq"))
    here.task(own, "ubnd", "mttq", state=TaskState.COMPLETED, due_on=date(2022, 3, 20))
    here.task(here.program(2022, 2, ("ubnd",)), "ubnd", state=TaskState.IN_PROGRESS, due_on=date(2022, 2, 1))
    there.agencies["guest"] = here.agencies["ubnd"]
    there.task(there.program(2022, 1, ("ubnd", "guest")), "mttq", state=TaskState.IN_PROGRESS)
    there.task(there.program(2022, 2, ("ubnd",)), "mttq", state=TaskState.IN_PROGRESS)
    return here, there


def test_each_unit_has_the_tasks_of_its_programs_and_no_others(neighbours, today):
    here, there = neighbours
    seen = by_unit(Scope(here.leader), 2022, as_of=today)
    assert [(unit.code, int(unit.tally.total), unit.programs) for unit in seen] == [("DH", 2, 2), ("HH", 1, 1)]
    assert (seen[0].tally.on_time, seen[0].tally.overdue, seen[0].name) == (1, 1, "huyện Ất")
    only_there = by_unit(Scope(there.leader), 2022, as_of=today)
    assert [(unit.pk, int(unit.tally.total)) for unit in only_there] == [(there.unit.pk, 2)]


def test_the_units_make_the_total_of_the_year(neighbours, today):
    scope = Scope(neighbours[0].leader)
    figures, units = figures_of(scope, 2022, as_of=today), by_unit(scope, 2022, as_of=today)
    assert sum(unit.tally.total for unit in units) == figures.year.total == 3
    assert sum(unit.programs for unit in units) == len(figures.programs)


def test_a_unit_closed_in_the_year_keeps_its_tasks_under_its_last_name(neighbours, today):
    here, _there = neighbours
    UnitName.objects.filter(unit=here.unit).update(valid_to=date(2022, 6, 30))
    here.unit.valid_to = date(2022, 6, 30)
    here.unit.save()
    units = by_unit(Scope(here.leader), 2022, as_of=date(2022, 12, 31))
    assert [(unit.name, int(unit.tally.total)) for unit in units if unit.code == "DH"] == [("huyện Ất", 2)]


def test_administrators_count_no_unit(neighbours, today):
    admin = make_member(neighbours[0].agencies["ubnd"], Role.UNIT_ADMIN)
    assert by_unit(Scope(admin), 2022, as_of=today) == ()


def test_three_queries_however_many_units(neighbours, today, django_assert_num_queries):
    for district in neighbours:
        assert district.leader.agency_ids()
        with django_assert_num_queries(3):
            by_unit(Scope(district.leader), 2022, as_of=today)


def test_what_two_units_call_alike_is_told_apart_and_offered_only_where_a_filter_finds_it(neighbours, today):
    """Rule: R-FIG-22."""
    here, there = neighbours
    figures = figures_of(Scope(here.leader), 2022, as_of=today)
    agencies = {row.agency.pk: row.agency for row in figures.agencies}
    own, other = agencies[here.agencies["mttq"].pk], agencies[there.agencies["mttq"].pk]
    assert own.code == other.code and own.is_reached and not other.is_reached
    assert [area.name for area in figures.areas] == ["Lĩnh vực tt (huyện Ất)", "Lĩnh vực tt (huyện Giáp)"]
    assert {choice.pk for choice in figures.choices["agency"]} >= {own.pk}
    assert other.pk not in {choice.pk for choice in figures.choices["agency"]}
    assert [choice.pk for choice in figures.choices["area"]] == [here.areas["tt"].pk]
    names = [row.agency.short_name for row in figures.agencies]
    assert len(set(names)) == len({row.agency.name for row in figures.agencies})
