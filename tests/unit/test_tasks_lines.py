"""Lists typed one on a line are read as officials write them, and shown so that they are read back the same."""

from datetime import date
from decimal import Decimal

import pytest

from coordination.tasks.enums import TargetMeasure, TargetOperator
from coordination.tasks.lines import (
    LineFault,
    agency_meant,
    read_contributions,
    read_items,
    read_targets,
    read_waves,
    written_items,
    written_targets,
    written_waves,
)
from coordination.tasks.schedule import Wave
from coordination.tasks.targets import measure_of, words

TARGETS = """Số hộ bàn giao: gần 120 hộ
- Xã Quảng An: 45 hộ
- Xã Dực Yên: hơn 75 hộ
Hộ đồng thuận: ít nhất 95%
Vốn: khoảng 48,3 tỷ đồng
Chất lượng: gần dân, đạt chuẩn"""


def test_targets_keep_inexact_values_parts_and_words():
    found = read_targets(TARGETS)
    assert [(one.operator.value, one.value, one.unit, one.is_part) for one in found] == [
        ("near", Decimal(120), "hộ", False),
        ("eq", Decimal(45), "hộ", True),
        ("more", Decimal(75), "hộ", True),
        ("ge", Decimal(95), "%", False),
        ("about", Decimal("48.30"), "tỷ đồng", False),
        ("words", None, "", False),
    ]
    assert found[-1].words == "gần dân, đạt chuẩn"
    shown = written_targets([(one.name, one.operator, one.value, one.unit, one.words, one.is_part) for one in found])
    assert shown == TARGETS
    assert read_targets(shown) == found


@pytest.mark.parametrize(
    "typed", ["Số hộ 45", "Số hộ:", ": 45 hộ", "Số hộ: 45", "Số hộ: 4.5 hộ", "Số hộ: " + "9" * 30 + " hộ"]
)
def test_a_line_that_is_no_target_is_told_with_its_number(typed):
    with pytest.raises(LineFault, match="2"):
        read_targets(f"Số cuộc họp: 4 cuộc\n{typed}")


def test_parts_of_the_work_are_read_with_their_deadline_and_who_does_them():
    typed = (
        "Lập danh sách hộ: 15/4/2022, Hội Nông dân\n\n"
        "Khảo sát thực địa trước ngày 20/4; Phòng TNMT\nHọp, chốt - hạn 1/5/2022"
    )
    found = read_items(typed, year=2022)
    assert [(one.place, one.title, one.due_on, one.agency) for one in found] == [
        (1, "Lập danh sách hộ", date(2022, 4, 15), "Hội Nông dân"),
        (3, "Khảo sát thực địa", date(2022, 4, 20), "Phòng TNMT"),
        (4, "Họp, chốt", date(2022, 5, 1), ""),
    ]
    shown = written_items([(one.title, one.due_on, one.agency) for one in found])
    assert [one.title for one in read_items(shown, year=1999)] == [one.title for one in found]


@pytest.mark.parametrize("typed", ["Lập danh sách hộ", "15/4/2022", "Lập danh sách: 31/4/2022", "Hạn: 15/13/2022"])
def test_a_part_of_the_work_without_name_or_real_day_is_refused(typed):
    with pytest.raises(LineFault):
        read_items(typed, year=2022)


def test_waves_are_read_with_and_without_names():
    found = read_waves("Đợt 1: 01/3/2022 – 15/3/2022\nRa quân từ ngày 1/4 đến 15/4\n30/6/2022", year=2022)
    assert found == [
        Wave(date(2022, 3, 1), date(2022, 3, 15), "Đợt 1"),
        Wave(date(2022, 4, 1), date(2022, 4, 15), "Ra quân"),
        Wave(None, date(2022, 6, 30)),
    ]
    assert read_waves(written_waves(found), year=1999) == found


def test_lists_are_bounded():
    with pytest.raises(LineFault, match="61"):
        read_contributions("\n".join(["Hội Nông dân: vận động"] * 61))
    with pytest.raises(LineFault):
        read_contributions("Hội Nông dân: " + "x" * 400)


def test_an_agency_is_meant_by_its_name_without_marks_or_by_what_only_it_is_called():
    names = {1: ["Hội Nông dân", "Hội Nông dân huyện"], 2: ["Hội Phụ nữ"], 3: ["UBND xã Quảng An"]}
    assert agency_meant("hoi nong dan", names) == 1
    assert agency_meant("Quảng An", names) == 3
    assert agency_meant("Hội", names) is None
    assert agency_meant("Huyện đoàn", names) is None


def test_a_share_an_amount_and_a_count_are_told_by_number_and_unit():
    assert measure_of(Decimal(95), "% hộ dân") == TargetMeasure.SHARE
    assert measure_of(Decimal("48.3"), "tỷ đồng") == TargetMeasure.SUM
    assert measure_of(Decimal(45), "hộ") == TargetMeasure.COUNT


@pytest.mark.parametrize(
    ("operator", "written"),
    [
        (TargetOperator.EXACTLY, "Số hộ: 45 hộ"),
        (TargetOperator.NEARLY, "Số hộ: gần 45 hộ"),
        (TargetOperator.MORE_THAN, "Số hộ: hơn 45 hộ"),
        (TargetOperator.AT_LEAST, "Số hộ: ít nhất 45 hộ"),
    ],
)
def test_papers_keep_inexact_values(operator, written):
    assert words("Số hộ", operator, Decimal(45), "hộ", "") == written
    assert words("Số hộ", operator, Decimal(45), "hộ", "", 1) == f"trong đó {written}"
