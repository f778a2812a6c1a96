"""What measures must not be silently wrong: parts that add up, ranks, days that fit, verdicts on the page."""

import json
from datetime import date
from random import Random

import pytest

from coordination.tasks.enums import TaskState
from tests.bench.data.course import Span, course
from tests.bench.data.scales import DAY, SCALES, YEARS, apportioned, by_program, by_year, shares, zipf
from tests.bench.load.rush import percentile
from tests.bench.page.figures import read
from tests.bench.page.targets import judged
from tests.bench.page.writing import page


@pytest.mark.parametrize("size", SCALES)
def test_units_have_all_tasks_and_few_have_many(size: int):
    provinces = shares(SCALES[size])
    units = [tasks for province in provinces for tasks in province]
    assert sum(units) == size
    assert len(units) == SCALES[size].units
    assert min(units) >= (YEARS if size > 10_000 else size)
    if len(units) > 1:
        assert max(units) > 10 * sorted(units)[len(units) // 2]


@pytest.mark.parametrize(("total", "weights"), [(10, [1, 1, 1]), (1, [5, 5]), (0, [1]), (7, [0.1, 0.2, 0.7])])
def test_parts_add_up(total: int, weights: list[float]):
    assert sum(apportioned(total, weights)) == total


def test_zipf_refuses_what_cannot_be_parted():
    with pytest.raises(ValueError, match="cannot be parted"):
        zipf(3, 4, floor=1)


def test_years_and_programs_add_up():
    assert sum(by_year(987)) == 987
    assert all(sum(by_program(tasks)) == tasks for tasks in range(200))
    assert by_program(0) == []


def test_percentile_is_the_nearest_rank():
    values = list(range(1, 101))
    assert [percentile(values, share) for share in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert percentile([7.0], 99) == 7.0
    assert percentile([], 50) == 0.0


@pytest.mark.parametrize("year", [2020, 2026])
def test_course_of_a_task_keeps_the_rules_of_its_table(year: int):
    span = Span(date(year, 1, 1), date(year, 1, 20), date(year, 12, 31), year < 2026)
    random = Random(7)
    for went in (course(span, random) for _number in range(2000)):
        assert (went.completed_on is not None) == (went.state in (TaskState.COMPLETED, TaskState.AWAITING))
        assert (went.confirmed_on is not None) == (went.state == TaskState.COMPLETED)
        days = [day for _state, day in went.passed]
        assert days == sorted(days)
        assert all(span.signed <= day <= DAY for day in days)
        assert (went.passed[-1][0] if went.passed else TaskState.NOT_STARTED) == went.state
        assert went.start_on is None or went.start_on <= went.due_on


def _line(kind: str, system: str, **values) -> str:
    return json.dumps({"kind": kind, "system": system, **values})


def _load(system: str, job: str, clients: int, **values) -> str:
    usual = {
        "count": 10, "errors": 0, "a_second": 50.0, "p50": 20.0, "p95": 30.0, "p99": 40.0, "web_ms": 10.0,
        "database_ms": 2.0, "kb": 30.0, "others": 0.0,
    }  # fmt: skip
    return _line("load", system, job=job, clients=clients, **usual | values)


def test_page_takes_the_median_of_rounds_and_adds_errors_up():
    rounds = [_load("postgresql-100000", "list25", 8, web_ms=ms, errors=1) for ms in (10.0, 99.0, 12.0)]
    found = read(rounds)
    row = found.of("postgresql-100000", "list25")
    assert (row["web_ms"], row["errors"], row["rounds"]) == (12.0, 3, 3)
    assert {one.mark: one.verdict for one in judged(found) if one.mark == "all"} == {"all": "**not met**"}


def test_page_says_met_not_met_and_not_measured():
    found = read([_load("postgresql-100000", "list25", 8, web_ms=14.0), _load("postgresql-100000", "task", 8)])
    verdicts = {(one.mark, one.what): one.verdict for one in judged(found)}
    assert verdicts["P1", "list of 25, 8 at once"] == "**not met**", "14 and 2 of the database"
    assert verdicts["P2", "task with history and evidence, 8 at once"] == "met"
    assert verdicts["P4", "dashboard of the country, p50 alone"] == "not measured"
    assert "there was no Redmine beside it" in page(found)


def test_page_puts_the_ratio_first():
    lines = [_load("postgresql-10000", "list25", 8, a_second=100.0), _load("redmine", "list25", 8, a_second=5.0)]
    written = page(read([*lines, _line("machine", "", taken="26/11/2026", others=1.5)]))
    assert "| P1 | list of 25 | 20.0 times | 100 | 5.00 | ≥ 15.0: met |" in written
    assert "The machine was shared" in written


def test_page_says_what_could_not_be_measured():
    lines = [
        _load("postgresql-100000", "list25", 8, count=0, errors=1, a_second=0.0, p50=0.0, web_ms=0.0),
        _line("failed", "sqlite-10000", what="starts", why="RuntimeError The portal did not open"),
        _line("machine", "", database="PostgreSQL runs with `fsync=on`.", seconds="2"),
    ]
    found = read(lines)
    assert found.of("postgresql-100000", "list25") is None, "nothing was answered, so no figure is met by it"
    written = page(found)
    assert "- sqlite-10000: starts: RuntimeError The portal did not open" in written
    assert "list25, 8 at once: nothing was answered" in written
    assert "`fsync=on`" in written and "2 s each time" in written
