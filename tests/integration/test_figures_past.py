"""Figures of a day that is over: what happened since is undone, and the lists behind them say the same."""

from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from django.urls import reverse

from agencies.access.enums import Role
from coordination.figures.queries import Scope, figures_of, tallies_by_year, unfinished_tasks
from coordination.handover.models import Handover
from coordination.lists.forms import filters_from
from coordination.lists.queries import found_by, task_list
from coordination.tasks.enums import Standing, TaskState
from coordination.tasks.models import ActualFigure, DueDateChange, ProgressReport, Target, TaskStateChange
from records import clock, wording
from reports.documents.report_targets import targets_of_year
from tests.factories.people import make_member, make_unit
from tests.factories.reorganisations import make_act, make_land
from tests.integration.test_figures_sample import District

BEGUN, CLAIMED, CONFIRMED = date(2022, 1, 10), date(2022, 2, 10), date(2022, 2, 20)


@pytest.fixture
def district(db) -> District:
    return District(make_unit("DH"))


@pytest.fixture
def secretary(district):
    return make_member(district.agencies["ubnd"], Role.SECRETARY)


def passed(task, by, *steps: tuple[TaskState, datetime | date]) -> None:
    """The states a task came through, oldest first; a bare day means its forenoon."""
    before = ""
    for state, on in steps:
        at = on if isinstance(on, datetime) else clock.at(on, 9)
        TaskStateChange.objects.create(task=task, from_state=before, to_state=state, at=at, by=by)
        before = state


@pytest.fixture
def done(district, secretary):
    """A task due on 1 March, begun, reported as completed in February and confirmed ten days later."""
    task = district.task(
        district.program(2022, 1, ("ubnd", "mttq")),
        "ubnd",
        "mttq",
        state=TaskState.COMPLETED,
        due_on=date(2022, 3, 1),
        completed_on=CLAIMED,
    )
    task.confirmed_on = CONFIRMED
    task.save()
    passed(
        task,
        secretary,
        (TaskState.NOT_STARTED, date(2022, 1, 5)),
        (TaskState.IN_PROGRESS, BEGUN),
        (TaskState.AWAITING, CLAIMED),
        (TaskState.COMPLETED, CONFIRMED),
    )
    return task


def counted(district: District, day: date) -> dict[str, int]:
    year = figures_of(Scope(district.leader), 2022, as_of=day).year
    return {name: int(getattr(year, name)) for name in ("total", "on_time", "late", "in_time", "overdue")}


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2022, 1, 4), None),
        (date(2022, 1, 5), Standing.NOT_STARTED),
        (BEGUN, Standing.IN_PROGRESS),
        (CLAIMED - timedelta(days=1), Standing.IN_PROGRESS),
        (CLAIMED, Standing.AWAITING),
        (CONFIRMED, Standing.COMPLETED),
    ],
)
def test_a_task_stands_as_it_stood(district, done, day, standing):
    year = figures_of(Scope(district.leader), 2022, as_of=day).year
    assert dict(year.standings) == ({standing: 1} if standing else {})


def test_half_past_eleven_at_night_is_still_that_day(district, secretary):
    program = district.program(2021, 1, ("ubnd",), period_end=date(2022, 12, 31))
    task = district.task(
        program, "ubnd", state=TaskState.AWAITING, due_on=date(2021, 12, 31), completed_on=date(2021, 12, 31)
    )
    passed(
        task,
        secretary,
        (TaskState.IN_PROGRESS, date(2021, 5, 1)),
        (TaskState.AWAITING, clock.at(date(2021, 12, 31), 23, 30)),
    )
    year = figures_of(Scope(district.leader), 2021, as_of=date(2021, 12, 31)).year
    assert (int(year.awaiting), int(year.overdue)) == (1, 0)
    assert int(figures_of(Scope(district.leader), 2021, as_of=date(2021, 12, 30)).year.awaiting) == 0


def test_the_deadline_in_force_then_decides(district, secretary):
    task = district.task(
        district.program(2022, 1, ("ubnd",)), "ubnd", state=TaskState.IN_PROGRESS, due_on=date(2022, 6, 30)
    )
    DueDateChange.objects.create(
        task=task,
        old_due_on=date(2022, 2, 15),
        new_due_on=date(2022, 6, 30),
        reason="Mưa lũ",
        at=clock.at(date(2022, 3, 1), 9),
        by=secretary,
    )
    before = figures_of(Scope(district.leader), 2022, as_of=date(2022, 2, 20))
    assert (before.year.overdue, [cell.month for cell in before.months.months if cell.tally.total]) == (1, [2])
    assert counted(district, date(2022, 3, 1))["overdue"] == 0


def test_what_was_returned_was_awaiting_on_the_day_it_was_claimed(district, secretary):
    task = district.task(
        district.program(2022, 1, ("ubnd",)), "ubnd", state=TaskState.IN_PROGRESS, due_on=date(2022, 2, 1)
    )
    passed(
        task,
        secretary,
        (TaskState.IN_PROGRESS, BEGUN),
        (TaskState.AWAITING, CLAIMED),
        (TaskState.IN_PROGRESS, CONFIRMED),
    )
    year = figures_of(Scope(district.leader), 2022, as_of=CLAIMED).year
    assert (int(year.awaiting), int(year.overdue)) == (1, 1), "reported late, so it is not within its deadline"


