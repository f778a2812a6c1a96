"""Long tables: the PDF prints their beginning, says so, and carries the whole of them."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from reports.documents.blocks import Column, Paragraph, Row, Table
from reports.documents.ceilings import MOST_ROWS, TABLES_NAME, is_over_ceiling, shares_of, within_ceiling
from reports.documents.comment_table import TablePaper
from reports.documents.enclosures import enclosures_of
from reports.documents.papers import Annex, PaperSection, PaperState
from tests.checkers.papers import program_paper


def table(rows: int, note: str = "") -> Table:
    columns = (Column("TT", 10), Column("Nội dung", 90))
    return Table(columns=columns, rows=tuple(Row((str(n), f"Việc {n}")) for n in range(1, rows + 1)), note=note)


def table_paper(*tables: Table) -> TablePaper:
    return TablePaper(title="BẢNG", subtitle="Nhiệm vụ", lines=(), blocks=(Paragraph("Đoạn"), *tables))


def test_a_paper_of_common_length_is_printed_as_it_is():
    for paper in (program_paper(2), table_paper(table(MOST_ROWS)), table_paper(table(1000), table(500))):
        assert within_ceiling(paper) is paper and not is_over_ceiling(paper)
    assert enclosures_of(table_paper(table(3))) == ()


def test_short_tables_are_printed_whole_and_the_long_one_is_cut():
    section = PaperSection(
        number="I",
        blocks=(table(1000, note="Nguồn."),),
        children=(PaperSection(number="1", level=2, blocks=(table(400),)),),
    )
    annexes = (Annex(title="Một", blocks=(table(150),)), Annex(title="Hai", blocks=(table(20),)))
    paper = program_paper(2, sections=(section,), annexes=annexes, state=PaperState.DRAFT)
    printed = within_ceiling(paper)
    assert [len(one.rows) for one in printed.tables()] == [930, 400, 150, 20]
    notes = [one.note for one in printed.tables()]
    assert notes[0].startswith("Nguồn. Bảng in 930 dòng đầu trong 1.000 dòng") and TABLES_NAME in notes[0]
    assert notes[1:] == ["", "", ""]


def test_long_tables_share_what_the_short_ones_leave():
    assert shares_of([3000, 20, 3000], 1500) == [740, 20, 740]
    assert shares_of([5, 5], 1500) == [5, 5]
    assert sum(shares_of([700, 900, 2, 0], 1500)) == 1500


def test_the_total_of_a_table_that_is_cut_stays_below_it():
    long = table(MOST_ROWS + 5)
    summed = Table(columns=long.columns, rows=(*long.rows, Row(("", "Cộng"), is_total=True)))
    [printed] = within_ceiling(table_paper(summed)).tables()
    assert len(printed.rows) == MOST_ROWS + 1 and printed.rows[-1].is_total


def test_the_whole_of_every_table_travels_inside_the_file():
    paper = table_paper(table(MOST_ROWS + 1), table(2))
    [enclosed] = enclosures_of(paper)
    book = CalamineWorkbook.from_filelike(BytesIO(enclosed.content))
    assert enclosed.name == TABLES_NAME
    assert [len(book.get_sheet_by_index(place).to_python()) for place in (0, 1)] == [MOST_ROWS + 2, 3]
    assert enclosures_of(paper) == enclosures_of(paper)


def test_a_draft_over_the_ceiling_carries_its_tables_and_nothing_else():
    draft = program_paper(2, annexes=(Annex(title="Một", blocks=(table(MOST_ROWS + 1),)),), state=PaperState.DRAFT)
    assert [one.name for one in enclosures_of(draft)] == [TABLES_NAME]
