"""Papers for the archive: the code on every page, the data inside the file, tags for screen readers, the same bytes
wherever they are made.
"""

import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pdfplumber
import pikepdf
import pytest
from django.conf import settings
from python_calamine import CalamineWorkbook

from coordination.programs.queries import live_version
from reports.documents.blocks import Column, Row, Table
from reports.documents.enclosures import DATA_NAME, TABLES_NAME, enclosures_of, workbook_of
from reports.documents.papers import PaperState
from reports.documents.program_paper import program_paper as paper_of
from reports.documents.render import paper_html
from reports.issuing.rendering import drawn, rendered
from reports.pdf import standby
from reports.pdf.engine import draw_pdf
from tests.checkers import archive
from tests.checkers.papers import program_paper, report_paper
from tests.checkers.pdf import wrong_glyphs
from tests.conftest import CONFERENCE_DAY

pytestmark = pytest.mark.on_sqlite


@pytest.fixture(autouse=True)
def kept_papers(tmp_path, monkeypatch):
    """The papers kept on disk lie in a folder of the test's own."""
    monkeypatch.setattr(settings, "VAR", tmp_path)


@pytest.fixture(scope="module")
def paper():
    """A program with its annex across the page."""
    paper = program_paper(8)
    annexes = tuple(replace(annex, is_landscape=True) for annex in paper.annexes)
    return replace(paper, annexes=annexes).stripped("program DH-2022-02", version="1.1")


@pytest.fixture(scope="module")
def content(paper) -> bytes:
    return draw_pdf(paper_html(paper), enclosed=enclosures_of(paper), is_archival=True).content


def enclosed(content: bytes, name: str) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return pdf.attachments[name].get_file().read_bytes()


def test_every_page_carries_the_code_and_where_to_check_it(paper, content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) > 3
        assert {page.width > page.height for page in pdf.pages} == {True, False}
        for page in pdf.pages:
            words = page.extract_text()
            assert paper.strip.code_in_groups in words
            assert "phoi-hop.example/xac-minh" in words
            lowest = max(char["bottom"] for char in page.chars)
            assert page.height - lowest > 19 * 72 / 25.4, "words in the bottom margin"


def test_a_paper_for_the_archive_is_what_it_declares_to_be(content):
    assert archive.faults(content) == []
    assert wrong_glyphs(content) == []
    report = report_paper().stripped("conference_report DH")
    assert archive.faults(drawn(report).content) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "colour profile"),
        (lambda pdf: pdf.Root.__setitem__("/Lang", pikepdf.String("en")), "language"),
        (lambda pdf: pdf.Root.AF.append(pdf.Root.AF[0]), "listed"),
        (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "not tagged"),
        (lambda pdf: pdf.Root.__delitem__("/Outlines"), "bookmarks"),
        (lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript)), ""),
    ],
)
def test_the_checker_finds_what_is_spoilt(content, spoil, fault):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        spoil(pdf)
        pdf.save(spoilt := io.BytesIO())
    found = archive.faults(spoilt.getvalue())
    assert fault == "" or any(fault in one for one in found)


def test_the_printed_digest_is_that_of_the_data_inside(signed_program):
    paper = paper_of(signed_program, day=CONFERENCE_DAY)
    version = live_version(signed_program)
    data = enclosed(rendered(paper).content, DATA_NAME)
    assert hashlib.sha256(data).hexdigest() == paper.strip.digest == version.digest
    assert json.loads(data)["title"] == version.snapshot["title"]


def test_the_tables_travel_as_a_workbook(paper, content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(enclosed(content, TABLES_NAME)))
    tables = [table for table in paper.tables() if table.rows]
    assert len(book.sheet_names) == len(tables)
    for name, table in zip(book.sheet_names, tables, strict=True):
        rows = book.get_sheet_by_name(name).to_python()
        assert rows[0] == [column.heading for column in table.columns]
        assert len(rows) == len(table.rows) + 1


def test_no_cell_of_the_workbook_is_a_formula_and_the_same_tables_give_the_same_bytes():
    rows = tuple(Row((words,)) for words in ('=HYPERLINK("http://evil.example")', "+1", "@SUM(A1)", "-2", "＝1"))
    table = Table(columns=(Column("=1+1", 100),), rows=rows)
    first = workbook_of([table], made_on=CONFERENCE_DAY)
    rows_read = CalamineWorkbook.from_filelike(io.BytesIO(first)).get_sheet_by_index(0).to_python()
    assert len(rows_read) == 6 and all(row[0].startswith("'") for row in rows_read)
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert workbook_of([table], made_on=CONFERENCE_DAY) == first


def test_a_draft_carries_neither_code_nor_data(paper):
    draft = replace(paper, state=PaperState.DRAFT)
    assert enclosures_of(draft) == ()
    with pikepdf.open(io.BytesIO(rendered(draft).content)) as pdf:
        assert not pdf.attachments and "/AF" not in pdf.Root
    assert paper.strip.code_in_groups not in paper_html(draft)


def test_the_fonts_of_the_machine_make_no_difference(paper, content, tmp_path, monkeypatch):
    """Why: a machine may carry other letters under the same name, or put others first."""
    elsewhere = tmp_path / "fonts.conf"
    elsewhere.write_text(
        "<fontconfig><dir>/usr/share/fonts</dir><alias binding='strong'><family>Tinos</family>"
        "<prefer><family>DejaVu Sans</family></prefer></alias></fontconfig>"
    )
    for name in ("FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(elsewhere if name.endswith("FILE") else tmp_path))
    standby.end()
    again = draw_pdf(paper_html(paper), enclosed=enclosures_of(paper), is_archival=True)
    assert again.content == content


def test_the_boxes_of_the_signatures_are_found_in_the_file_to_be_signed(paper):
    assert {f"sigbox-{place}" for place in range(1, 9)} <= set(drawn(paper).boxes)
