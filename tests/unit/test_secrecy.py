"""Which texts bear a mark of State secrecy and which only use its words."""

import unicodedata
import zipfile
import zlib
from io import BytesIO

import pikepdf
import pytest
from docx import Document
from xlsxwriter import Workbook

from records.files.contents.letters import letters_of
from records.files.contents.reading import lines_of
from records.files.enums import FileKind
from records.secrecy import mark_in, mark_in_name
from reports.pdf.engine import render_pdf


@pytest.mark.parametrize(
    ("written", "degree"),
    [
        ("Kế hoạch phối hợp (Mật)", "MẬT"),
        ("Kế hoạch phối hợp [TỐI MẬT]", "TỐI MẬT"),
        ("ỦY BAN NHÂN DÂN\n  MẬT  \nSố: 05/KH-UBND", "MẬT"),
        ("ỦY BAN NHÂN DÂN\r\nTuyệt mật\r\nSố: 05/KH-UBND", "TUYỆT MẬT"),
        ("Độ mật: Mật", "MẬT"),
        ("- Độ mật : tối mật.", "TỐI MẬT"),
        ("Văn bản TUYỆT MẬT gửi kèm", "TUYỆT MẬT"),
        (unicodedata.normalize("NFD", "TỐI MẬT"), "TỐI MẬT"),
        ("T", None),
        ("Tập huấn công tác bảo vệ bí mật nhà nước", None),
        ("BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
        ("Giải phóng mặt bằng; mật độ dân số; nuôi ong lấy mật", None),
        ("Quản lý tài liệu mật, tối mật, tuyệt mật đúng quy định", None),
        ("mật", None),
    ],
)
def test_a_stamp_is_told_from_a_word(written, degree):
    assert mark_in(written) == degree


@pytest.mark.parametrize(
    ("name", "degree"),
    [
        ("Ke_hoach_TUYET-MAT.pdf", "TUYỆT MẬT"),
        ("toi_mat_2022.docx", "TỐI MẬT"),
        ("Báo cáo (Mật).pdf", "MẬT"),
        ("giai-phong-mat-bang.pdf", None),
        ("bao_mat_thong_tin.docx", None),
        ("Mật độ dân số.xlsx", None),
    ],
)
def test_the_name_of_a_file_tells_too(name, degree):
    assert mark_in_name(name) == degree


def marked_docx(where: str) -> bytes:
    document, written = Document(), BytesIO()
    place = {"body": document, "head": document.sections[0].header, "foot": document.sections[0].footer}[where]
    stamp = place.add_paragraph()
    stamp.add_run("TỐI ").bold = True
    stamp.add_run("MẬT")
    document.save(written)
    return written.getvalue()


def marked_xlsx(*, is_drawn: bool = False) -> bytes:
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "Danh sách")
        if is_drawn:
            sheet.insert_textbox("C1", "TỐI MẬT")
        else:
            sheet.write("A2", "TỐI MẬT")
    return written.getvalue()


@pytest.mark.parametrize("where", ["body", "head", "foot"])
def test_a_stamp_in_two_pieces_is_read_wherever_word_puts_it(where):
    lines = lines_of(FileKind.DOCX, BytesIO(marked_docx(where)))
    assert mark_in("\n".join(lines)) == "TỐI MẬT"


@pytest.mark.parametrize("is_drawn", [False, True])
def test_a_cell_and_a_box_of_a_workbook_are_read(is_drawn):
    lines = lines_of(FileKind.XLSX, BytesIO(marked_xlsx(is_drawn=is_drawn)))
    assert mark_in("\n".join(lines)) == "TỐI MẬT"


def test_a_pdf_is_read_line_by_line():
    said = "<p>Số: 05/KH-UBND</p><p><b>TỐI</b> <i>MẬT</i></p><p>Nội dung mật ong</p>"
    lines = lines_of(FileKind.PDF, BytesIO(render_pdf(f"<html lang='vi'><title>a</title>{said}</html>")))
    assert mark_in("\n".join(lines)) == "TỐI MẬT"
    assert mark_in("\n".join(line for line in lines if "TỐI" not in line)) is None


@pytest.mark.parametrize("kind", [FileKind.PDF, FileKind.DOCX, FileKind.XLSX, FileKind.PNG])
def test_what_cannot_be_read_has_no_words(kind):
    assert lines_of(kind, BytesIO(b"%PDF-1.7 nothing of the kind PK\x03\x04")) == []


def test_a_font_that_names_more_letters_than_there_are_codes_is_cut():
    ranges = b"beginbfrange " + b"<0000> <ffff> <0041> " * 2000 + b"<0000> <ffffffff> <0041> endbfrange"
    assert len(letters_of(ranges)) <= 0x10000
    assert letters_of(b"beginbfrange <01> <03> <0041> endbfrange") == {1: "A", 2: "B", 3: "C"}


def test_a_code_stands_for_a_letter_and_never_for_a_text():
    """A table of 240 KB that gave every code a text of 60,000 letters would take gigabytes to write out."""
    long = b"0041" * 60_000
    assert max(map(len, letters_of(b"beginbfrange <00> <ff> <" + long + b"> endbfrange").values())) <= 8
    assert max(map(len, letters_of(b"beginbfchar <00> <" + long + b"> endbfchar").values())) <= 8


@pytest.mark.parametrize("part", [b"<" * 2_000_000, b"<w:p " * 400_000], ids=["never a tag", "tags that never end"])
def test_markup_that_never_ends_is_read_once(part):
    """Read again from every beginning this would take an hour, and the test never ended."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as office:
        office.writestr("word/document.xml", part)
    assert mark_in("\n".join(lines_of(FileKind.DOCX, packed))) is None
    assert letters_of(b"beginbfchar " * 20_000) == {}


def test_a_pdf_whose_table_of_objects_unpacks_without_end_has_no_words():
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(4_000_000)) for _megabytes in range(40)) + rows.flush()
    begins = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    table = b"5 0 obj\n<</Type/XRef/Size 40000000/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n"
    whole = begins + table % len(packed) + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(begins)
    assert lines_of(FileKind.PDF, BytesIO(whole)) == []
    assert 0 < pikepdf.settings.get_qpdf_limits()["flate_max_memory"] <= 64 * 1024 * 1024