def test_a_target_counts_as_reached_from_the_day_it_was(district, secretary):
    task = district.task(district.program(2022, 1, ("ubnd",)), "ubnd", state=TaskState.IN_PROGRESS, last_value=10)
    Target.objects.create(task=task, value=10, unit="hộ")
    for before, value, on in ((None, 4, BEGUN), (4, 10, CLAIMED)):
        ProgressReport.objects.create(
            task=task,
            reported_on=on,
            entered_at=clock.at(on, 9),
            by=secretary,
            value_before=before,
            value=value,
            percent=40,
        )
    on_day = {day: figures_of(Scope(district.leader), 2022, as_of=day).year for day in (BEGUN, CLAIMED)}
    assert [(on_day[day].measured, on_day[day].reached) for day in on_day] == [(1, 0), (1, 1)]


def test_the_annex_of_targets_tells_what_was_reported_by_the_cut_off(district, secretary):
    task = district.task(district.program(2022, 1, ("ubnd",)), "ubnd", state=TaskState.IN_PROGRESS, last_value=10)
    Target.objects.create(task=task, position=1, value=10, unit="hộ")
    further = Target.objects.create(task=task, position=2, name="Số buổi", value=8, unit="buổi")
    for before, value, times, on in ((None, 4, 2, BEGUN), (4, 10, 6, CLAIMED)):
        told = ProgressReport.objects.create(
            task=task,
            reported_on=on,
            entered_at=clock.at(on, 9),
            by=secretary,
            value_before=before,
            value=value,
            percent=40,
        )
        ActualFigure.objects.create(report=told, target=further, value=times)
    reached = {
        day: [row.cells[4:] for row in targets_of_year([task.program], 2022, cut_off=day).rows if not row.is_group]
        for day in (BEGUN - timedelta(1), BEGUN, CLAIMED)
    }
    assert list(reached.values()) == [[("-", "-")] * 2, [("4", "40%"), ("2", "25%")], [("10", "100%"), ("6", "75%")]]


def test_numbers_of_a_past_day_carry_it_and_their_lists_show_as_many(district, done, secretary):
    program = done.program
    passed(
        district.task(program, "mttq", state=TaskState.IN_PROGRESS, due_on=date(2022, 2, 1)),
        secretary,
        (TaskState.IN_PROGRESS, BEGUN),
    )
    for day in (date(2022, 1, 31), CLAIMED, date(2022, 3, 15)):
        figures = figures_of(Scope(district.leader), 2022, as_of=day)
        for number in (figures.year.total, figures.year.overdue, figures.year.done, figures.agencies[0].led.total):
            assert ("day", wording.day(day)) in parse_qsl(number.query[1:])
            filters, form = filters_from(QueryDict(number.query[1:]), year=2022)
            assert not form.errors
            assert found_by(secretary, filters, today=clock.today()).count() == number


def test_the_list_of_a_past_day_shows_its_rows_and_says_so(district, done, secretary, sign_in):
    filters, _form = filters_from(QueryDict("day=15/01/2022"), year=2022)
    listed = task_list(secretary, filters, today=clock.today())
    assert [(row.code, row.standing, row.is_done) for row in listed.rows] == [(done.code, Standing.IN_PROGRESS, False)]
    [chip] = listed.chips
    assert ("15/01/2022" in chip.label, "day=" in chip.query) == (True, False)
    page = sign_in(secretary).get(reverse("coordination:task-list") + filters.query)
    assert (page.status_code, done.title in page.content.decode()) == (200, True)


@pytest.mark.parametrize("typed", ["01/01/0001", "31/12/9999", "30/02/2022", "không phải ngày", "9" * 40])
def test_days_that_make_no_sense_are_no_error(district, done, secretary, sign_in, typed):
    filters, _form = filters_from(QueryDict(f"day={typed}"), year=2022)
    shown = task_list(secretary, filters, today=clock.today())
    assert [row.standing for row in shown.rows] == [Standing.COMPLETED], "what cannot be read judges by today"
    assert sign_in(secretary).get(reverse("coordination:task-list"), {"day": typed}).status_code == 200


def test_the_day_that_is_not_over_shows_what_is_there_now(district, done, today):
    assert counted(district, today) == counted(district, today + timedelta(days=1))
    assert "day=" not in figures_of(Scope(district.leader), 2022, as_of=today).year.total.query


def test_every_year_is_judged_on_the_past_day_too(district, done):
    by_year = tallies_by_year(Scope(district.leader), as_of=BEGUN)
    assert {year: (int(tally.total), int(tally.done)) for year, tally in by_year.items()} == {2022: (1, 0)}


def test_a_late_task_of_a_past_day_is_named_with_who_led_it_then(district, secretary):
    task = district.task(
        district.program(2022, 1, ("ubnd", "mttq")), "mttq", state=TaskState.IN_PROGRESS, due_on=date(2022, 1, 15)
    )
    passed(task, secretary, (TaskState.IN_PROGRESS, BEGUN))
    agencies = district.agencies
    act = make_act(make_land())
    Handover.objects.create(
        act=act, part="lead", task=task, from_agency=agencies["ubnd"], to_agency=agencies["mttq"], on=CONFIRMED
    )
    named = {
        day: [late.lead for late in unfinished_tasks(Scope(district.leader), 2022, as_of=day)]
        for day in (CLAIMED, clock.today())
    }
    assert named == {
        CLAIMED: [agencies["ubnd"].current_short_name],
        clock.today(): [agencies["mttq"].current_short_name],
    }
