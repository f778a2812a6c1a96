from datetime import date

import pytest
from django.http import QueryDict

from coordination.lists.enums import USUAL_COLUMNS, ListColumn
from coordination.lists.filters import TaskFilters
from coordination.lists.forms import filters_from, filters_of_view

YEAR = TaskFilters(year=2022)
EVERYTHING = YEAR.but(
    statuses=("overdue", "awaiting"),
    programs=("dh-2022-02",),
    areas=("gpmb",),
    leads=("ubnd",),
    involves=("hnd",),
    buckets=("overdue",),
    due_month=3,
    due_from=date(2022, 3, 15),
    due_to=date(2022, 3, 15),
    mine=True,
    q="Mặt Bằng",
    sort="-progress",
    group="area",
    columns=(ListColumn.TITLE, ListColumn.PROGRAM, ListColumn.STATUS),
    size=100,
)


def test_the_address_of_filters_reads_back_as_the_same_filters():
    again, form = filters_from(QueryDict(EVERYTHING.query[1:]), year=2022)
    assert again == EVERYTHING
    assert not form.errors


def test_a_saved_view_works_in_another_year():
    assert filters_of_view(EVERYTHING.kept_query, year=2023) == EVERYTHING.but(year=2023)
    assert "year=" not in EVERYTHING.kept_query


def test_garbage_in_the_address_is_left_out():
    query = QueryDict(
        "status=TOTAL&status=overdue&bucket=%00&due_month=13&due_from=31/02/2022&sort=;drop&group=x&mine=yes"
        "&column=password&column=title_folded&size=1000000000&program=" + "x" * 5000 + "&q=%F0%9F%92%A5"
    )
    filters, form = filters_from(query, year=2022)
    assert (filters.statuses, filters.buckets, filters.due_month, filters.due_from) == (("overdue",), (), None, None)
    assert (filters.sort, filters.group, filters.mine) == ("due", "due", False)
    assert (filters.columns, filters.size) == (USUAL_COLUMNS, 20)
    assert len(filters.programs[0]) <= 60
    assert set(form.errors) == {"due_from"}


@pytest.mark.parametrize("sort", ["password", "user__password", "-deadline", "program__unit", "title_sorted"])
def test_only_the_columns_of_the_table_sort_abuse_12(sort):
    assert filters_from(QueryDict(f"sort={sort}"), year=2022)[0].sort == "due"


def test_05_03_means_the_fifth_of_march():
    filters, _form = filters_from(QueryDict("due_from=05/03/2022&due_to=5/3/2022"), year=2022)
    assert filters.due_from == filters.due_to == date(2022, 3, 5)


def test_the_name_of_a_task_is_always_shown_and_columns_keep_the_order_of_the_table():
    filters, _form = filters_from(QueryDict("column=status&column=code"), year=2022)
    assert filters.columns == (ListColumn.CODE, ListColumn.TITLE, ListColumn.STATUS)


def test_layout_is_no_filter():
    laid_out = YEAR.but(sort="title", group="area", columns=(ListColumn.TITLE,), size=50)
    assert not laid_out.is_narrowed
    assert laid_out.as_set() == YEAR.as_set()
    assert laid_out.but(mine=True).cleared == laid_out
