"""What a list remembers holds exactly as long as nothing it depends on has changed. Rule: R-LIST-8."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from agencies.models import Agency
from coordination.lists.filters import TaskFilters
from coordination.lists.queries import found_by, ordered, task_list
from coordination.programs.models import Area, Program
from coordination.tasks.enums import Standing, TaskState
from coordination.tasks.models import Task, TaskRole
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_area, make_program
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)
YEAR = TaskFilters(year=2022)
ASKED = (YEAR, YEAR.but(mine=True, sort="-progress"), YEAR.but(statuses=("in_progress",), sort="lead"))


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def parties(program):
    return [party.agency for party in program.parties.order_by("letterhead_order")]


def assert_told_as_counted_now(actor, today: date = TODAY) -> int:
    """Every count and row as the plain queryset of the list has them; how many tasks there are."""
    for filters in ASKED:
        told = task_list(actor, filters, today=today)
        tasks = list(ordered(found_by(actor, filters, today=today), filters))
        assert [row.code for row in told.rows] == [task.code for task in tasks], filters
        assert told.page.paginator.count == len(tasks)
        assert told.total_of_year == found_by(actor, YEAR, today=today).count()
        for facet in told.facets:
            others = found_by(actor, _without(filters, facet.key), today=today)
            assert sorted((one.label, one.count) for one in facet.options if one.count) == _counted(facet.key, others)
    return told.total_of_year


def _without(filters: TaskFilters, key: str) -> TaskFilters:
    return filters.but(statuses=()) if key == "status" else filters


def _counted(key: str, tasks) -> list[tuple[str, int]]:
    """The same options, counted task by task."""
    counts: dict[str, int] = {}
    for task in tasks.select_related("program", "area").prefetch_related("roles__agency"):
        leads = [role.agency.current_short_name for role in task.roles.all() if role.kind == "lead"]
        words = {
            "status": [str(Standing(task.standing).label)],
            "program": [f"{task.program.code}, {task.program.short_title}"],
            "area": [task.area.name],
            "lead": leads,
        }[key]
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return sorted(counts.items())


@pytest.mark.on_postgresql
def test_whatever_changes_the_next_look_tells_it(program, parties):
    outside = make_agency(program.unit, "ngoai", "Hội ngoài")
    members = [official_of(parties[0]), official_of(parties[1]), make_member(outside, Role.OFFICIAL)]
    task, other = (
        make_task(program, title=title, lead=parties[0], due_on=date(2022, 3, 31)) for title in ("Một", "Hai")
    )
    area = make_area(program.unit, "moi", "Lĩnh vực mới")
    mine = Task.objects.filter(pk=task.pk)
    changes = [
        lambda: None,
        lambda: make_task(program, title="Ba", lead=parties[1], coordinators=(outside,)),
        lambda: mine.update(state=TaskState.IN_PROGRESS, last_percent=40),
        lambda: mine.update(area=area),
        lambda: mine.update(due_on=date(2022, 12, 1)),
        lambda: TaskRole.objects.filter(task=other, kind="lead").update(agency=parties[1]),
        lambda: Area.objects.filter(pk=area.pk).update(name="Tên khác"),
        lambda: Agency.objects.filter(pk=parties[1].pk).update(current_short_name="Tên ngắn khác"),
        lambda: Program.objects.filter(pk=program.pk).update(short_title="Tiêu đề khác"),
        lambda: make_task(make_program("agreed", unit=program.unit, agencies=parties[:2]), lead=parties[0]),
    ]
    totals = []
    for change in changes:
        change()
        totals.append([assert_told_as_counted_now(member) for member in members])
    assert totals[0] == [2, 2, 0]
    assert totals[-1] == [4, 4, 1]


def test_a_deadline_that_passes_is_told_the_next_day(program, parties):
    make_task(program, "in_progress", lead=parties[0], due_on=TODAY)
    reader = official_of(parties[0])
    for day, overdue in ((TODAY, 0), (date(2022, 3, 31), 1), (TODAY, 0)):
        told = task_list(reader, YEAR, today=day)
        assert [view.count for view in told.views][3] == overdue
        assert len(task_list(reader, YEAR.but(statuses=("overdue",)), today=day).rows) == overdue


def test_a_list_nothing_has_changed_of_is_not_counted_again(program, parties):
    make_task(program, lead=parties[0])
    # Nobody asked this process for so long a span before.
    asked_once = YEAR.but(due_from=date(1999, 1, 1))
    reader, queries = official_of(parties[0]), []
    for changes in (False, False, True):
        if changes:
            Task.objects.update(last_percent=10)
        with CaptureQueriesContext(connection) as asked:
            task_list(reader, asked_once, today=TODAY)
        queries.append((len(asked), sum("judged" in one["sql"] for one in asked)))
    agencies_acted_for = 1
    assert queries == [(6 + agencies_acted_for, 1), (5, 0), (7, 1)]
