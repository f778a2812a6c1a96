"""P11: papers drawn, in processor time of the child that draws them; a paper drawn before, served from the store.

A worker loads the engine once, with its first paper; what that takes is told beside the first line.
"""

import resource
import subprocess
import sys
from collections.abc import Iterator

from django.urls import reverse

from reports.charts import PAPER, area_bars
from reports.documents.blocks import Column, Figure, Paragraph, Row, Table
from reports.documents.comment_table import TablePaper
from reports.documents.papers import PaperSection
from reports.documents.render import paper_html, table_html
from reports.documents.task_annex import COLUMNS
from reports.pdf import standby
from reports.pdf.engine import draw_pdf
from tests.bench.browsing import opened, page, signed_in
from tests.bench.timing import Measured
from tests.checkers.papers import TEXT, bars, program_paper, report_paper
from tests.factories.programs import make_program, secretary_of

TIMES = 3
TWO_PAGES_MS, LARGE_MS, LARGE_MB, STORED_MS = 500, 6_000, 200, 30
ANNEX_ROWS, ROWS_PER_SECOND, OVER_BARE = 431, 112, 1.3
# The same engine without what surrounds it here: no limits, no fences, no question which letters the typeface has. It
# is loaded and has drawn a sheet before, as the engine of a worker has; its start is not counted against it.
_BARE = (
    "import sys, time\nfrom reports.pdf import drawing\ndrawing.warm_up()\n"
    "document, begun = sys.stdin.read(), time.process_time()\n"
    "drawing.parsed(document).write_pdf(pdf_tags=True)\n"
    "print((time.process_time() - begun) * 1000)\n"
)
_TASK = "Tổ chức hội nghị thông tin thời sự tới cán bộ, đảng viên, hội viên"
_HELPERS = "UBND huyện; các tổ chức chính trị - xã hội"
_COLUMNS = (("TT", 7), ("Nội dung nhiệm vụ", 46), ("Cơ quan chủ trì", 18), ("Thời gian", 15), ("Kết quả", 14))


def figures() -> Iterator[Measured]:
    """Two pages, ten pages beside the bare engine, twenty-five with 500 rows and six charts, an annex, the store."""
    two = paper_html(program_paper(2, paragraphs=2, annexes=()))
    note = f"the first of a worker {_with_loading(two):.0f} ms"
    yield _drawn("paper, program of two pages", two, target_ms=TWO_PAGES_MS, note=note)
    ten = paper_html(long_report(paragraphs=54))
    bare_ms = min(_bare(ten) for _number in range(TIMES))
    yield _drawn("paper, report of ten pages, against the bare engine", ten, target_ms=bare_ms * OVER_BARE)
    annex = table_html(annex_of(ANNEX_ROWS))
    yield _drawn(f"paper, annex of {ANNEX_ROWS} rows", annex, target_ms=ANNEX_ROWS / ROWS_PER_SECOND * 1000)
    large = paper_html(long_report(rows=500, charts=6))
    yield _drawn("paper, 500 rows and six charts", large, target_ms=LARGE_MS, most_mb=LARGE_MB)
    yield from _stored()


def _drawn(name: str, html: str, *, target_ms: float, note: str = "", most_mb: int = 0) -> Measured:
    drawn = [draw_pdf(html) for _number in range(TIMES)]
    peak_mb = max(one.peak_bytes for one in drawn) / 1024 / 1024
    if most_mb:
        note = f"{peak_mb:.0f} MB at most of {most_mb}"
    told = ", ".join(filter(None, (f"{drawn[0].pages} pages, processor time", note)))
    took = tuple(one.cpu_seconds * 1000 for one in drawn)
    # Memory over its limit is a figure over its target as well.
    return Measured(name, took, target_ms if not most_mb or peak_mb <= most_mb else 0, told)


def _with_loading(html: str) -> float:
    """What the first paper of a worker takes: the engine loaded, and the paper drawn. Unit: ms of processor time."""
    standby.end()
    before = _spent_by_children()
    draw_pdf(html)
    standby.end()
    return (_spent_by_children() - before) * 1000


def _stored() -> Iterator[Measured]:
    """The whole answer: rights, the paper built and compared, the bytes from the disk, the entry of the audit."""
    program = make_program("signed", parties=2)
    client = signed_in(secretary_of(program.drafting_agency))
    address = reverse("reports:program-pdf", args=[program.slug])
    if not opened(client, address).startswith(b"%PDF-"):
        raise RuntimeError(f"{address} answered with no paper; its time means nothing")
    yield page("paper, unchanged, from the store", client, address, target_ms=STORED_MS, times=20)


def _bare(html: str) -> float:
    command = [sys.executable, "-c", _BARE]
    told = subprocess.run(command, input=html.encode(), cwd=standby.ROOT, check=True, capture_output=True).stdout
    return float(told)


def _spent_by_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def long_report(*, paragraphs: int = 0, rows: int = 0, charts: int = 0):
    words = tuple(Paragraph(f"{number}. {TEXT} {TEXT}") for number in range(1, paragraphs + 1))
    table = (_table(rows),) if rows else ()
    drawings = tuple(_chart(number) for number in range(1, charts + 1))
    return report_paper(
        sections=(PaperSection(number="I", heading="KẾT QUẢ THỰC HIỆN", blocks=(*words, *table, *drawings)),)
    )


def annex_of(rows: int) -> TablePaper:
    """The annex of tasks of a program, as `reports.documents.task_annex` lays it out, of tasks that are all alike."""
    task = (_TASK, "Ban Tuyên giáo Huyện ủy", _HELPERS, "Quý I/2022", "Báo cáo", "02 hội nghị")
    table = Table(columns=COLUMNS, rows=tuple(Row((str(number), *task)) for number in range(1, rows + 1)))
    return TablePaper(
        title="PHỤ LỤC",
        subtitle="Danh mục nhiệm vụ phối hợp năm 2022",
        lines=("(Kèm theo Chương trình số 02/CTPH-HĐND-UBND-MTTQ ngày 30 tháng 3 năm 2022)",),
        blocks=(table,),
    )


def _table(rows: int) -> Table:
    """Every other task takes two lines: 500 of them and six charts fill 30 pages, five more than the target names."""
    tasks = (_TASK, "Gặp mặt chức sắc, chức việc tiêu biểu")
    words = ("Ban Tuyên giáo", "Quý I/2022", "Đúng hạn")
    return Table(
        columns=tuple(Column(*column) for column in _COLUMNS),
        rows=tuple(Row((str(number), tasks[number % 2], *words)) for number in range(1, rows + 1)),
    )


def _chart(number: int) -> Figure:
    drawing = area_bars(bars(), title="Kết quả", prefix=f"c{number}", size=PAPER, legend=True)
    return Figure(caption=f"Biểu đồ {number}. Kết quả nhiệm vụ theo lĩnh vực", svg=drawing)
