"""Vague wording is recognised by words that are data; clear wording is left alone."""

from datetime import date
from decimal import Decimal

import pytest

from coordination.tasks import clear_words
from coordination.tasks.clarity import advice_on
from coordination.tasks.enums import ScheduleKind
from portal.demo import tasks_2021, tasks_2022
from records.text import nfc

CLEAR = {
    "title": "Tổ chức 03 lớp tập huấn tại xã Tân Bình",
    "deliverable": "Danh sách học viên có xác nhận",
    "schedule_kind": ScheduleKind.RANGE,
    "due_on": date(2022, 6, 30),
}


def fields(**changes) -> list[str]:
    return [advice.field for advice in advice_on(**CLEAR | changes)]


def test_a_clear_plan_is_left_alone():
    assert fields() == []


@pytest.mark.parametrize(
    "title",
    [
        "Phòng, chống dịch tại khu dân cư",
        "TỔ CHỨC hội nghị",
        "Rà soát, lập danh sách hộ nghèo",
        "Vận động hiến đất",
        "  Ký kết giao ước",
        "To\u0302\u0309 chu\u031b\u0301c hội thi",
    ],
)
def test_a_name_that_begins_with_its_verb_is_clear(title):
    assert fields(title=title) == []


@pytest.mark.parametrize(
    "title", ["Hội nghị sơ kết", "Chuyên mục phát thanh", "Công tác hòa giải", "03 lớp tập huấn", "…"]
)
def test_a_name_without_a_verb_is_spoken_of(title):
    assert fields(title=title) == (["title"] if title != "…" else [])


@pytest.mark.parametrize("title", ["Tăng cường công tác", "đẩy mạnh thi đua", "Tiếp tục thực hiện", "Làm tốt việc này"])
def test_a_direction_is_no_work_and_is_named(title):
    (advice,) = advice_on(**CLEAR | {"title": title})
    assert advice.field == "title"
    assert title.split()[0].capitalize() in advice.words


@pytest.mark.parametrize("deliverable", ["Hoàn thành tốt nhiệm vụ", "Đạt kết quả", "Nhân dân đồng thuận"])
def test_a_product_nobody_can_show_is_spoken_of_unless_the_target_is_counted(deliverable):
    assert fields(deliverable=deliverable) == ["deliverable"]
    assert fields(deliverable=deliverable, target_value=Decimal(20)) == []


@pytest.mark.parametrize("deliverable", ["Báo cáo tổng kết", "20 hộ được hỗ trợ", "Có biên bản kèm theo", ""])
def test_a_product_that_can_be_shown_and_an_empty_field_are_not_spoken_of(deliverable):
    assert fields(deliverable=deliverable) == []


def test_loose_times_count_only_while_no_day_is_given():
    loose = {"title": "Tổ chức kịp thời lễ phát động"}
    assert fields(**loose) == []
    assert fields(**loose, due_on=None) == ["due_on"]
    assert fields(**loose, due_on=None, schedule_kind=ScheduleKind.QUARTER) == []


def test_work_without_a_date_is_spoken_of_once_there_is_a_name():
    ongoing = {"schedule_kind": ScheduleKind.ONGOING, "due_on": None}
    assert fields(**ongoing) == ["schedule_kind"]
    assert fields(**ongoing, title="") == []


def test_hostile_and_endless_words_are_read_in_time():
    assert fields(title="tăng " * 20_000, deliverable="a\x00\ud800" * 1000, due_on=None) == ["title", "deliverable"]


def test_the_lists_are_in_small_letters_composed_and_without_doubles():
    for name in ("VERBS", "DIRECTIONS", "PRODUCTS", "LOOSE_TIMES"):
        phrases = getattr(clear_words, name)
        assert len(set(phrases)) == len(phrases), name
        assert [nfc(phrase).lower() for phrase in phrases] == list(phrases), name
    assert not set(clear_words.VERBS) & set(clear_words.DIRECTIONS)


def test_hardly_any_task_of_the_sample_years_is_spoken_of():
    """Real tasks of offices are mostly clear: advice that nearly always speaks is advice nobody reads."""
    titles = [row[5] for part in (tasks_2021.PROGRAM_1, tasks_2021.PROGRAM_2) for row in part]
    titles += [row[-1] for part in (tasks_2022.PROGRAM_1, tasks_2022.PROGRAM_2) for row in part]
    spoken_of = [title for title in titles if fields(title=title)]
    assert len(titles) > 80
    assert len(spoken_of) <= len(titles) // 20, spoken_of
