"""P11: papers drawn, in processor time of the child that draws them; a paper drawn before, served from the store."""

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.test import Client
from django.urls import reverse

from reports.charts import PRINT, area_bars
from reports.documents.blocks import Column, Figure, Paragraph, Row, Table
from reports.documents.papers import PaperSection
from reports.documents.render import paper_html
from reports.pdf.engine import ROOT, draw_pdf
from tests.bench.timing import Measured, measure
from tests.checkers.papers import TEXT, bars, program_paper, report_paper
from tests.factories.programs import make_program, secretary_of

TIMES = 3
TWO_PAGES_MS, LARGE_MS, LARGE_MB, STORED_MS = 500, 6_000, 200, 30
ANNEX_ROWS, ROWS_PER_SECOND, OVER_BARE = 431, 112, 1.3
# The same engine without what surrounds it here: no limits, no fences, no question which letters the typeface has.
_BARE = (
    "import sys\nfrom reports.pdf import drawing\n"
    "sys.stdout.buffer.write(drawing.parsed(sys.stdin.read()).write_pdf(pdf_tags=True))\n"
)
_COLUMNS = (("TT", 6), ("Nội dung nhiệm vụ", 30), ("Cơ quan chủ trì", 16), ("Phối hợp", 16), ("Sản phẩm", 12),
            ("Thời gian", 10), ("Kết quả", 10))  # fmt: skip


def figures() -> Iterator[Measured]:
    """Two pages, ten pages beside the bare engine, twenty-five with 500 rows and six charts, an annex, the store."""
    yield _drawn("paper, program of two pages", paper_html(program_paper(2, annexes=())), target_ms=TWO_PAGES_MS)
    ten = paper_html(long_report(paragraphs=60))
    bare = _processor_ms(lambda: _bare(ten))
    yield _drawn("paper, report of ten pages, against the bare engine", ten, target_ms=bare * OVER_BARE)
    annex = paper_html(long_report(rows=ANNEX_ROWS))
    yield _drawn(f"paper, table of {ANNEX_ROWS} rows", annex, target_ms=ANNEX_ROWS / ROWS_PER_SECOND * 1000)
    large = _drawn("paper, 500 rows and six charts", paper_html(long_report(rows=500, charts=6)), target_ms=LARGE_MS)
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield replace(large, note=f"{large.note}, {peak_mb:.0f} MB at most of {LARGE_MB}")
    yield from _stored()


def _drawn(name: str, html: str, *, target_ms: float) -> Measured:
    pages = draw_pdf(html).pages
    took = tuple(_processor_ms(lambda: draw_pdf(html)) for _number in range(TIMES))
    return Measured(name, took, target_ms, f"{pages} pages, processor time")


def _stored() -> Iterator[Measured]:
    """The whole answer: rights, the paper built and compared, the bytes from the disk, the entry of the audit."""
    program = make_program("signed", parties=2)
    client = Client()
    secretary = secretary_of(program.drafting_agency)
    client.force_login(secretary.user, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("reports:program-pdf", args=[program.slug])
    yield measure("paper, unchanged, from the store", lambda: _get(client, address), target_ms=STORED_MS, times=20)


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    if not answer.content.startswith(b"%PDF-"):
        raise RuntimeError(f"{address} answered {answer.status_code}; its time means nothing")


def _bare(html: str) -> None:
    subprocess.run([sys.executable, "-c", _BARE], input=html.encode(), cwd=ROOT, check=True, capture_output=True)


def _processor_ms(act: Callable[[], object]) -> float:
    """The time on the processor of the children an act has waited for."""
    before = _spent_by_children()
    act()
    return (_spent_by_children() - before) * 1000


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


def _table(rows: int) -> Table:
    words = (
        "Tổ chức hội nghị thông tin thời sự tới cán bộ, đảng viên, hội viên",
        "Ban Tuyên giáo Huyện ủy",
        "UBND huyện; các tổ chức chính trị - xã hội",
        "Báo cáo",
        "Quý I/2022",
        "Đúng hạn",
    )
    return Table(
        columns=tuple(Column(*column) for column in _COLUMNS),
        rows=tuple(Row((str(number), *words)) for number in range(1, rows + 1)),
    )


def _chart(number: int) -> Figure:
    drawing = area_bars(bars(), title="Kết quả", prefix=f"c{number}", width=624, font=PRINT, legend=True)
    return Figure(caption=f"Biểu đồ {number}. Kết quả nhiệm vụ theo lĩnh vực", svg=drawing)
