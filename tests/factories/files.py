"""Files as they come in: honest ones made by the libraries offices use, and the same ones with something in them."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pikepdf
from docx import Document
from xlsxwriter import Workbook

RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_pdf(change: Callable[[pikepdf.Pdf], None] = lambda pdf: None, **saved) -> bytes:
    """A PDF of one page; `change` puts something into it, `saved` says how it is packed."""
    written = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(written, **saved)
    return written.getvalue()


def make_docx(text: str = "Biên bản bàn giao mặt bằng") -> bytes:
    """A Word document of one sentence."""
    document, written = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(written)
    return written.getvalue()


def make_xlsx() -> bytes:
    """A workbook of one cell, with a link to a page one may click on."""
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        book.add_worksheet().write_url("A1", "https://vidu.gov.vn/", string="Danh sách hộ")
    return written.getvalue()


def with_part(office_file: bytes, name: str, content: bytes) -> bytes:
    """The same office file with one more part."""
    written = BytesIO(office_file)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return written.getvalue()


def with_changed(office_file: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The same office file with some words of one part exchanged."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(office_file)) as read, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in read.infolist():
            content = read.read(part)
            if part.filename == name:
                assert old in content
                content = content.replace(old, new)
            packed.writestr(part.filename, content)
    return written.getvalue()


def relation(kind: str, target: str, *, outside: bool = True) -> bytes:
    """The relations of a part that leads to one other."""
    mode = ' TargetMode="External"' if outside else ""
    return (RELATIONS % f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>').encode()
