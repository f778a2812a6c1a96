"""How many rows of an annex are said to differ from what was frozen."""

from reports.documents.blocks import Column, Row, Table
from reports.documents.report_annexes import rows_changed

TASKS = ("Tuyên truyền", "Giám sát", "Vận động hiến đất")


def annex(*tasks: str) -> dict:
    rows = [Row((str(number), task)) for number, task in enumerate(tasks, start=1)]
    return {"plan": ("(Kèm theo Báo cáo)", Table(columns=(Column("TT", 10), Column("Nhiệm vụ", 90)), rows=tuple(rows)))}


def test_a_row_put_in_front_counts_as_one():
    assert rows_changed(annex(*TASKS), annex("Phòng, chống dịch", *TASKS)) == {"plan": 1}


def test_a_changed_and_a_removed_row_are_counted():
    assert rows_changed(annex(*TASKS), annex("Tuyên truyền miệng", "Giám sát")) == {"plan": 2}


def test_the_same_row_twice_is_one_more_than_once():
    assert rows_changed(annex(*TASKS), annex(*TASKS, TASKS[0])) == {"plan": 1}


def test_an_annex_that_was_not_frozen_is_new_as_a_whole():
    assert rows_changed({}, annex(*TASKS)) == {"plan": 3}
