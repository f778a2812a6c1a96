"""Section II of a report: what came of the tasks, in words, tables and charts out of one count."""

from collections.abc import Iterable
from datetime import date

from coordination.figures.shapes import Figures
from coordination.figures.tally import Tally
from records import wording
from reports.charts import PRINT, BarRow, MonthPoint, Segment, Tone, area_bars, cumulative
from reports.documents.blocks import Block, Column, Figure, Paragraph, Row, Table
from reports.documents.papers import PaperSection
from reports.documents.wording import hyphenated, listed, share

CHART_WIDTH = 624
_PARTS = (
    (Tone.ON_TIME, "Đúng hạn", "on_time"),
    (Tone.LATE, "Hoàn thành chậm", "late"),
    (Tone.OPEN, "Trong hạn", "in_time"),
    (Tone.MISSED, "Chưa hoàn thành", "overdue"),
)


def results(figures: Figures, *, year: int, cut_off: date, titles: dict[int, str]) -> tuple[PaperSection, ...]:
    """The results as a whole, by area, over the months and by lead agency. Shape: `titles` by program id."""
    as_of = f"Số liệu chốt đến hết ngày {wording.day(cut_off)}."
    sections = (
        ("Kết quả chung", _overall(figures, year, cut_off, titles, as_of)),
        ("Kết quả theo lĩnh vực", _by_area(figures, year, as_of)),
        ("Tiến độ trong năm", _over_months(figures, year, as_of)),
        ("Kết quả theo cơ quan chủ trì", _by_agency(figures, as_of)),
    )
    return tuple(
        PaperSection(number=str(number), heading=heading, level=2, blocks=blocks)
        for number, (heading, blocks) in enumerate(sections, start=1)
    )


def _overall(figures: Figures, year: int, cut_off: date, titles: dict[int, str], as_of: str) -> tuple[Block, ...]:
    rows = [(titles.get(program.pk, hyphenated(program.title)), program.tally) for program in figures.programs]
    return (
        Paragraph(_counted(figures.year, year, cut_off, len(rows))),
        _tally_table(
            f"Bảng 1. Kết quả theo chương trình, năm {year}", "Chương trình phối hợp", rows, figures.year, as_of
        ),
    )


def _counted(all_of: Tally, year: int, cut_off: date, programs: int) -> str:
    """The sentence a busy reader asks for, every count with what it is out of."""
    said = (
        f"Năm {year}, các bên triển khai {_n(all_of.total)} nhiệm vụ có thời hạn thuộc {_n(programs)} chương trình. "
        f"Đến hết ngày {wording.day(cut_off)}, hoàn thành {_n(all_of.done)}/{_n(all_of.total)} nhiệm vụ "
        f"({share(all_of.done, all_of.total)}), trong đó {_n(all_of.on_time)} nhiệm vụ đúng hạn, "
        f"{_n(all_of.late)} nhiệm vụ hoàn thành chậm"
    )
    if all_of.overdue:
        said += f"; còn {_n(all_of.overdue)} nhiệm vụ đến hạn chưa hoàn thành"
    if all_of.in_time:
        said += f"; {_n(all_of.in_time)} nhiệm vụ đang trong hạn"
    if all_of.ongoing:
        said += f"; ngoài ra có {_n(all_of.ongoing)} nhiệm vụ thường xuyên, không tính tỷ lệ"
    return f"{said}. Tỷ lệ đúng hạn trên số nhiệm vụ đến hạn đạt {share(all_of.on_time, all_of.due)}."


def _by_area(figures: Figures, year: int, as_of: str) -> tuple[Block, ...]:
    if not figures.areas:
        return (Paragraph("Chưa có nhiệm vụ nào được phân theo lĩnh vực."),)
    title = f"Kết quả nhiệm vụ theo lĩnh vực, năm {year}"
    chart = area_bars(
        [_bar(area.name, area.tally) for area in figures.areas if area.tally.total],
        title=title, prefix="linh-vuc", width=CHART_WIDTH, font=PRINT, legend=True,
    )  # fmt: skip
    rows = [(area.name, area.tally) for area in figures.areas]
    said = _said_of(rows)
    return (
        *((Paragraph(said),) if said else ()),
        _tally_table(f"Bảng 2. {title}", "Lĩnh vực", rows, figures.year, as_of),
        Figure(
            caption=f"Biểu đồ 1. {title}",
            svg=chart,
            note="Trong thanh: số nhiệm vụ. Cuối hàng: số nhiệm vụ hoàn thành trên tổng số và tỷ lệ hoàn thành.",
        ),
    )


