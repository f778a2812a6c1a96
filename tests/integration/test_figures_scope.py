"""Whose tasks are counted: a small year counted by hand, with rows nearby that must not leak into it."""

from datetime import date

import pytest

from agencies.access.enums import Role
from coordination.figures.queries import (
    Scope,
    by_agency,
    by_month_and_agency,
    figures_of,
    programs_awaiting_signatures,
    scope_for,
    tallies_by_year,
    year_figures,
)
from coordination.tasks.enums import ScheduleKind, TaskState
from coordination.tasks.models import Target
from tests.factories.people import make_member, make_unit
from tests.factories.programs import make_program
from tests.integration.test_figures_sample import District

MARCH = date(2022, 3, 20)


@pytest.fixture
def district(db) -> District:
    return District(make_unit("DH"))


@pytest.fixture
def year(district):
    """Five tasks with a deadline: one on time, one late, one overdue, two ahead; one ongoing; two not counted."""
    program = district.program(2022, 1, ("ubnd", "mttq"))
    done = {"state": TaskState.COMPLETED, "due_on": MARCH}
    district.task(program, "ubnd", "mttq", **done)
    district.task(program, "mttq", "ubnd,hnd", "gn", **done, completed_on=date(2022, 3, 24))
    district.task(program, "ubnd,mttq", "", "gn", state=TaskState.IN_PROGRESS, due_on=MARCH)
    district.task(program, "ubnd", "", state=TaskState.IN_PROGRESS)
    district.task(program, "mttq", "", state=TaskState.NOT_STARTED)
    district.task(program, "ubnd", "", schedule_kind=ScheduleKind.ONGOING, due_on=None)
    district.task(program, "ubnd", "", state=TaskState.CANCELLED)
    district.task(program, "ubnd", "", state=TaskState.SUSPENDED)
    return program


def test_a_year_counted_by_hand(district, year, today):
    counted = year_figures(Scope(district.leader), 2022, as_of=today)
    assert (counted.total, counted.on_time, counted.late, counted.overdue, counted.in_time) == (5, 1, 1, 1, 2)
    assert (counted.ongoing, counted.due, counted.done) == (1, 3, 2)
    assert (counted.mean_late_days, counted.most_late_days) == (4, 4)


def test_a_deadline_counts_as_passed_from_the_day_after(district, year):
    on_the_day = year_figures(Scope(district.leader), 2022, as_of=MARCH)
    assert on_the_day.overdue == 0
    # The one that was completed on the 24th was still overdue on the 21st.
    assert year_figures(Scope(district.leader), 2022, as_of=date(2022, 3, 21)).overdue == 2


def test_the_legal_limit_decides_where_there_is_one(district, year, today):
    district.task(year, "ubnd", state=TaskState.IN_PROGRESS, due_on=MARCH, legal_due_on=date(2022, 4, 20))
    assert year_figures(Scope(district.leader), 2022, as_of=today).overdue == 1


def test_a_task_with_two_leads_is_counted_for_the_first(district, year, today):
    rows = {row.agency.code: row for row in by_agency(Scope(district.leader), 2022, as_of=today)}
    assert (rows["ubnd"].led.total, rows["mttq"].led.total) == (3, 2)
    assert sum(row.led.total for row in rows.values()) == 5
    assert (rows["mttq"].involved.total, rows["mttq"].coordinated) == (4, 2)
    assert (rows["hnd"].led.total, rows["hnd"].involved.total) == (0, 1)
    assert rows["ubnd"].led.total.query == "?year=2022&lead=ubnd" + "".join(
        f"&bucket={bucket}" for bucket in ("done_on_time", "done_late", "in_time", "overdue")
    )
    # The list by lead would show the task it leads second as well.
    assert rows["mttq"].led.total.query == ""


def test_targets_reached(district, year, today):
    for value, reached in ((10, 10), (10, 4)):
        task = district.task(year, "ubnd", last_value=reached)
        Target.objects.create(task=task, value=value, unit="hộ")
    counted = year_figures(Scope(district.leader), 2022, as_of=today)
    assert (counted.measured, counted.reached) == (2, 1)


