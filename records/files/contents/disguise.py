"""A file that pretends to be another: the first bytes, a second file behind it, a page before it, a known virus."""

import re
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext as _

from records.errors import RuleBroken
from records.files.enums import FileKind

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OPENINGS = {
    FileKind.PDF: b"%PDF-",
    FileKind.JPEG: b"\xff\xd8\xff",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.DOCX: _ZIP,
    FileKind.XLSX: _ZIP,
}
_MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|svg|iframe|meta)\b", re.IGNORECASE)
_HEAD_BYTES = 1024
# The string every virus scanner knows as the test of scanners; nobody sends it by mistake.
SCANNER_TEST = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_TEST_WITHIN_BYTES = 128


def must_be(kind: FileKind, content: BinaryIO) -> None:
    """The first bytes are those of its kind, and nothing else is hidden before or behind them.

    Raises: RuleBroken.
    """
    content.seek(0)
    head = content.read(_HEAD_BYTES)
    if SCANNER_TEST in head[:_TEST_WITHIN_BYTES]:
        raise infected()
    if head.startswith(_OLD_OFFICE) and kind in (FileKind.DOCX, FileKind.XLSX):
        raise _of_old_office(content)
    if not head.startswith(_OPENINGS[kind]):
        raise not_what_it_says()
    if _OPENINGS[kind] != _ZIP and (_MARKUP.search(head) or _holds_archive(content)):
        raise RuleBroken(_("The file hides another file inside. Save it again as PDF or as a picture and choose it."))


def not_what_it_says() -> RuleBroken:
    """The refusal of content that does not fit the name."""
    return RuleBroken(_("The content of the file is not what its name says. Save it again as PDF and choose it."))


def infected() -> RuleBroken:
    """The refusal of a file in which a virus was found."""
    return RuleBroken(_("A virus was found in the file; it was not kept. Tell whoever looks after your computer."))


def locked() -> RuleBroken:
    """The refusal of a file nobody can look into."""
    return RuleBroken(_("The file is protected by a password. Take the password off, then choose it again."))


def _of_old_office(content: BinaryIO) -> RuleBroken:
    """A new name over the old container: either an office file under a password, or one of the old kind renamed."""
    content.seek(0)
    return locked() if _LOCKED in content.read() else not_what_it_says()


def _holds_archive(content: BinaryIO) -> bool:
    content.seek(0)
    return zipfile.is_zipfile(content)
