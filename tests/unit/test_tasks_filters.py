from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict

from coordination.tasks.enums import TaskState
from coordination.tasks.filters import SORTS, AgencyFact, TaskFacts, TaskFilters
from coordination.tasks.forms import filters_from
from coordination.tasks.workflow import TRANSITIONS, Act, allows

UBND = AgencyFact("ubnd", "UBND huyện", 20)
HND = AgencyFact("hnd", "Hội Nông dân", 60)
TASK = TaskFacts(
    pk=1,
    code="DH-2022-02.03",
    title_folded="dh-2022-02.03 van dong ban giao mat bang",
    title_sorted="1",
    standing="overdue",
    bucket="overdue",
    deadline=date(2022, 3, 15),
    percent=84,
    program="dh-2022-02",
    program_title="Với MTTQ",
    area="gpmb",
    area_name="Giải phóng mặt bằng",
    area_position=4,
    leads=(UBND,),
    coordinators=1,
    involved=frozenset({"ubnd", "hnd"}),
    is_mine=True,
)
YEAR = TaskFilters(year=2022)
PASSING = {
    "statuses": ("overdue",),
    "programs": ("dh-2022-02",),
    "areas": ("gpmb",),
    "leads": ("ubnd",),
    "involves": ("hnd",),
    "buckets": ("overdue",),
    "due_month": 3,
    "due_from": date(2022, 3, 15),
    "due_to": date(2022, 3, 15),
    "mine": True,
    "q": "Mặt Bằng",
}
STOPPING = {
    "statuses": ("completed",),
    "programs": ("dh-2022-01",),
    "areas": ("antt",),
    "leads": ("hnd",),
    "involves": ("ccb",),
    "buckets": ("in_time",),
    "due_month": 4,
    "due_from": date(2022, 3, 16),
    "due_to": date(2022, 3, 14),
    "q": "vắc xin",
}


@pytest.mark.parametrize("name", PASSING)
def test_each_filter_lets_its_task_through(name):
    assert YEAR.but(**{name: PASSING[name]}).lets_through(TASK)


@pytest.mark.parametrize("name", STOPPING)
def test_each_filter_stops_another_task(name):
    assert not YEAR.but(**{name: STOPPING[name]}).lets_through(TASK)


def test_mine_stops_what_others_lead():
    assert not YEAR.but(mine=True).lets_through(replace(TASK, is_mine=False))


def test_a_task_without_deadline_passes_no_filter_by_day():
    undated = replace(TASK, deadline=None)
    assert YEAR.lets_through(undated)
    assert not YEAR.but(due_month=3).lets_through(undated)
    assert not YEAR.but(due_to=date(2022, 12, 31)).lets_through(undated)


def test_the_address_of_filters_reads_back_as_the_same_filters():
    filters = YEAR.but(**PASSING, sort="-progress", group="area")
    again, form = filters_from(QueryDict(filters.query[1:]), year=2022)
    assert again == filters
    assert not form.errors


def test_garbage_in_the_address_is_left_out():
    query = QueryDict(
        "status=TOTAL&status=overdue&bucket=%00&due_month=13&due_from=31/02/2022&sort=;drop&group=x&mine=yes"
        "&program=" + "x" * 5000 + "&q=%F0%9F%92%A5"
    )
    filters, form = filters_from(query, year=2022)
    assert (filters.statuses, filters.buckets, filters.due_month, filters.due_from) == (("overdue",), (), None, None)
    assert (filters.sort, filters.group, filters.mine) == ("due", "due", False)
    assert len(filters.programs[0]) <= 60
    assert set(form.errors) == {"due_from"}


def test_05_03_means_the_fifth_of_march():
    filters, _form = filters_from(QueryDict("due_from=05/03/2022&due_to=5/3/2022"), year=2022)
    assert filters.due_from == filters.due_to == date(2022, 3, 5)


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_turns_round(sort):
    other = replace(
        TASK, pk=2, code="DH-2022-02.04", title_sorted="2", leads=(HND,), percent=90, standing="completed",
        deadline=date(2022, 5, 1),
    )  # fmt: skip
    up = YEAR.but(sort=sort).ordered([other, TASK])
    down = YEAR.but(sort=f"-{sort}").ordered([other, TASK])
    assert [task.pk for task in up] == [1, 2]
    assert [task.pk for task in down] == [2, 1]


def test_tasks_without_deadline_come_last_either_way():
    undated = replace(TASK, pk=2, deadline=None)
    for sort in ("due", "-due"):
        assert [task.pk for task in YEAR.but(sort=sort).ordered([undated, TASK])] == [1, 2]


def test_transitions_start_only_where_the_table_says():
    expected = {
        Act.START: {TaskState.NOT_STARTED},
        Act.CLAIM: {TaskState.NOT_STARTED, TaskState.IN_PROGRESS},
        Act.CONFIRM: {TaskState.AWAITING},
        Act.RETURN: {TaskState.AWAITING},
        Act.CLOSE: {TaskState.NOT_STARTED, TaskState.IN_PROGRESS},
    }
    assert set(TRANSITIONS) == set(expected) == set(Act)
    for act, sources in expected.items():
        assert {state for state in TaskState if allows(act, state)} == sources
