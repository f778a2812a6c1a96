"""What a process keeps of whole programs: told without counting while it holds, and never a moment longer."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.figures.models import ProgramMark
from coordination.figures.queries import Scope, figures_of
from coordination.figures.queries.counting import counted
from coordination.figures.queries.counts import AgencyCounts, Counted
from coordination.figures.queries.groups import rows_of
from coordination.figures.queries.sums import Sums
from coordination.programs.queries import programs_covering
from coordination.tasks.enums import RoleKind, TaskState
from coordination.tasks.models import PartReport, Target, Task, TaskRole
from records import clock
from tests.factories.people import make_member, make_unit
from tests.integration.test_figures_sample import District

pytestmark = pytest.mark.django_db
DUE = date(2022, 4, 5)
TASKS = "WITH task ("


@pytest.fixture
def district(db) -> District:
    return District(make_unit("DH"))


@pytest.fixture
def program(district):
    return district.program(2022, 1, ("ubnd", "mttq"))


@pytest.fixture
def task(district, program) -> Task:
    return district.task(program, "ubnd", "mttq", state=TaskState.IN_PROGRESS, due_on=DUE)


@pytest.fixture
def told(district, today) -> Callable[..., Counted]:
    """What the leader is told of the year on a day, out of what is kept where it holds."""
    return lambda day=today: _counted(district.leader, day)


def _counted(actor, day: date) -> Counted:
    return counted(Scope(actor), 2022, programs_covering(actor, 2022), as_of=day)


def _alive(actor, day: date) -> Counted:
    """The same, with every task looked at."""
    return Sums(rows_of(Scope(actor), 2022, programs_covering(actor, 2022), as_of=day)).counted()


def _differences(one: Counted, other: Counted) -> list[str]:
    """Where two counts differ; the order of groups and of the months of an agency says nothing."""
    plain = [
        {
            "programs": counted.programs,
            "areas": counted.areas,
            "agencies": {key: (*told[:3], _months(told), *told[4:]) for key, told in counted.agencies.items()},
            "months": sorted(map(repr, counted.months)),
            "targets": (counted.measured, counted.reached, counted.exceeded),
        }
        for counted in (one, other)
    ]
    return [name for name in plain[0] if plain[0][name] != plain[1][name]]


def _months(told: AgencyCounts) -> Counter:
    months = Counter()
    for part in told.parts():
        months[part.bucket, part.due_month] += part.count
    return months


def test_what_did_not_change_is_not_counted_again(told, task):
    first = told()
    with CaptureQueriesContext(connection) as asked:
        assert _differences(told(), first) == []
    assert not [query for query in asked.captured_queries if query["sql"].startswith(TASKS)]
    assert first.programs[task.program_id]


def test_only_what_changed_is_counted_again(told, district, task):
    other = district.program(2022, 2, ("ubnd",))
    district.task(other, "ubnd", due_on=DUE)
    told()
    Task.objects.filter(pk=task.pk).update(state=TaskState.NOT_STARTED)
    with CaptureQueriesContext(connection) as asked:
        told()
    [again] = [query["sql"] for query in asked.captured_queries if query["sql"].startswith(TASKS)]
    assert f'"coordination_task"."program_id" IN ({task.program_id})' in again


def test_every_change_is_told_at_once(told, district, task, today):
    """Rule R-FIG-23: whoever changes a task, a part, a target or reports one's part, however they do it."""
    lead, part = task.roles.get(kind=RoleKind.LEAD), task.roles.get(kind=RoleKind.COORDINATOR)
    other, moment = district.program(2022, 2, ("ubnd", "hnd")), clock.now()
    changes: dict[str, Callable[[], object]] = {
        "a task entered": lambda: district.task(task.program, "hnd", due_on=date(2022, 3, 1)),
        "its state": lambda: _change(task, state=TaskState.AWAITING, completed_on=today),
        "confirmed": lambda: _change(task, state=TaskState.COMPLETED, completed_on=today, confirmed_on=today),
        "its deadline": lambda: _change(task, due_on=date(2022, 3, 20)),
        "its area": lambda: _change(task, area=district.areas["gn"]),
        "reported on": lambda: _change(task, last_value=80, last_reported_at=moment),
        "a target": lambda: Target.objects.create(task=task, position=1, value=80, unit="hộ"),
        "the target's value": lambda: Target.objects.filter(task=task).update(value=90),
        "a part passed on": lambda: TaskRole.objects.filter(pk=part.pk).update(agency=district.agencies["pn"]),
        "the lead passed on": lambda: TaskRole.objects.filter(pk=lead.pk).update(agency=district.agencies["hnd"]),
        "a part reported": lambda: PartReport.objects.create(
            role=part, reported_on=today, entered_at=moment, by=district.leader, result="Đã làm"
        ),
        "opened again": lambda: _change(task, state=TaskState.IN_PROGRESS, completed_on=None, confirmed_on=None),
        "stopped": lambda: _change(task, state=TaskState.SUSPENDED),
        "in another program": lambda: _change(task, program=other, state=TaskState.IN_PROGRESS),
        "in the bin": lambda: _change(task, binned_at=moment, binned_by=district.leader),
    }
    before = told()
    for name, change in changes.items():
        change()
        after = told()
        assert _differences(after, _alive(district.leader, today)) == [], name
        assert _differences(after, before), f"{name} changed nothing that is counted"
        before = after


