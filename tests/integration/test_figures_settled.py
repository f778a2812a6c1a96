"""What the database counts as tasks settle: exact after every change, whoever makes it, and provable."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.figures.models import SettledCount
from coordination.figures.queries import Scope, differences, tallies_by_year
from coordination.programs.models import Program
from coordination.tasks.enums import ScheduleKind, TaskState
from coordination.tasks.models import Task
from records import clock
from tests.factories.people import make_member, make_unit
from tests.integration.test_figures_sample import District, sample_2021

MARCH = date(2022, 3, 20)


@pytest.fixture
def district(db) -> District:
    return District(make_unit("DH"))


@pytest.fixture
def program(district):
    return district.program(2022, 1, ("ubnd", "mttq"))


def test_every_change_of_a_task_is_counted(district, program):
    task = district.task(program, "ubnd", state=TaskState.IN_PROGRESS, due_on=MARCH)
    assert not SettledCount.objects.exists(), "an open task with a deadline is not settled"
    changes = (
        {"state": TaskState.AWAITING, "completed_on": MARCH},
        {"state": TaskState.COMPLETED, "completed_on": date(2022, 3, 24), "confirmed_on": date(2022, 3, 25)},
        {"legal_due_on": date(2022, 4, 1)},
        {"due_on": date(2023, 3, 20), "start_on": date(2021, 12, 31)},
        {"state": TaskState.IN_PROGRESS, "completed_on": None, "confirmed_on": None, "legal_due_on": None},
        {"schedule_kind": ScheduleKind.ONGOING, "due_on": None},
        {"state": TaskState.SUSPENDED},
        {"state": TaskState.NOT_COMPLETED},
        {"binned_at": clock.now(), "binned_by": district.leader},
        {"binned_at": None, "binned_by": None},
        {"program": district.program(2022, 2, ("ubnd",)), "title": "Tên khác"},
    )
    for change in changes:
        Task.with_binned.filter(pk=task.pk).update(**change)
        assert list(differences()) == [], change
    task.roles.all().delete()
    Task.objects.filter(pk=task.pk).delete()
    assert list(differences()) == []
    assert sum(SettledCount.objects.values_list("count", flat=True)) == 0


def test_what_changes_nothing_adds_no_row(district, program):
    district.task(program, "ubnd", state=TaskState.COMPLETED, due_on=MARCH)
    before = SettledCount.objects.count()
    Task.objects.update(note="Ghi chú", last_percent=100)
    assert SettledCount.objects.count() == before


def test_many_saved_at_once_are_counted(district):
    sample_2021(district)
    Task.objects.filter(state=TaskState.NOT_COMPLETED).update(state=TaskState.CANCELLED)
    assert list(differences()) == []
    years = tallies_by_year(Scope(district.leader), as_of=date(2022, 3, 30))
    seen = Task.objects.visible_to(district.leader).exclude(state=TaskState.CANCELLED)
    assert {year: int(tally.total) for year, tally in years.items()} == {2021: seen.count()}


def test_sums_of_a_program_are_for_those_who_make_it(district, program):
    district.task(program, "ubnd", "hnd", state=TaskState.COMPLETED, due_on=MARCH)
    district.task(program, "mttq", state=TaskState.COMPLETED, due_on=MARCH)
    outside = make_member(district.agencies["hnd"], Role.LEADER)
    assert not SettledCount.objects.visible_to(outside).exists()
    assert int(tallies_by_year(Scope(outside), as_of=date(2022, 3, 30))[2022].total) == 1
    assert int(tallies_by_year(Scope(district.leader), as_of=date(2022, 3, 30))[2022].total) == 2
    admin = make_member(district.agencies["ubnd"], Role.SYSTEM_ADMIN)
    assert not SettledCount.objects.visible_to(admin).exists()


def test_the_command_proves_and_counts_anew(district, program):
    district.task(program, "ubnd", state=TaskState.COMPLETED, due_on=MARCH)
    said = StringIO()
    call_command("figures", stdout=said)
    assert said.getvalue().strip()
    SettledCount.objects.update(count=7)
    said, before = StringIO(), list(differences())
    assert re.search(r"\b7\b.*\b1\b", *before)
    with pytest.raises(CommandError, match="--rebuild"):
        call_command("figures", "--verify", stdout=said)
    assert said.getvalue().splitlines() == before
    with pytest.raises(CommandError):
        call_command("verify", stdout=StringIO())
    call_command("figures", "--rebuild", stdout=StringIO())
    assert list(differences()) == []
    district.task(program, "ubnd", state=TaskState.COMPLETED, due_on=MARCH)
    assert list(differences()) == [], "the triggers are there again"


def test_the_triggers_survive_every_migration(db):
    """A later migration that remakes the table of tasks on SQLite drops them; it must lay them anew."""
    names = {
        "postgresql": "SELECT tgname FROM pg_trigger",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    assert {f"coordination_settledcount_{name}" for name in ("more", "less", "other")} <= there


def test_two_queries_for_all_years(district, program, django_assert_num_queries):
    assert district.leader.agency_ids()
    with django_assert_num_queries(2):
        tallies_by_year(Scope(district.leader), as_of=date(2022, 3, 30))
    sample_2021(district)
    with django_assert_num_queries(2):
        tallies_by_year(Scope(district.leader), as_of=date(2022, 3, 30))


def test_years_are_kept_until_a_task_a_period_or_who_makes_it_changes(district, program, today):
    """Rules R-FIG-23 and R-SEE-18: told without counting while they hold, and never a moment longer."""
    ongoing = {"state": TaskState.IN_PROGRESS, "due_on": None, "schedule_kind": ScheduleKind.ONGOING}
    task, _stays = (district.task(program, "ubnd", **ongoing) for _which in range(2))
    other = district.program(2022, 2, ("hnd", "pn"))
    district.task(other, "hnd", state=TaskState.IN_PROGRESS, due_on=MARCH)
    changes = {
        "a task": lambda: Task.objects.filter(pk=task.pk).update(due_on=MARCH, schedule_kind=ScheduleKind.RANGE),
        "a task more": lambda: district.task(program, "mttq", state=TaskState.IN_PROGRESS, due_on=MARCH),
        "a period": lambda: Program.objects.filter(pk=program.pk).update(period_end=date(2023, 12, 31)),
        "who makes one": lambda: Program.objects.filter(pk=other.pk).update(drafting_agency=district.agencies["hnd"]),
    }
    before = _years(district, today)
    for name, change in changes.items():
        with CaptureQueriesContext(connection) as asked:
            assert _years(district, today) == before
        assert len(asked) <= 2, "which programs, and whether what is kept holds"
        change()
        after = _years(district, today)
        assert after != before, name
        before = after


def _years(district, day: date) -> dict[int, tuple[int, int]]:
    return {
        year: (int(tally.total), int(tally.ongoing))
        for year, tally in tallies_by_year(Scope(district.leader), as_of=day).items()
    }
