"""The dashboard's charts and tables as a paper prints them, in the official language of papers."""

from collections.abc import Callable, Sequence
from typing import Any

from coordination.figures.definitions import COUNTED, CUT_OFF, DEFINITIONS
from coordination.figures.shapes import Figures, MonthCell, MonthRow
from coordination.figures.tally import Tally
from records import wording
from reports.charts import (
    PAPER,
    BarRow,
    DataTable,
    HeatCell,
    HeatRow,
    MonthPoint,
    area_bars,
    cumulative,
    heat_table,
    height_of_row,
)
from reports.dashboard.pictures import month_label, segments
from reports.documents.blocks import Column, Figure, Row, Table
from reports.documents.wording import hyphenated

# A figure is printed whole: rows that a page does not hold go into further figures. Units: chart units.
_PAGE_HEIGHT = 900.0
_BARS_TOGETHER = 4
_NOTE_ON_AREAS = "Trong thanh: số nhiệm vụ. Cuối hàng: số đã hoàn thành trên tổng số và tỷ lệ hoàn thành."
_NOTE_ON_HEAT = (
    "Mỗi ô: số hoàn thành đúng hạn / số đến hạn trong tháng, kể cả chủ trì và phối hợp nên cộng các dòng lớn hơn tổng. "
    "Góc đỏ: còn nhiệm vụ chưa hoàn thành. Ô không màu: chưa đến hạn."
)


def buckets(year: Tally, number: int) -> Table:
    """The four buckets with what each is measured against. Rule: R-FIG-1, R-FIG-2, R-FIG-3."""
    rows = [
        ("Hoàn thành đúng hạn", year.on_time, wording.percent(year.on_time_rate), "số đến hạn"),
        ("Hoàn thành chậm", year.late, _share(year.late, year.due), "số đến hạn"),
        ("Quá hạn, chưa hoàn thành", year.overdue, _share(year.overdue, year.due), "số đến hạn"),
        ("Cộng số đến hạn", year.due, "", ""),
        ("Trong hạn", year.in_time, _share(year.in_time, year.total), "tổng số"),
        ("Tổng số nhiệm vụ có thời hạn", year.total, "", ""),
        ("Đã hoàn thành (đúng hạn và chậm)", year.done, wording.percent(year.done_rate), "tổng số"),
    ]
    if year.ongoing:
        rows.append(("Thường xuyên, không thời hạn (tính riêng)", year.ongoing, "", ""))
    totals = (3, 5)
    return Table(
        caption=f"{number}. Số lượng nhiệm vụ",
        columns=(Column("Nhóm", 52), Column("Số nhiệm vụ", 16, "right"), Column("Tỷ lệ", 14, "right"),
                 Column("Tính trên", 18, "center")),
        rows=tuple(
            Row((name, wording.number(int(count)), rate, of), is_total=place in totals)
            for place, (name, count, rate, of) in enumerate(rows)
        ),
    )  # fmt: skip


def months(figures: Figures, number: int) -> tuple[Figure, ...]:
    """Agency by month of deadline; the row of all tasks closes the last figure. Rule: R-FIG-8."""
    rows = [heat_row(row, row.agency.short_name) for row in figures.months_by_agency]
    rows.append(heat_row(figures.months, "Tất cả nhiệm vụ", is_sum=True))
    title = f"{number}. Đúng hạn theo cơ quan và tháng đến hạn"
    pieces = _pieces(rows, height_of_row)
    return tuple(
        Figure(
            caption=title if place == 1 else f"{title} (tiếp theo)",
            svg=heat_table(
                piece, columns=month_names(figures.months), total="Cả năm", title=title, prefix=f"thang-{place}"
            ),
            note=_NOTE_ON_HEAT if place == len(pieces) else "",
        )
        for place, piece in enumerate(pieces, start=1)
    )


def areas(figures: Figures, number: int) -> tuple[Figure, ...]:
    """One bar an area. Rule: R-FIG-7.

    Why a few to a drawing: a page ends between two of them instead of leaving the room of a whole chart empty.
    """
    rows = [
        BarRow(
            hyphenated(area.name),
            segments(area.tally),
            note=f"{area.tally.done}/{area.tally.total}",
            share=wording.percent(round(area.tally.done_rate)),
        )
        for area in figures.areas
        if area.tally.total
    ]
    title = f"{number}. Theo lĩnh vực"
    pieces = [rows[start : start + _BARS_TOGETHER] for start in range(0, len(rows), _BARS_TOGETHER)] or [[]]
    return tuple(
        Figure(
            caption=title if place == 1 else "",
            svg=area_bars(piece, title=title, prefix=f"linh-vuc-{place}", size=PAPER, legend=place == 1, beside=rows),
            note=_NOTE_ON_AREAS if place == len(pieces) else "",
        )
        for place, piece in enumerate(pieces, start=1)
    )