def _change(task: Task, **facts) -> None:
    Task.with_binned.filter(pk=task.pk).update(**facts)


def test_a_deadline_that_passes_is_told_though_nothing_changed(told, district, task):
    district.task(task.program, "mttq", due_on=DUE + timedelta(3))
    days = [DUE + timedelta(days) for days in (-1, 0, 1, 3, 4)]
    overdue = []
    for day in days:
        with clock.standing_at(clock.at(day)):
            overdue.append(told(day).programs[task.program_id]["overdue"])
            assert _differences(told(day), _alive(district.leader, day)) == []
    assert overdue == [0, 0, 1, 1, 2]


def test_a_day_before_the_one_it_was_counted_on_is_counted_anew(told, district, task):
    for day in (DUE + timedelta(1), DUE):
        with clock.standing_at(clock.at(day)):
            assert told(day).programs[task.program_id]["overdue"] == int(day > DUE)


def test_what_is_taken_back_is_not_kept(told, task, today):
    """Whoever reads within a transaction of theirs keeps nothing that others could be told."""
    before = told()
    _change(task, due_on=date(2022, 3, 1))
    inside = told()
    _change(task, due_on=DUE)
    assert _differences(told(), before) == []
    _change(task, due_on=date(2022, 3, 2))
    assert _differences(told(), inside) == [], "overdue again, under marks nobody had"


def test_who_only_works_in_a_program_is_told_of_single_tasks(told, district, task, today):
    """Rule R-FIG-4: what is kept is for those who make the program."""
    district.task(task.program, "ubnd", "hnd", due_on=DUE)
    own = district.program(2022, 3, ("hnd", "pn"))
    district.task(own, "hnd", due_on=DUE)
    assert figures_of(Scope(district.leader), 2022, as_of=today).year.total == 3
    outside = make_member(district.agencies["hnd"], Role.LEADER)
    for _turn in range(2):
        assert figures_of(Scope(outside), 2022, as_of=today).year.total == 2, "one of theirs, one they work in"
        assert _differences(_counted(outside, today), _alive(outside, today)) == []
    assert not ProgramMark.objects.visible_to(outside).filter(program=task.program).exists()


def test_a_program_has_one_mark_however_often_it_changes(task):
    for number in range(3):
        _change(task, note=f"Lần {number}")
    assert ProgramMark.objects.filter(program=task.program).count() == 1
