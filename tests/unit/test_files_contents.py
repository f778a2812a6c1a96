"""What an uploaded file may hold: nothing that acts on whoever opens it. Abuse 42 to 47 of the threat model."""

import contextlib
import random
import time
import tracemalloc
import zipfile
import zlib
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation
from pikepdf import Array, Dictionary, Name

from records.errors import RuleBroken
from records.files.contents import look_inside
from records.files.enums import FileKind
from tests.factories.files import make_docx, make_pdf, make_xlsx, relation, with_changed, with_part

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 2000 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 2000 + b"IEND\xaeB`\x82"
PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "compress_streams": True}
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def opened_by(action: dict):
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pdf.make_indirect(Dictionary(action))

    return change


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["hop-dong.exe"] = b"MZ"


def _form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(XFA=Array([pdf.make_stream(b"<xdp/>")]), Fields=Array([]))


def _film(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.RichMedia))])


SCRIPT = opened_by({"/S": Name.JavaScript, "/JS": "app.alert(1)"})
IN_PDF = {
    "a script": SCRIPT,
    "a program to start": opened_by({"/S": Name.Launch, "/F": "cmd.exe"}),
    "a form that sends itself": opened_by({"/S": Name.SubmitForm, "/F": "http://x.invalid"}),
    "another file": _attachment,
    "a form of another program": _form,
    "a film": _film,
}
LOCKED = {"encryption": pikepdf.Encryption(owner="chu", user="")}


def look(kind: FileKind, content: bytes) -> None:
    look_inside(kind, BytesIO(content))


def refused(kind: FileKind, content: bytes) -> str:
    with translation.override("en"), pytest.raises(RuleBroken) as refusal:
        look(kind, content)
    return str(refusal.value)


