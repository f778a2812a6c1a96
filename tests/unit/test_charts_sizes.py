"""Charts in each of their sizes: nothing overlaps, nothing is cut, and the table beside says what the chart says."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from reports.charts import (
    NARROW,
    PAPER,
    WIDE,
    BarRow,
    HeatCell,
    HeatRow,
    MonthPoint,
    Segment,
    Tone,
    area_bars,
    cumulative,
    heat_table,
    height_of_row,
    table_of_bars,
    table_of_heat,
    table_of_months,
)

SIZES = pytest.mark.parametrize("size", (WIDE, NARROW, PAPER), ids=("wide", "narrow", "paper"))
COUNTS = pytest.mark.parametrize("count", (0, 1, 25, 1_000_000, 10**30))
MONTHS = tuple(f"T{month}" for month in range(1, 13))
LONG = "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội phường Quảng Hà, thành phố Móng Cái mở rộng"
ONE_WORD = "Nghiêng" * 20


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def a_bar(count: int, label: str = "Lĩnh vực") -> BarRow:
    segments = (Segment(Tone.ON_TIME, "Đúng hạn", count), Segment(Tone.MISSED, "Chưa xong", count // 3))
    return BarRow(label, segments, note=f"{count}/{count + count // 3}", share="93,5%")


def a_heat_row(count: int, label: str = "Cơ quan", *, is_sum: bool = False) -> HeatRow:
    cells = tuple(HeatCell(f"{count}/{count}" if month % 5 else "", month % 5, month == 4) for month in range(1, 13))
    return HeatRow(label, cells, f"{count}/{count}", is_sum)


def heat(rows, size=PAPER) -> str:
    return heat_table(rows, columns=MONTHS, total="Cả năm", title="Theo tháng", prefix="h", size=size)


def lines(points, size) -> str:
    return cumulative(points, title="t", due_label="Đến hạn", done_label="Đã xong", prefix="l", size=size)


def assert_inside(root: ElementTree.Element, size, *, ends: bool = False) -> None:
    for text in root.iter("text"):
        wide = size.font.width_of(text.text)
        x = float(text.get("x"))
        starts = {"end": x - wide, "middle": x - wide / 2}.get(text.get("text-anchor"), x)
        assert starts >= -1, text.text
        assert not ends or starts + wide <= size.width + 1, text.text


@SIZES
@COUNTS
def test_words_behind_a_bar_never_run_into_each_other(size, count):
    root = drawn(area_bars([a_bar(count)], title="t", prefix="b", size=size))
    (note,) = [text for text in root.iter("text") if text.get("class") == "t2"]
    (share,) = [text for text in root.iter("text") if text.text == "93,5%"]
    starts = float(share.get("x")) - size.font.width_of(share.text)
    if count < 10**9:
        assert float(note.get("x")) + size.font.width_of(note.text) <= starts
    assert float(share.get("x")) == size.width


@SIZES
@COUNTS
def test_lines_of_any_height_are_drawn_within_the_frame(size, count):
    root = drawn(lines([MonthPoint(name, count, count // 2) for name in MONTHS], size))
    assert_inside(root, size)
    for done in (1, 3, 8):
        points = [MonthPoint(name, count, count // 2 if month < done else None) for month, name in enumerate(MONTHS)]
        assert_inside(drawn(lines(points, size)), size, ends=count < 10**9)
    axis = [text for text in root.iter("text") if text.get("class") == "ax" and text.get("text-anchor") == "end"]
    assert 2 <= len(axis) <= 6
    heights = [float(text.get("y")) for text in axis]
    assert min(before - after for before, after in pairwise(heights)) > size.font.size


@SIZES
def test_a_single_month_is_a_point(size):
    assert len(drawn(lines([MonthPoint("T1", 3, 2)], size)).findall("circle")) == 1


@SIZES
@pytest.mark.parametrize("name", (LONG, ONE_WORD), ids=("many words", "one word"))
def test_a_long_name_is_broken_where_it_fits_and_never_cut(size, name):
    for svg in (area_bars([a_bar(3, name)], title="t", prefix="b", size=size), heat([a_heat_row(3, name)], size)):
        names = [text.text for text in drawn(svg).iter("text") if text.get("class") == "t1" and text.text in name]
        assert "".join(names).replace(" ", "") == name.replace(" ", "")
        assert all(size.font.width_of(line) <= size.width for line in names)


def test_names_of_two_rows_do_not_overlap():
    root = drawn(heat([a_heat_row(1, LONG), a_heat_row(2, LONG)]))
    names = [float(text.get("y")) for text in root.iter("text") if text.get("x") == "0"]
    assert all(after - before >= PAPER.font.size for before, after in pairwise(names))


@pytest.mark.parametrize("count", (0, 1, 99, 12_345))
def test_cells_of_the_heat_table_hold_their_figures(count):
    root = drawn(heat([a_heat_row(count), a_heat_row(count, "Tất cả", is_sum=True)]))
    grounds = list(root.iter("rect"))
    across = float(grounds[0].get("width"))
    for text in (text for text in root.iter("text") if text.get("font-size") and text.get("class") == "t1"):
        share = float(text.get("font-size")) / PAPER.font.size
        assert PAPER.font.width_of(text.text or "") * share <= across + 1


def test_the_heat_table_has_print_safe_colours_and_says_every_cell():
    svg = heat([a_heat_row(7, "Hội Nông dân")])
    root = drawn(svg)
    assert all(rect.get("fill", "").startswith("#") for rect in root.iter("rect"))
    assert "var(" not in svg and "style=" not in svg
    said = root.find("desc").text
    assert "Hội Nông dân: T1 7/7" in said and "cả năm 7/7" in said
    assert len(root.findall("polygon")) == 1


def test_an_empty_heat_table_is_its_head():
    assert drawn(heat([])).findall("rect") == []


def test_tables_say_what_charts_say():
    bars = [a_bar(25, "Giảm nghèo"), a_bar(1_000)]
    table = table_of_bars(bars, first="Lĩnh vực", at_end="Hoàn thành")
    assert table.headings == ("Lĩnh vực", "Đúng hạn", "Chưa xong", "Hoàn thành")
    assert table.rows[0] == ("Giảm nghèo", "25", "8", "25/33, 93,5%")
    said = drawn(area_bars(bars, title="t", prefix="b")).find("desc").text
    assert all(cell in said for row in table.rows for cell in row)

    points = [MonthPoint("T1", 3, 2), MonthPoint("T2", 5, None)]
    table = table_of_months(points, first="Tháng", due_label="Đến hạn", done_label="Đã xong")
    assert table.rows == (("T1", "3", "2"), ("T2", "5", "–"))

    table = table_of_heat([a_heat_row(2)], first="Cơ quan", columns=MONTHS, total="Cả năm")
    assert table.headings == ("Cơ quan", *MONTHS, "Cả năm")
    assert table.rows[0][:2] == ("Cơ quan", "2/2") and len(table.rows[0]) == 14


def test_a_row_is_as_high_as_it_is_told():
    """Whoever parts rows into pages relies on it."""
    for label in ("Huyện đoàn", LONG):
        one, two = (float(drawn(heat([a_heat_row(1, label)] * rows)).get("height")) for rows in (1, 2))
        assert two - one == pytest.approx(height_of_row(a_heat_row(1, label)), abs=0.2)


def test_a_chart_over_several_drawings_keeps_one_scale():
    short, long = a_bar(4, "Giảm nghèo"), a_bar(400, "An ninh")
    (whole, apart) = (
        [float(rect.get("width")) for rect in drawn(svg).iter("rect")]
        for svg in (
            area_bars([short, long], title="t", prefix="b", size=PAPER),
            area_bars([short], title="t", prefix="b", size=PAPER, beside=[short, long]),
        )
    )
    assert apart == whole[: len(apart)]
