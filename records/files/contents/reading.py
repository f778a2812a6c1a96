"""The words of an uploaded file, line by line, as far as a mark on it can stand: its first pages, heads and feet.

Nothing is rendered; every part is read within bounds, and what cannot be read has no words. A scanned picture has none.
"""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf

from records.files.contents.letters import letters_of
from records.files.enums import FileKind

_MOST_PART_BYTES = 4 * 1024 * 1024
_MOST_PARTS, _MOST_FONTS = 40, 60
_PAGES, _MOST_PAGE_BYTES, _MOST_TABLE_BYTES = 2, 1024 * 1024, 256 * 1024
# A table of objects is unpacked whole before anything else is known of a file; this holds for the whole process.
pikepdf.settings.set_qpdf_limits(flate_max_memory=64 * 1024 * 1024)
# In thousandths of the size: a wider step between two letters of one command parts two words.
_WORD_GAP = -180
_PARTS = {
    FileKind.DOCX: re.compile(r"word/(?:document|header\d*|footer\d*)\.xml$"),
    FileKind.XLSX: re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+|drawings/[^/]+)\.xml$"),
}
_LINE_ENDS = re.compile(r"</?(?:w:p|a:p|si|is|c|row|w:br|(?:odd|even|first)(?:Header|Footer))\b[^<>]*>")
_TAGS = re.compile(r"<[^<>]*>")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, pikepdf.PdfError, ValueError, OSError, EOFError, NotImplementedError,
               RuntimeError, KeyError, AttributeError, TypeError, IndexError)  # fmt: skip


def lines_of(kind: FileKind, content: BinaryIO) -> list[str]:
    """The lines of text at the places a mark is put; none for a picture and for what cannot be read."""
    content.seek(0)
    try:
        if kind is FileKind.PDF:
            return list(_of_pdf(content))
        return list(_of_office(kind, content)) if kind in _PARTS else []
    except _UNREADABLE:
        return []


def _of_office(kind: FileKind, content: BinaryIO) -> Iterator[str]:
    with zipfile.ZipFile(content) as packed:
        for part in [part for part in packed.infolist() if _PARTS[kind].search(part.filename)][:_MOST_PARTS]:
            with packed.open(part) as opened:
                written = opened.read(_MOST_PART_BYTES).decode(errors="replace")
            for line in _LINE_ENDS.split(written):
                yield html.unescape(_TAGS.sub("", line)).strip()


def _of_pdf(content: BinaryIO) -> Iterator[str]:
    with pikepdf.open(content) as pdf:
        for page in pdf.pages[:_PAGES]:
            fonts = list(page.get("/Resources", {}).get("/Font", {}).items())[:_MOST_FONTS]
            yield from _lines_drawn(pdf, page, {str(name): _Letters(font) for name, font in fonts})


class _Letters:
    """What the codes of a font stand for."""

    def __init__(self, font: pikepdf.Object):
        self._letters = letters_of(_unpacked(font.ToUnicode, _MOST_TABLE_BYTES)) if "/ToUnicode" in font else {}
        self._step = 2 if font.get("/Subtype") == "/Type0" else 1

    def read(self, written: bytes) -> str:
        codes = (written[at : at + self._step] for at in range(0, len(written), self._step))
        return "".join(self._letters.get(int.from_bytes(code, "big"), "") for code in codes)


def _lines_drawn(pdf: pikepdf.Pdf, page: pikepdf.Page, fonts: dict[str, _Letters]) -> Iterator[str]:
    """Letters one behind the other until the pen moves to another level."""
    font, level, line = None, None, ""
    wanted = "BT Tf Td TD T* Tm Tj TJ ' \""
    for operands, operator in pikepdf.parse_content_stream(_bounded(pdf, page), wanted):
        command = str(operator)
        if command == "Tf":
            font = fonts.get(str(operands[0]))
        elif _moves(command, operands, level):
            yield line
            line, level = "", _level(command, operands)
        if command in ("Tj", "TJ", "'", '"') and font is not None:
            line += _shown(font, operands[0] if command == "TJ" else operands)
    yield line


def _moves(command: str, operands: list, level: float | None) -> bool:
    """Whether a command begins another line."""
    if command == "Tm":
        return float(operands[5]) != level
    return command in ("T*", "'", '"') or (command in ("Td", "TD") and float(operands[1]) != 0)


def _level(command: str, operands: list) -> float | None:
    return float(operands[5]) if command == "Tm" else None


def _shown(font: _Letters, pieces) -> str:
    shown = ""
    for piece in pieces:
        if isinstance(piece, pikepdf.String):
            shown += font.read(bytes(piece))
        elif float(piece) < _WORD_GAP:
            shown += " "
    return shown


def _bounded(pdf: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Stream:
    """The drawing commands of a page, as far as they are read here."""
    streams = page.get("/Contents", [])
    parts = list(streams) if isinstance(streams, pikepdf.Array) else [streams]
    drawn = b""
    for part in parts[:_MOST_PARTS]:
        drawn += _unpacked(part, max(1, _MOST_PAGE_BYTES - len(drawn))) + b"\n"
    return pikepdf.Stream(pdf, drawn)


def _unpacked(stream: pikepdf.Object, most: int) -> bytes:
    """The first bytes of a stream; of one that is packed otherwise than usual none."""
    packed, filters = bytes(stream.read_raw_bytes()), stream.get("/Filter")
    if filters is None:
        return packed[:most]
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    return zlib.decompressobj().decompress(packed, most) if names == ["/FlateDecode"] else b""
