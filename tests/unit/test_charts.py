"""Charts: every value is there in words, nothing clashes, nothing is drawn that was not counted."""

import re
from xml.etree import ElementTree

import pytest

from reports.charts import (
    NARROW,
    PAPER,
    WIDE,
    BarRow,
    MonthPoint,
    Segment,
    Tone,
    area_bars,
    cumulative,
    proportion,
    sparkline,
)
from tests.checkers.papers import bars, months

LONG = "Xây dựng nông thôn mới nâng cao, nông thôn mới kiểu mẫu, chỉnh trang đô thị văn minh tại thị trấn"


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def lines(**changes) -> str:
    given = {"title": "Lũy kế", "due_label": "Đến hạn", "done_label": "Đã hoàn thành", "prefix": "c"}
    return cumulative(**{"points": months(), **given, **changes})


DRAWINGS = {
    "bars": lambda: area_bars(bars(), title="Theo lĩnh vực", prefix="b"),
    "narrow bars": lambda: area_bars(bars(), title="Theo lĩnh vực", prefix="b", size=NARROW),
    "printed bars": lambda: area_bars(bars(), title="Theo lĩnh vực", prefix="b", size=PAPER, legend=True),
    "lines": lines,
    "narrow lines": lambda: lines(size=NARROW),
    "spark": lambda: sparkline(bars(), title="Theo tháng"),
    "proportion": lambda: proportion(bars()[0].segments, title="Tỷ lệ"),
    "no bars": lambda: area_bars([], title="Trống", prefix="e"),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_is_well_formed_named_and_the_same_every_time(name):
    svg = DRAWINGS[name]()
    root = drawn(svg)
    assert svg == DRAWINGS[name]()
    assert root.get("role") == "img" and root.find("title").text
    assert {element.tag for element in root.iter()} <= {
        "svg", "title", "desc", "text", "rect", "line", "polyline", "polygon", "circle"
    }  # fmt: skip
    assert "style=" not in svg and "var(" not in svg


@pytest.mark.parametrize("size", (NARROW, WIDE), ids=("narrow", "wide"))
def test_the_description_states_every_value(size):
    said = drawn(area_bars(bars(), title="t", prefix="b", size=size)).find("desc").text
    for row in bars():
        assert row.label in said and row.note in said
        assert all(f"{segment.count} {segment.label.lower()}" in said for segment in row.segments)
    said = drawn(lines(size=size)).find("desc").text
    assert all(f"{point.label} {point.due}" in said and f"{point.label} {point.done}" in said for point in months())


def test_ids_of_two_charts_on_one_page_do_not_clash():
    ids = re.findall(r'\bid="([^"]+)"', DRAWINGS["bars"]() + area_bars(bars(), title="t", prefix="other") + lines())
    assert len(ids) == len(set(ids)) == 6
    root = drawn(DRAWINGS["bars"]())
    assert root.get("aria-labelledby").split() == [root.find("title").get("id"), root.find("desc").get("id")]


def test_names_are_escaped():
    row = BarRow('<script>"&', (Segment(Tone.LATE, "<b>", 1),), note="<i>")
    svg = area_bars([row], title="<t>", prefix="b")
    assert "<script>" not in svg and "<b>" not in svg and "<i>" not in svg
    assert "".join(drawn(svg).itertext()).count("<script>") >= 1


def test_bars_start_at_zero_and_keep_the_order_of_the_tones():
    root = drawn(area_bars(bars(), title="t", prefix="b"))
    rects = [(float(rect.get("x")), rect.get("class")) for rect in root.findall("rect")]
    assert rects[0] == (min(x for x, _tone in rects), "f-ok")
    first_row = [tone for _x, tone in rects[:2]]
    assert first_row == ["f-ok", "f-late"]


def test_a_share_of_nothing_is_not_drawn_and_not_labelled():
    root = drawn(area_bars([BarRow("Trống", (Segment(Tone.MISSED, "Chưa xong", 0),))], title="t", prefix="b"))
    assert root.findall("rect") == []


def test_lengths_are_in_proportion_to_the_counts():
    root = drawn(area_bars(bars(), title="t", prefix="b"))
    widths = [float(rect.get("width")) + 1.5 for rect in root.findall("rect")]
    counts = [segment.count for row in bars() for segment in row.segments if segment.count]
    assert all(abs(width / widths[0] - count / counts[0]) < 0.02 for width, count in zip(widths, counts, strict=True))


@pytest.mark.parametrize("size", (NARROW, WIDE), ids=("narrow", "wide"))
def test_one_task_among_a_thousand_is_still_drawn(size):
    row = BarRow(
        "Lĩnh vực",
        (Segment(Tone.ON_TIME, "Đúng hạn", 1), Segment(Tone.LATE, "Chậm", 1), Segment(Tone.OPEN, "Trong hạn", 998)),
    )
    widths = [
        float(rect.get("width")) for rect in drawn(area_bars([row], title="t", prefix="b", size=size)).iter("rect")
    ]
    assert len(widths) == 3 and min(widths) > 0


@pytest.mark.parametrize("size", (NARROW, WIDE), ids=("narrow", "wide"))
def test_a_long_name_is_broken_into_lines_and_never_cut(size):
    svg = area_bars([BarRow(LONG, (Segment(Tone.ON_TIME, "Đúng hạn", 3),))], title="t", prefix="b", size=size)
    names = [text.text for text in drawn(svg).findall("text") if text.get("class") == "t1"]
    assert len(names) > 1 and " ".join(names) == LONG


def test_months_after_the_cut_off_have_no_done_mark():
    points = [MonthPoint(f"T{month}", month * 2, month if month <= 3 else None) for month in range(1, 13)]
    root = drawn(lines(points=points))
    assert len(root.findall("circle")) == 3
    ends = [text.text for text in root.findall("text") if text.get("font-weight") == "600"]
    assert {"24", "3"} <= set(ends)


def test_the_gap_is_tinted_only_where_less_was_done_than_due():
    ahead = [MonthPoint(f"T{month}", month, month + 1) for month in range(1, 13)]
    assert drawn(lines(points=ahead)).find("polygon") is None
    assert drawn(lines()).find("polygon") is not None


def test_end_values_that_lie_close_are_written_apart():
    points = [MonthPoint(f"T{month}", 100, 99) for month in range(1, 13)]
    ends = [text for text in drawn(lines(points=points)).findall("text") if text.text in ("100", "99")][-2:]
    assert abs(float(ends[0].get("y")) - float(ends[1].get("y"))) >= 13


@pytest.mark.parametrize("size", (NARROW, WIDE), ids=("narrow", "wide"))
def test_nothing_leaves_the_drawing(size):
    for svg in (area_bars(bars(), title="t", prefix="b", size=size), lines(size=size)):
        root = drawn(svg)
        height = float(root.get("height"))
        for rect in root.findall("rect"):
            assert float(rect.get("x")) >= 0 and float(rect.get("x")) + float(rect.get("width")) <= size.width
        assert all(0 <= float(text.get("y")) <= height for text in root.findall("text"))


def test_a_year_without_tasks_still_draws():
    assert drawn(DRAWINGS["no bars"]()).findall("rect") == []
    flat = [MonthPoint(f"T{month}", 0, 0) for month in range(1, 13)]
    assert drawn(lines(points=flat)).findall("circle")


def test_a_sparkline_leaves_empty_months_empty():
    empty, full = BarRow("T1", (Segment(Tone.LATE, "chậm", 0),)), BarRow("T2", (Segment(Tone.LATE, "chậm", 2),))
    root = drawn(sparkline([empty, full], title="Theo tháng"))
    assert len(root.findall("rect")) == 1
    assert root.find("title").text == "Theo tháng: T2: 2 chậm"