@pytest.mark.parametrize("saved", [{}, PACKED], ids=["plain", "packed"])
def test_an_honest_pdf_is_taken_however_it_is_packed(saved):
    def link(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
        pdf.docinfo["/Title"] = "Biên bản: JavaScript, Launch, XFA chỉ là chữ"

    look(FileKind.PDF, make_pdf(link, **saved))


@pytest.mark.parametrize("saved", [{}, PACKED], ids=["plain", "packed"])
@pytest.mark.parametrize("what", sorted(IN_PDF))
def test_abuse_46_a_pdf_that_does_more_than_being_read_is_refused(what, saved):
    refused(FileKind.PDF, make_pdf(IN_PDF[what], **saved))


@pytest.mark.parametrize("saved", [{}, PACKED], ids=["plain", "packed"])
def test_abuse_46_a_pdf_under_a_password_is_refused_as_such(saved):
    assert "password" in refused(FileKind.PDF, make_pdf(**LOCKED, **saved))


def test_a_name_written_with_escapes_is_read_as_a_viewer_reads_it():
    content = make_pdf(SCRIPT)
    assert b"/JavaScript" in content
    refused(FileKind.PDF, content.replace(b"/JavaScript", b"/J#61va#53cript"))


def test_packed_objects_that_cannot_be_unpacked_are_refused():
    content = make_pdf(**PACKED)
    look(FileKind.PDF, content)
    for changed in (
        (b"/Filter /FlateDecode", b"/Filter /LZWDecode"),
        (b"/Filter /FlateDecode", b"/Filter [/ASCIIHexDecode /FlateDecode]"),
        (b"/Filter /FlateDecode", b"/Fil#74er /LZWDecode"),
        (b"/FlateDecode", b"/FlateDecode /DecodeParms << /Columns 4 /Predictor 12 >>"),
        (b"/Type /ObjStm", b"/Type /ObjStm /X (>> stream\n)"),
        (b"/Type /ObjStm", b"/Type /Obj#53tm % >> stream\n"),
    ):
        assert changed[0] in content
        refused(FileKind.PDF, content.replace(*changed, 1))


def test_objects_are_found_whatever_their_stream_is_called():
    content = make_pdf(SCRIPT, **PACKED)
    assert b"/JavaScript" not in content
    refused(FileKind.PDF, content.replace(b"/Type /ObjStm", b"/Type /Nothing"))
    packed = zlib.compress(zlib.compress(b"4 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"))

    def twice(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Extra = pdf.make_stream(packed)

    refused(FileKind.PDF, make_pdf(twice, compress_streams=False))


@pytest.mark.parametrize("damaged", [lambda packed: packed[:-3], lambda packed: packed[:-6] + b"\xff" * 6])
def test_objects_are_found_before_a_fault_of_their_packing(damaged):
    """A viewer shows what comes out before the fault."""
    packed = damaged(zlib.compress(b"4 0 << /S /JavaScript >> " + random.Random(1).randbytes(900)))

    def broken(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Extra = pdf.make_stream(packed)

    refused(FileKind.PDF, make_pdf(broken, compress_streams=False))


def test_a_pdf_cut_off_on_its_way_is_refused():
    content = make_pdf()
    refused(FileKind.PDF, content[: len(content) // 2])


def test_abuse_43_a_pdf_that_unpacks_without_end_is_refused_soon_and_in_little_memory():
    """A stream of zeros of 100 MB packed into 100 KB, that begins as objects do."""

    def bomb(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(b"1 0 " + b"\x00" * 100 * 1024 * 1024)
        pdf.Root.Extra = stream

    content = make_pdf(bomb, compress_streams=True)
    assert len(content) < 1024 * 1024
    tracemalloc.start()
    begun = time.monotonic()
    refused(FileKind.PDF, content)
    assert time.monotonic() - begun < 3
    assert tracemalloc.get_traced_memory()[1] < 200 * 1024 * 1024
    tracemalloc.stop()


def test_pictures_and_office_files_are_taken():
    look(FileKind.JPEG, JPEG)
    look(FileKind.PNG, PNG)
    look(FileKind.DOCX, make_docx())
    look(FileKind.XLSX, make_xlsx())


@pytest.mark.parametrize("kind", [FileKind.PDF, FileKind.JPEG, FileKind.PNG])
def test_abuse_42_a_file_behind_a_file_is_refused(kind):
    honest = {FileKind.PDF: make_pdf(), FileKind.JPEG: JPEG, FileKind.PNG: PNG}[kind]
    archive = make_docx()
    refused(kind, honest + archive)
    refused(kind, honest[:12] + b"<html><script>alert(1)</script>" + honest[12:])


def test_an_office_file_with_something_before_or_behind_it_is_refused():
    refused(FileKind.DOCX, b"<html></html>" + make_docx())
    refused(FileKind.DOCX, make_docx() + make_pdf())
    refused(FileKind.XLSX, make_docx())
    refused(FileKind.PDF, b"<html>%PDF-1.4" + make_pdf())


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
ESCAPED = relation("image", "http://x.invalid/").replace(b"External", b"&#69;xternal")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
INSIDE = {
    "macros": ("word/vbaProject.bin", b"\x00"),
    "macros in other letters": ("word/VBAPROJECT.BIN", b"\x00"),
    "macros of old": ("xl/macrosheets/sheet1.xml", b"<x/>"),
    "controls": ("word/activeX/activeX1.xml", b"<x/>"),
    "an object": ("word/embeddings/oleObject1.bin", b"\x00"),
    "an object under another name": ("word/media/anh.png", OLE),
    "documents in documents": ("word/embeddings/a.docx", with_part(make_docx(), "word/embeddings/b.docx", make_docx())),
    "macros inside a document inside": ("word/embeddings/a.xlsx", with_part(make_xlsx(), "xl/vbaProject.bin", b"\x00")),
    "another workbook": ("xl/externalLinks/externalLink1.xml", b"<x/>"),
    "a data source": ("xl/connections.xml", b"<x/>"),
    "entities": ("customXml/khac.xml", ENTITIES),
    "entities in another encoding": ("customXml/khac.xml", ENTITIES.decode().encode("utf-16")),
    "entities far down": ("customXml/khac.xml", b"<!--" + b"x" * (1024 * 1024 - 9) + b"--><!DOCTYPE a><a/>"),
    "a template from the net": ("word/_rels/settings.xml.rels", relation("attachedTemplate", "http://x.invalid/a.dotm")),
    "a template from a share": ("word/_rels/settings.xml.rels", relation("attachedTemplate", "file://x.invalid/a.dotm")),
    "a picture from the net": ("word/_rels/footer1.xml.rels", relation("image", "http://x.invalid/a.png")),
    "a link written with escapes": ("word/_rels/footer1.xml.rels", ESCAPED),
    "an object by its relation": ("word/_rels/footer1.xml.rels", relation("oleObject", "media/a.png", outside=False)),
    "a path that climbs": ("../../etc/cron.d/x", b"x"),
    "a test virus": ("word/media/anh.jpg", EICAR),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(what for what in INSIDE if what.startswith("entities")))
def test_abuse_44_an_office_file_that_declares_entities_is_refused(what):
    name, content = INSIDE[what]
    look(FileKind.DOCX, make_docx())
    assert "entities" in refused(FileKind.DOCX, with_part(make_docx(), name, content))


@pytest.mark.parametrize("what", sorted(what for what in INSIDE if not what.startswith("entities")))
def test_abuse_45_an_office_file_that_does_more_than_being_read_is_refused(what):
    name, content = INSIDE[what]
    kind, honest = (FileKind.XLSX, make_xlsx()) if name.startswith("xl/") else (FileKind.DOCX, make_docx())
    look(kind, honest)
    refused(kind, with_part(honest, name, content))


def test_what_offices_really_send_is_taken():
    document = make_docx()
    for name, content in (
        ("word/embeddings/Microsoft_Excel_Sheet.xlsx", make_xlsx()),
        ("word/media/anh.jpg", JPEG),
        ("word/_rels/settings.xml.rels", relation("attachedTemplate", "file:///C:\\Mau\\cong-van.dotx")),
        ("word/_rels/footnotes.xml.rels", relation("hyperlink", "https://vidu.gov.vn/")),
    ):
        look(FileKind.DOCX, with_part(document, name, content))


@pytest.mark.parametrize("field", ["DDEAUTO c:\\\\windows\\\\cmd.exe", "dde Excel a"])
def test_a_field_that_asks_another_program_is_refused(field):
    text = make_docx("CHO")
    run = f"</w:t></w:r><w:r><w:instrText>{field}</w:instrText></w:r><w:r><w:t>".encode()
    refused(FileKind.DOCX, with_changed(text, "word/document.xml", b"CHO", run))
    split = run.replace(b"DDE", b"D</w:instrText><w:instrText>DE").replace(b"dde", b"d</w:instrText><w:instrText>de")
    refused(FileKind.DOCX, with_changed(text, "word/document.xml", b"CHO", split))


def test_a_workbook_that_says_it_runs_macros_is_refused():
    refused(
        FileKind.XLSX,
        with_changed(make_xlsx(), "[Content_Types].xml", b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"),
    )


def test_abuse_43_an_office_bomb_is_refused_soon_and_in_little_memory():
    """Six parts of 36 MB, 216 MB packed into 216 KB."""
    written = BytesIO(make_xlsx())
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as packed:
        for number in range(6):
            packed.writestr(f"xl/media/{number}.jpg", b"\x00" * 36 * 1024 * 1024)
    content = written.getvalue()
    assert len(content) < 1024 * 1024
    tracemalloc.start()
    begun = time.monotonic()
    refused(FileKind.XLSX, content)
    assert time.monotonic() - begun < 3
    assert tracemalloc.get_traced_memory()[1] < 50 * 1024 * 1024
    tracemalloc.stop()


def test_a_part_that_lies_about_its_size_is_refused():
    content = with_part(make_xlsx(), "xl/media/1.jpg", b"\x00" * 7_777_777)
    lied = content.replace((7_777_777).to_bytes(4, "little"), (77).to_bytes(4, "little"))
    assert lied != content
    refused(FileKind.XLSX, lied)


def test_two_parts_of_one_name_are_refused():
    """What is looked at must be what is opened."""
    twice = with_part(make_docx(), "WORD/document.xml", b"<x/>")
    refused(FileKind.DOCX, twice)


def test_too_many_parts_are_refused():
    written = BytesIO(make_xlsx())
    with zipfile.ZipFile(written, "a") as packed:
        for number in range(5001):
            packed.writestr(f"xl/media/{number}.xml", b"")
    refused(FileKind.XLSX, written.getvalue())


@pytest.mark.parametrize("kind", sorted(FileKind))
def test_abuse_47_the_test_virus_is_refused_whatever_it_is_called(kind):
    assert "virus" in refused(kind, EICAR)


def test_an_old_or_locked_office_file_is_told_apart():
    assert "password" not in refused(FileKind.XLSX, OLE)
    assert "password" in refused(FileKind.XLSX, OLE + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize(
    "bait",
    [
        b"stream\n",
        b"stream\n" + zlib.compress(b"1 0 2 7 "),
        b"/ObjStm ",
        b"1 0 obj << /Type /ObjStm >> stream\n",
        b"/a#61",
        b"/",
    ],
)
def test_a_pdf_made_to_be_read_slowly_is_not(bait):
    content = b"%PDF-1.7\n" + bait * (4 * 1024 * 1024 // len(bait)) + b"endstream\n%%EOF"
    begun = time.monotonic()
    with contextlib.suppress(RuleBroken):
        look(FileKind.PDF, content)
    assert time.monotonic() - begun < 3


def test_a_large_honest_pdf_is_read_quickly():
    """20 MB of noise, as of scanned pages, hold no name by chance that stops them."""
    noise = random.Random(2022).randbytes(19 * 1024 * 1024)

    def scanned(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Scan = pdf.make_stream(noise)

    content = make_pdf(scanned)
    begun = time.monotonic()
    look(FileKind.PDF, content)
    assert time.monotonic() - begun < 3