def running_totals(figures: Figures, number: int) -> Figure:
    """What fell due against what was done. Rule: R-FIG-9."""
    points = [MonthPoint(month_label(month.month), month.due, month.done) for month in figures.cumulative]
    title = f"{number}. Lũy kế đến hạn và đã hoàn thành"
    svg = cumulative(points, title=title, due_label="Đến hạn", done_label="Đã hoàn thành", prefix="luy-ke", size=PAPER)
    return Figure(caption=title, svg=svg, note="Khoảng cách giữa hai đường là số đến hạn mà chưa hoàn thành.")


def agencies(figures: Figures, number: int, *, is_whole: bool) -> Table:
    """Each agency by what it leads, counted once; `is_whole` where the rows make the total. Rule: R-FIG-6."""
    table = data_of_agencies(figures)
    totals = [Row(tuple(_summed("Cộng", figures.year)), is_total=True)] if is_whole else []
    return Table(
        caption=f"{number}. Theo cơ quan chủ trì",
        columns=(Column(table.headings[0], 30), *(Column(heading, 10, "center") for heading in table.headings[1:])),
        rows=(*(Row(cells) for cells in table.rows), *totals),
        note="Mỗi nhiệm vụ tính một lần cho cơ quan chủ trì thứ nhất; phối hợp tính riêng ở cột cuối.",
    )


def definitions(number: int) -> Table:
    """How each figure of the sheet is counted, in the words of its one home. Rule: R-FIG-20."""
    return Table(
        caption=f"{number}. Cách tính",
        columns=(Column("Số liệu", 26), Column("Cách tính", 74)),
        rows=tuple(Row((hyphenated(str(one.name)), hyphenated(str(one.counts)))) for one in DEFINITIONS.values()),
        note=hyphenated(f"{CUT_OFF} {COUNTED}"),
    )


def data_of_agencies(figures: Figures) -> DataTable:
    """The rows of the agencies. Shape: name, on time, late, overdue, within, total, rate on time, coordinated."""
    headings = ("Cơ quan", "Đúng hạn", "Chậm", "Chưa xong", "Trong hạn", "Chủ trì", "Đúng hạn/ đến hạn", "Phối hợp")
    rows = (
        (*_summed(row.agency.short_name, row.led)[:-1], wording.number(row.coordinated)) for row in figures.agencies
    )
    return DataTable(headings, tuple(rows))


def heat_row(row: MonthRow, label: str, *, is_sum: bool = False) -> HeatRow:
    """A row of the table of months as the page shows it."""
    due = row.year.due
    return HeatRow(
        label=hyphenated(label),
        cells=tuple(_heat_cell(cell) for cell in row.months),
        total=f"{row.year.on_time}/{due}" if due else wording.NONE,
        is_sum=is_sum,
    )


def month_names(row: MonthRow) -> Sequence[str]:
    return tuple(month_label(cell.month) for cell in row.months)


def _heat_cell(cell: MonthCell) -> HeatCell:
    tally = cell.tally
    if tally.due:
        return HeatCell(f"{tally.on_time}/{tally.due}", cell.level, bool(tally.overdue))
    return HeatCell(str(tally.in_time) if tally.in_time else "", 0)


def _summed(name: str, tally: Tally) -> tuple[str, ...]:
    counts = (tally.on_time, tally.late, tally.overdue, tally.in_time, tally.total)
    told = (wording.number(int(count)) for count in counts)
    return (hyphenated(name), *told, wording.percent(tally.on_time_rate), "")


def _share(part: int, whole: int) -> str:
    return wording.percent(part * 100 / whole) if whole else wording.NONE


def _pieces(rows: Sequence, height_of: Callable[[Any], float]) -> list[list]:
    """The rows in runs, each no higher than a page. Rule: R-CHART-3."""
    pieces, left = [[]], _PAGE_HEIGHT
    for row in rows:
        height = height_of(row)
        if pieces[-1] and height > left:
            pieces.append([])
            left = _PAGE_HEIGHT
        pieces[-1].append(row)
        left -= height
    return [piece for piece in pieces if piece]
