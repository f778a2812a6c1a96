"""Random programs and histories: every figure equals a recount in plain Python and the list behind it."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.http import QueryDict

from coordination.figures.queries import Number, Scope, by_unit, differences, figures_of, tallies_by_year
from coordination.figures.shapes import Figures
from coordination.lists.forms import filters_from
from coordination.lists.queries import found_by
from coordination.programs.queries import program_rows
from coordination.tasks.enums import Bucket, TaskState
from reports.documents.report_tables import results_of_year
from reports.documents.task_tables import names_on
from tests.integration.figures_world import DAYS, SEED, TODAY, YEARS, Known, World, due_in, of_year, same

pytestmark = pytest.mark.django_db
# So many of the lists behind the numbers of one page are opened.
LISTS = 8
# The column of the annex that says how a task stood, and its words.
OUTCOME = 6
WORDS = {
    Bucket.DONE_ON_TIME: "Đúng hạn",
    Bucket.DONE_LATE: "Hoàn thành chậm",
    Bucket.IN_TIME: "Trong hạn",
    Bucket.OVERDUE: "Chưa hoàn thành",
    Bucket.NO_DEADLINE: "Thường xuyên",
}


@pytest.fixture(scope="module")
def world(ground) -> World:
    sys.stdout.write(f"FIGURES_SEED={SEED}\n")
    return World(SEED)


def test_every_figure_equals_a_recount(world):
    assert list(differences()) == []
    for _actor, scope in world.actors():
        seen = world.seen_by(scope)
        for day in DAYS:
            years = tallies_by_year(scope, as_of=day)
            for year in YEARS:
                tasks = of_year(seen, year, day)
                _compare(figures_of(scope, year, as_of=day), tasks, year, day)
                assert same(years[year], tasks, day) if year in years else not tasks
                _compare_units(scope, tasks, year, day)


def test_every_number_opens_a_list_of_just_as_many(world):
    for actor, scope in world.actors():
        for day in DAYS[:2]:
            numbers = {number.query: number for number in numbers_of(figures_of(scope, 2022, as_of=day))}
            queries = sorted(filter(None, numbers))
            for query in world.dice.sample(queries, min(LISTS, len(queries))):
                filters, form = filters_from(QueryDict(query[1:]), year=2022)
                assert not form.errors
                assert found_by(actor, filters, today=TODAY).count() == numbers[query], query


def test_the_list_of_programs_counts_as_the_figures_do(world):
    """Rule R-FIG-20: completed out of all that count, with those that have no deadline."""
    for actor, _scope in list(world.actors())[:2]:
        rows = program_rows(actor)
        for row in rows:
            tasks = [known for known in world.seen_by(Scope(actor)) if known.program.pk == row.program.pk]
            counted = [known for known in tasks if known.bucket_on(TODAY)]
            assert row.tasks == len(counted)
            assert row.tasks_done == sum(known.state_on(TODAY) == TaskState.COMPLETED for known in counted)
        assert rows


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_annex_of_a_report_tells_task_by_task_what_its_figures_count(world, day):
    programs = list(dict.fromkeys(known.program for known in world.tasks if known.program.unit == world.here.unit))
    names = names_on(world.here.unit, TODAY)
    table = results_of_year(programs, names, year=2022, cut_off=day, on=TODAY)
    told = Counter(row.cells[OUTCOME] for row in table.rows if len(row.cells) > 1)
    tasks = of_year([known for known in world.tasks if known.program in programs], 2022, day)
    stopped = told.pop("Dừng thực hiện", 0)
    assert told == Counter(WORDS[known.bucket_on(day)] for known in tasks)
    assert stopped == sum(
        known.is_in(2022, day) and known.state_on(day) in (TaskState.SUSPENDED, TaskState.CANCELLED)
        for known in world.tasks
        if known.program in programs
    )


def numbers_of(figures: Figures) -> Iterator[Number]:
    """Every number of a page that leads to a list, each address once."""
    tallies = [figures.year, *(row.tally for row in (*figures.areas, *figures.programs))]
    tallies += [tally for row in figures.agencies for tally in (row.led, row.involved)]
    rows = (figures.months, *figures.months_by_agency)
    tallies += [cell.tally for row in rows for cell in row.months if cell.tally.total]
    tallies += [row.year for row in rows]
    for tally in tallies:
        yield from (tally.total, tally.on_time, tally.late, tally.in_time, tally.overdue, tally.ongoing)
    yield from (figures.year.standing(standing) for standing in figures.year.standings)


def _compare(figures: Figures, tasks: list[Known], year: int, day: date) -> None:
    assert same(figures.year, tasks, day)
    assert Counter(dict(figures.year.standings)).total() == len(tasks)
    _compare_targets(figures, tasks)
    _compare_late_days(figures, tasks, day)
    _compare_groups(figures.areas, lambda known: known.task.area_id, tasks, day)
    _compare_groups(figures.programs, lambda known: known.program.pk, tasks, day)
    _compare_agencies(figures, tasks, year, day)
    for cell in figures.months.months:
        assert same(cell.tally, due_in(tasks, year, cell.month, day), day)
    _compare_running_totals(figures, tasks, year, day)


def _compare_targets(figures: Figures, tasks: list[Known]) -> None:
    measured = [known for known in tasks if known.target is not None]
    assert figures.year.measured == len(measured)
    assert figures.year.reached == sum((known.task.last_value or 0) >= known.target for known in measured)


def _compare_late_days(figures: Figures, tasks: list[Known], day: date) -> None:
    late = [
        (known.completed_on(day) - known.deadline_on(day)).days
        for known in tasks
        if known.bucket_on(day) == Bucket.DONE_LATE
    ]
    assert figures.year.most_late_days == max(late, default=0)
    assert (figures.year.mean_late_days or 0) * len(late) == pytest.approx(sum(late))


def _compare_groups(rows, key: Callable[[Known], int], tasks: list[Known], day: date) -> None:
    assert {row.pk for row in rows} == {key(known) for known in tasks}
    for row in rows:
        assert same(row.tally, [known for known in tasks if key(known) == row.pk], day)


def _compare_agencies(figures: Figures, tasks: list[Known], year: int, day: date) -> None:
    """Each agency once as the first lead and once for all it takes part in, however many parts it has."""
    months = {line.agency.pk: line.months for line in figures.months_by_agency}
    for row in figures.agencies:
        involved = [known for known in tasks if row.agency.pk in known.agencies]
        assert same(row.led, [known for known in involved if known.first_lead == row.agency.pk], day)
        assert same(row.involved, involved, day)
        for cell in months[row.agency.pk]:
            assert same(cell.tally, due_in(involved, year, cell.month, day), day)


def _compare_running_totals(figures: Figures, tasks: list[Known], year: int, day: date) -> None:
    planned = [known for month in range(1, 13) for known in due_in(tasks, year, month, day)]
    done = [known.completed_on(day) for known in planned if known.state_on(day) == TaskState.COMPLETED]
    for month in figures.cumulative:
        assert month.due == sum(known.deadline_on(day).month <= month.month for known in planned)
        if month.done is not None:
            assert month.done == sum((on.year, on.month) <= (year, month.month) for on in done)


def _compare_units(scope: Scope, tasks: list[Known], year: int, day: date) -> None:
    units = by_unit(scope, year, as_of=day)
    assert {unit.pk for unit in units} == {known.program.unit_id for known in tasks}
    for unit in units:
        own = [known for known in tasks if known.program.unit_id == unit.pk]
        assert same(unit.tally, own, day)
        assert unit.programs == len({known.program.pk for known in own})
