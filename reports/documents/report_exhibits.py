"""The tables and charts a report of results can place, out of one count; numbered in the order they are placed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from coordination.figures.tally import Tally
from records import wording
from reports.charts import PAPER, BarRow, MonthPoint, Segment, Tone, area_bars, cumulative
from reports.composed.counts import Part, ReportFacts, YearCounts
from reports.composed.values import MEASURES, change, counted, last_month, share
from reports.documents.blocks import Column, Figure, Row, Table
from reports.documents.wording import capitalised, hyphenated

TABLE, CHART = "bang", "bieu_do"
_PARTS = (
    (Tone.ON_TIME, "Đúng hạn", "on_time"),
    (Tone.LATE, "Hoàn thành chậm", "late"),
    (Tone.OPEN, "Trong hạn", "in_time"),
    (Tone.MISSED, "Chưa hoàn thành", "overdue"),
)
_COMPARED = {
    "so_nhiem_vu": "Nhiệm vụ có thời hạn",
    "hoan_thanh": "Hoàn thành",
    "dung_han": "Hoàn thành đúng hạn",
    "cham": "Hoàn thành chậm",
    "chua_xong": "Đến hạn chưa hoàn thành",
    "ty_le_hoan_thanh": "Tỷ lệ hoàn thành",
    "ty_le_dung_han": "Tỷ lệ đúng hạn",
}


@dataclass(frozen=True)
class Exhibit:
    """A table or chart by the name of its token: what it is called, and how it is drawn under a number."""

    name: str
    label: str
    draw: Callable[[ReportFacts, int], Table | Figure | None]

    @property
    def family(self) -> str:
        return self.name.split(".")[0]


def drawn(name: str, facts: ReportFacts, number: int) -> Table | Figure | None:
    """The table or chart of a token under its number; nothing for an unknown one, or where there is nothing to show."""
    exhibit = EXHIBITS.get(name)
    return exhibit.draw(facts, number) if exhibit else None


def _as_of(counts: YearCounts) -> str:
    return f"Số liệu chốt đến hết ngày {wording.day(counts.as_of)}."


def _programs(facts: ReportFacts, number: int) -> Table:
    counts = facts.counts
    caption = f"Bảng {number}. Kết quả theo chương trình, năm {counts.year}"
    return _tally_table(caption, "Chương trình phối hợp", counts.programs, counts.all, _as_of(counts))


def _areas(facts: ReportFacts, number: int) -> Table | None:
    counts = facts.counts
    caption = f"Bảng {number}. Kết quả nhiệm vụ theo lĩnh vực, năm {counts.year}"
    return _tally_table(caption, "Lĩnh vực", counts.areas, counts.all, _as_of(counts)) if counts.areas else None


def _agencies(facts: ReportFacts, number: int) -> Table:
    counts = facts.counts
    note = f"Mỗi nhiệm vụ tính một lần cho cơ quan chủ trì thứ nhất. {_as_of(counts)}"
    caption = f"Bảng {number}. Kết quả theo cơ quan chủ trì"
    return _tally_table(caption, "Cơ quan chủ trì", counts.agencies, counts.all, note)


def _area_chart(facts: ReportFacts, number: int) -> Figure | None:
    counts = facts.counts
    if not counts.areas:
        return None
    title = f"Kết quả nhiệm vụ theo lĩnh vực, năm {counts.year}"
    svg = area_bars(
        [_bar(area) for area in counts.areas if area.tally.total],
        title=title, prefix=f"linh-vuc-{number}", size=PAPER, legend=True,
    )  # fmt: skip
    return Figure(
        caption=f"Biểu đồ {number}. {title}",
        svg=svg,
        note="Trong thanh: số nhiệm vụ. Cuối hàng: số nhiệm vụ hoàn thành trên tổng số và tỷ lệ hoàn thành.",
    )


def _month_chart(facts: ReportFacts, number: int) -> Figure | None:
    counts = facts.counts
    if last_month(counts) is None or not counts.months[-1].due:
        return None
    title = f"Lũy kế nhiệm vụ đến hạn và đã hoàn thành theo tháng, năm {counts.year}"
    svg = cumulative(
        [MonthPoint(f"T{month.month}", month.due, month.done) for month in counts.months],
        title=title, due_label="Đến hạn", done_label="Đã hoàn thành", prefix=f"luy-ke-{number}",
        size=PAPER,
    )  # fmt: skip
    return Figure(caption=f"Biểu đồ {number}. {title}", svg=svg, note=_as_of(counts))


def _comparison(facts: ReportFacts, number: int) -> Table | None:
    """The measures of both years side by side, and how far they moved."""
    if facts.before is None:
        return None
    now, then = facts.counts, facts.before
    rows = (
        Row((_COMPARED[one.name], *(_told(one, year.all) for year in (then, now)), _moved(one, now.all, then.all)))
        for one in MEASURES
        if one.name in _COMPARED
    )
    headings = (f"Năm {then.year}", f"Năm {now.year}", "So sánh")
    return Table(
        caption=f"Bảng {number}. So sánh kết quả năm {now.year} với năm {then.year}",
        columns=(Column("Chỉ tiêu", 46), *(Column(heading, 18, "center") for heading in headings)),
        rows=tuple(rows),
        note=f"Năm {then.year} tính đến hết ngày {wording.day(then.as_of)}, năm {now.year} đến hết ngày "
        f"{wording.day(now.as_of)}.",
    )


EXHIBITS = {
    exhibit.name: exhibit
    for exhibit in (
        Exhibit("bang.chuong_trinh", _("Table: results by program"), _programs),
        Exhibit("bang.linh_vuc", _("Table: results by area"), _areas),
        Exhibit("bieu_do.linh_vuc", _("Chart: results by area"), _area_chart),
        Exhibit("bieu_do.luy_ke", _("Chart: due and completed over the months"), _month_chart),
        Exhibit("bang.co_quan", _("Table: results by lead agency"), _agencies),
        Exhibit("bang.so_sanh", _("Table: against the year before"), _comparison),
    )
}


def _told(measure, tally: Tally) -> str:
    number = getattr(tally, measure.count)
    return share(number, getattr(tally, measure.whole)) if measure.is_share else counted(number)


def _moved(measure, now: Tally, then: Tally) -> str:
    return capitalised(change(measure, now, then))


def _bar(part: Part) -> BarRow:
    tally = part.tally
    return BarRow(
        hyphenated(part.name),
        tuple(
            Segment(tone, label, getattr(tally, count)) for tone, label, count in _PARTS if _is_told(tone, tally, count)
        ),
        note=f"{tally.done}/{tally.total}",
        share=share(tally.done, tally.total),
    )


def _is_told(tone: Tone, tally: Tally, part: str) -> bool:
    """Open tasks are named only where there are any: a closed year has none."""
    return tone is not Tone.OPEN or bool(getattr(tally, part))


def _tally_table(caption: str, first: str, parts: tuple[Part, ...], total: Tally, note: str) -> Table:
    """One row a part and a total; columns of open and undated tasks only where there are any."""
    counts = [("Nhiệm vụ", "total"), ("Đúng hạn", "on_time"), ("Chậm", "late"), ("Chưa xong", "overdue")]
    counts += [("Trong hạn", "in_time")] if total.in_time else []
    counts += [("Thường xuyên", "ongoing")] if total.ongoing else []
    width = 58 // (len(counts) + 1)
    columns = (
        Column(first, 100 - width * (len(counts) + 1)),
        *(Column(heading, width, "center") for heading, _part in counts),
        Column("Tỷ lệ hoàn thành", width, "center"),
    )
    return Table(
        caption=caption,
        columns=columns,
        rows=(
            *(_row(hyphenated(part.name), part.tally, counts) for part in parts),
            _row("Cộng", total, counts, is_total=True),
        ),
        note=note,
    )


def _row(name: str, tally: Tally, counts: list[tuple[str, str]], *, is_total: bool = False) -> Row:
    told = [wording.number(int(getattr(tally, part))) for _heading, part in counts]
    return Row((name, *told, share(tally.done, tally.total)), is_total=is_total)
