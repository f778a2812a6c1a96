"""What a file is, before anything parses it: its kind by its bytes, its size packed and unpacked."""

import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from records.errors import RuleBroken
from records.files.enums import FileKind

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MOST_PARTS = 2000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
SEPARATED_ENDINGS = ("csv", "tsv", "txt")
_ENCRYPTED = 0x1
_PROGRAMS = ("vbaproject.bin", "vbadata.xml", ".exe", ".dll", ".js", ".vbs")
_FOREIGN = ("/externallinks/", "/embeddings/", "/activex/", "/macrosheets/")
_START_BYTES = 4096
_PARTS = {FileKind.XLSX: "xl/workbook.xml", FileKind.DOCX: "word/document.xml"}


def check_size(size_bytes: int) -> None:
    """The file is small enough to be read at all.

    Raises: RuleBroken at the field of the file.
    """
    if size_bytes > MAX_BYTES:
        told = {"size": -(-size_bytes // 1024**2), "limit": MAX_BYTES // 1024**2}
        raise RuleBroken(
            _("The file has %(size)s MB, the limit is %(limit)s MB. Leave out pictures, or split the table.") % told,
            "file",
        )


def is_separated(name: str) -> bool:
    """Whether a file says that it is a table of plain text."""
    return name.rpartition(".")[2].lower() in SEPARATED_ENDINGS


def office_kind(name: str, content: BinaryIO, size_bytes: int) -> FileKind:
    """Excel or Word, by what is inside; anything else is refused with what to do about it.

    Raises: RuleBroken at the field of the file.
    """
    check_size(size_bytes)
    content.seek(0)
    start = content.read(4)
    if start == _OLD_OFFICE:
        content.seek(0)
        raise RuleBroken(_locked_words() if _LOCKED in content.read() else _old_words(), "file")
    kind = {"xlsx": FileKind.XLSX, "docx": FileKind.DOCX}.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise RuleBroken(_("Only Excel (.xlsx), Word (.docx) and CSV files are accepted"), "file")
    _must_unpack_to(kind, content)
    content.seek(0)
    return kind


def unreadable(reason: str = "") -> RuleBroken:
    """The refusal for a file that says it is an office file and cannot be read as one."""
    return RuleBroken(
        reason or _("The file is damaged or of another kind. Open it, save it again, then send it."), "file"
    )


def _must_unpack_to(kind: FileKind, content: BinaryIO) -> None:
    """Every part is read once within its told size, so that no later reader meets one that lied about it."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise RuleBroken(_("The file unpacks to more than is read. Copy the table into a new file."), "file")
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                raise RuleBroken(_locked_words(), "file")
            _must_be_plain(packed)
            if _PARTS[kind] not in packed.namelist() or packed.testzip() is not None:
                raise unreadable()
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError) as broken:
        raise unreadable() from broken


def _must_be_plain(packed: zipfile.ZipFile) -> None:
    """No program, no object of another kind, no link to another file, no declaration that could unfold."""
    for part in packed.infolist():
        name = part.filename.lower()
        if name.endswith(_PROGRAMS):
            raise unreadable(_("The file carries a macro. Save it as .xlsx without macros, then send it again."))
        if any(folder in name for folder in _FOREIGN):
            raise unreadable(
                _("The file carries an embedded object or a link to another file. Copy the table into a new file.")
            )
        if name.endswith((".xml", ".rels", ".vml")):
            with packed.open(part) as opened:
                start = opened.read(_START_BYTES).replace(b"\x00", b"").upper()
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise unreadable()


def _locked_words() -> str:
    return _("The file is protected by a password. Take the password off, then send it again.")


def _old_words() -> str:
    return _("The file is of the old kind (.xls, .doc). Save it as .xlsx or .docx, then send it again.")
