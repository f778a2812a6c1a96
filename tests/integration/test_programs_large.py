"""The page of the largest program there is room for: 16 parties, 40 sections, 300 tasks, 400 comments."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.programs import services as programs
from coordination.programs.models import Program
from coordination.tasks.models import Task
from tests.factories.consultations import close
from tests.factories.large import TASKS, make_large_program, make_large_round
from tests.factories.people import make_agency, make_member
from tests.factories.programs import agree, sign
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db

# What every page pays: session, device, role, reach, years, the red count, the name of the unit.
SHELL = 7
OWN_BUDGET = 12


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        page = client.get(address)
    assert page.status_code == 200
    return page, len(seen)


def test_the_page_asks_twelve_times_at_most_in_every_part_of_its_life(sign_in):
    large = make_large_program()
    outside = make_agency(large.program.unit, "ngoai")
    make_task(large.program, coordinators=(outside,), section=large.sections[0])
    drafter, coordinator = sign_in(large.secretary), sign_in(make_member(outside))
    assert asked(drafter, reverse("help"))[1] == asked(coordinator, reverse("help"))[1] == SHELL
    address = reverse("coordination:program-detail", args=[large.program.slug])
    round = make_large_round(large)
    counts = {}

    def look(part, client=drafter, tasks=TASKS + 1):
        page, counts[part] = asked(client, address)
        shown = page.context["outline"]
        assert sum(len(below) for _entry, below in shown) == page.context["overview"].tasks == tasks

    def again():
        return Program.objects.get(pk=large.program.pk)

    look("in consultation")
    close(round, reason="Các bên đã góp ý xong")
    look("revised")
    agree(again(), secretary=large.secretary)
    look("agreements come in")
    programs.settle(again(), actor=large.secretary)
    programs.lock_for_signing(again(), actor=large.secretary)
    look("signing")
    sign(again(), secretary=large.secretary)
    look("in force")
    look("a coordinator outside", coordinator, tasks=1)
    assert {part: count for part, count in counts.items() if count > SHELL + OWN_BUDGET} == {}


def test_tasks_are_counted_by_the_database_as_each_stands(today):
    program = make_large_program().program
    tasks = Task.objects.filter(program=program)
    tasks.filter(ordinal__lte=20).update(due_on="2022-03-01")
    counted = {standing.value: count for standing, count in tasks.counted_on(today).items()}
    assert counted == {"overdue": 20, "not_started": TASKS - 20}
    assert set(tasks.counted_on(today)) == {task.standing_on(today) for task in tasks}