def _said_of(rows: Iterable[tuple[str, Tally]]) -> str:
    """Which areas did all on time, and which still owe results."""
    rows = [(name, tally) for name, tally in rows if tally.due]
    whole = [f"{name} ({tally.on_time}/{tally.due} nhiệm vụ)" for name, tally in rows if tally.on_time == tally.due]
    owing = [f"{name} ({_n(tally.overdue)} nhiệm vụ)" for name, tally in rows if tally.overdue]
    said = [f"Lĩnh vực hoàn thành đúng hạn toàn bộ nhiệm vụ đến hạn: {listed(whole)}."] if whole else []
    said += [f"Lĩnh vực còn nhiệm vụ đến hạn chưa hoàn thành: {listed(owing)}."] if owing else []
    return " ".join(said)


def _over_months(figures: Figures, year: int, as_of: str) -> tuple[Block, ...]:
    months = figures.cumulative
    known = [month for month in months if month.done is not None]
    title = f"Lũy kế nhiệm vụ đến hạn và đã hoàn thành theo tháng, năm {year}"
    if not known or not months[-1].due:
        return (Paragraph("Chưa có nhiệm vụ nào đến hạn."),)
    last = known[-1]
    svg = cumulative(
        [MonthPoint(f"T{month.month}", month.due, month.done) for month in months],
        title=title, due_label="Đến hạn", done_label="Đã hoàn thành", prefix="luy-ke",
        width=CHART_WIDTH, height=236, font=PRINT,
    )  # fmt: skip
    said = (
        f"Đến hết tháng {last.month}/{year}, lũy kế có {_n(last.due)} nhiệm vụ đến hạn, "
        f"đã hoàn thành {_n(last.done)} nhiệm vụ."
    )
    return (Paragraph(said), Figure(caption=f"Biểu đồ 2. {title}", svg=svg, note=as_of))


def _by_agency(figures: Figures, as_of: str) -> tuple[Block, ...]:
    rows = [(hyphenated(each.agency.name), each.led) for each in figures.agencies if each.led.total or each.led.ongoing]
    note = f"Mỗi nhiệm vụ tính một lần cho cơ quan chủ trì thứ nhất. {as_of}"
    return (_tally_table("Bảng 3. Kết quả theo cơ quan chủ trì", "Cơ quan chủ trì", rows, figures.year, note),)


def _bar(name: str, tally: Tally) -> BarRow:
    return BarRow(
        hyphenated(name),
        tuple(
            Segment(tone, label, getattr(tally, part)) for tone, label, part in _PARTS if _is_told(tone, tally, part)
        ),
        note=f"{tally.done}/{tally.total}",
        share=share(tally.done, tally.total),
    )


def _is_told(tone: Tone, tally: Tally, part: str) -> bool:
    """Open tasks are named only where there are any: a closed year has none."""
    return tone is not Tone.OPEN or bool(getattr(tally, part))


def _tally_table(caption: str, first: str, rows: list[tuple[str, Tally]], total: Tally, note: str) -> Table:
    """One row a name and a total; columns of open and undated tasks only where there are any."""
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
            *(_row(hyphenated(name), tally, counts) for name, tally in rows),
            _row("Cộng", total, counts, is_total=True),
        ),
        note=note,
    )


def _row(name: str, tally: Tally, counts: list[tuple[str, str]], *, is_total: bool = False) -> Row:
    told = [wording.number(int(getattr(tally, part))) for _heading, part in counts]
    return Row((name, *told, share(tally.done, tally.total)), is_total=is_total)


def _n(count: int) -> str:
    return wording.zero_padded(int(count))
