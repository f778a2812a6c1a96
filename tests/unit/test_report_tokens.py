"""Tokens in stored text: what stands for a number is filled, what nobody knows is told with its line."""

import pytest

from reports.composed.tokens import (
    Value,
    exhibits_in,
    faults_in,
    filled,
    names_in,
    pieces,
    with_exhibit,
    without_exhibit,
)

VALUES = {"hoan_thanh": Value("43", "?bucket=done"), "linh_vuc.gpmb.cham": Value("07")}


def test_tokens_are_filled_and_words_stay():
    said = "Hoàn thành {{hoan_thanh}} nhiệm vụ, chậm {{ linh_vuc.gpmb.cham }}."
    assert filled(said, VALUES) == "Hoàn thành 43 nhiệm vụ, chậm 07."
    assert names_in(said) == ["hoan_thanh", "linh_vuc.gpmb.cham"]


def test_a_token_nobody_knows_stays_as_it_was_written():
    assert filled("{{khac}} và {{hoan_thanh}}", VALUES) == "{{khac}} và 43"


def test_every_stretch_of_a_text_comes_back_in_its_order():
    parts = list(pieces("A {{hoan_thanh}} B", VALUES))
    assert [part.text for part in parts] == ["A ", "{{hoan_thanh}}", " B"]
    assert parts[1].value.query == "?bucket=done" and not parts[0].token


@pytest.mark.parametrize(
    ("written", "line", "suggestion"),
    [
        ("Một dòng\n{{hoan_than}}", 2, "{{hoan_thanh}}"),
        ("{{Hoan Thanh}}", 1, "{{hoan_thanh}}"),
        ("{{linh_vuc.gpmb.chan}}", 1, "{{linh_vuc.gpmb.cham}}"),
        ("\n\n{{zzzzzz}}", 3, ""),
        ("{{hoan_thanh", 1, ""),
        ("hoan_thanh}}", 1, ""),
        ("{{}}", 1, ""),
    ],
)
def test_a_faulty_token_is_told_with_its_line_and_what_may_have_been_meant(written, line, suggestion):
    faults = faults_in(written, VALUES)
    assert [(fault.line, fault.suggestion) for fault in faults] == [(line, suggestion)]


def test_a_text_without_faults_has_none():
    assert faults_in("Hoàn thành {{hoan_thanh}}; { } và {hoan_thanh}", VALUES) == []


def test_a_table_stands_where_its_token_is_alone_on_a_line():
    text = "Lời dẫn {{bang.linh_vuc}}\n{{bang.co_quan}}\n  {{bieu_do.luy_ke}}  "
    assert exhibits_in(text) == ["bang.co_quan", "bieu_do.luy_ke"]


def test_a_table_is_put_in_below_the_text_and_taken_out_again():
    text = "Lời dẫn."
    more = with_exhibit(text, "bang.co_quan")
    assert exhibits_in(more) == ["bang.co_quan"] and more.startswith(text)
    assert without_exhibit(more, "bang.co_quan") == text


@pytest.mark.parametrize(
    ("written", "takes_exhibits", "misplaced"),
    [
        ("Lời dẫn.\n{{bang.linh_vuc}}", True, []),
        ("Lời dẫn.\n{{bang.linh_vuc}}", False, [2]),
        ("Xem {{bang.linh_vuc}} dưới đây\n{{hoan_thanh}}", True, [1]),
    ],
)
def test_a_table_stands_alone_on_its_line_where_tables_are_printed(written, takes_exhibits, misplaced):
    known = {*VALUES, "bang.linh_vuc"}
    faults = faults_in(written, known, takes_exhibits=takes_exhibits)
    assert [fault.line for fault in faults if fault.is_misplaced] == misplaced == [fault.line for fault in faults]