def test_a_program_of_several_years_is_counted_in_each(district, today):
    long = district.program(2021, 1, ("ubnd",), period_end=date(2023, 12, 31))
    district.task(long, "ubnd", due_on=date(2022, 5, 20), start_on=date(2021, 2, 1))
    district.task(long, "ubnd", due_on=None, schedule_kind=ScheduleKind.ONGOING)
    scope = Scope(district.leader)
    figures = figures_of(scope, 2022, as_of=today)
    assert [cell.month for cell in figures.months.months if cell.tally.total] == [5]
    earlier = figures_of(scope, 2021, as_of=today)
    assert (earlier.year.total, earlier.months.year.total) == (1, 0)
    assert year_figures(scope, 2023, as_of=today).total == 0
    years = tallies_by_year(scope, as_of=today)
    assert {year: (int(tally.total), int(tally.ongoing)) for year, tally in years.items()} == {
        year: (
            int(year_figures(scope, year, as_of=today).total),
            int(year_figures(scope, year, as_of=today).ongoing),
        )
        for year in (2021, 2022, 2023)
    }


def test_foreign_rows_change_nothing(district, year, today):
    before = figures_of(Scope(district.leader), 2022, as_of=today)
    neighbour = District(make_unit("HH"))
    neighbour.task(neighbour.program(2022, 1, ("ubnd",)), "ubnd", "mttq", state=TaskState.IN_PROGRESS)
    others = district.program(2022, 2, ("hnd", "pn"), drafting_agency=district.agencies["hnd"])
    district.task(others, "hnd", "pn", state=TaskState.IN_PROGRESS)
    assert figures_of(Scope(district.leader), 2022, as_of=today) == before
    seen_there = figures_of(Scope(neighbour.leader), 2022, as_of=today)
    assert (seen_there.year.total, len(seen_there.programs)) == (1, 1)


def test_an_official_counts_the_own_agency_only(district, year, today):
    official = make_member(district.agencies["mttq"], Role.OFFICIAL)
    counted = figures_of(scope_for(official), 2022, as_of=today)
    assert counted.year.total == 4
    assert counted.year.total.query.startswith("?year=2022&involves=mttq&")
    assert [row.agency.code for row in counted.agencies] == ["mttq"]
    leader = make_member(district.agencies["mttq"], Role.LEADER)
    assert figures_of(scope_for(leader), 2022, as_of=today).year.total == 5


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.UNIT_ADMIN])
def test_administrators_count_nothing(district, year, today, role):
    admin = make_member(district.agencies["ubnd"], role)
    assert figures_of(scope_for(admin), 2022, as_of=today).year.total == 0


def test_narrowing_to_an_agency_an_area_and_a_program(district, year, today):
    scope = Scope(district.leader, agency_id=district.agencies["hnd"].pk)
    assert year_figures(scope, 2022, as_of=today).total == 1
    assert [row.agency.code for row in by_month_and_agency(scope, 2022, as_of=today)] == ["hnd"]
    in_area = figures_of(Scope(district.leader, area_id=district.areas["gn"].pk), 2022, as_of=today)
    assert (in_area.year.total, len(in_area.areas)) == (2, 1)
    assert [choice.code for choice in in_area.choices["area"]] == ["tt", "gn"]
    other = district.program(2022, 2, ("ubnd",))
    assert year_figures(Scope(district.leader, program_ids=(other.pk,)), 2022, as_of=today).total == 0


def test_programs_awaiting_signatures_name_who_is_awaited(db):
    program = make_program("signing", parties=3, signed=1)
    leader = make_member(program.drafting_agency, Role.LEADER)
    [waiting] = programs_awaiting_signatures(Scope(leader))
    assert (waiting.code, len(waiting.awaited)) == (program.code, 2)
    assert programs_awaiting_signatures(Scope(District(make_unit("HH")).leader)) == []


def test_figures_take_five_queries_however_many_tasks(district, year, today, django_assert_num_queries):
    district.leader.agency_ids()
    for _more in range(2):
        with django_assert_num_queries(5):
            figures_of(Scope(district.leader), 2022, as_of=today)
        district.task(district.program(2022, year.ordinal + 7 + _more, ("ubnd", "pn")), "pn", "ubnd", "antt")
