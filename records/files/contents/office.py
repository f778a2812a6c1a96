"""What a Word or Excel file may do besides being read, and how large it becomes: every part is read once, in bounds."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from records.errors import RuleBroken
from records.files.contents import disguise
from records.files.enums import FileKind

MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_PARTS = 5000
_MOST_PACKAGE_BYTES = 20 * 1024 * 1024
_MOST_RELATIONS_BYTES = 2 * 1024 * 1024
_CHUNK = 1024 * 1024
_OVERLAP = 64
_END_BYTES = 22
_ENCRYPTED = 0x1
_MAIN_PART = {FileKind.DOCX: "word/document.xml", FileKind.XLSX: "xl/workbook.xml"}
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
_MACRO_PARTS = re.compile(r"vbaproject\.bin$|vbadata\.xml$|/macrosheets/|/dialogsheets/|/activex/")
_LINK_PARTS = re.compile(r"/externallinks/|^xl/connections\.xml$|/querytables/")
_OBJECT_PARTS = re.compile(r"/embeddings/.*\.bin$|/oleobject[^/]*$")
_PACKAGES = re.compile(r"/embeddings/[^/]+\.(?:docx|xlsx|pptx|docm|xlsm|pptm)$")
_MACRO_WORDS = re.compile(rb"macroEnabled|vbaProject|macrosheet", re.IGNORECASE)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_FIELD = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr\s*=\s*\"([^\"]*)\"")
_DDE = re.compile(rb"\bDDE(?:AUTO)?\b", re.IGNORECASE)
_RUNS = ("/vbaproject", "/control", "/activexcontrolbinary")
_FETCHES = ("/frame", "/externallinkpath", "/externallink")
# The template a document was written with stands in it as a path on the writer's own disk; that fetches nothing.
_OWN_DISK = re.compile(r"file:///[a-z]:", re.IGNORECASE)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError)


def look_inside(kind: FileKind, content: BinaryIO) -> None:
    """Refuse an office file with macros, links to files elsewhere, objects of other programs, or one that is a bomb.

    Raises: RuleBroken that names what was found.
    """
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as packed:
            _must_end_with_itself(content, packed)
            if _MAIN_PART[kind] not in packed.namelist():
                raise disguise.not_what_it_says()
            _look(packed, MOST_UNPACKED_BYTES, is_nested=False)
    except _UNREADABLE as broken:
        raise disguise.not_what_it_says() from broken


def _must_end_with_itself(content: BinaryIO, packed: zipfile.ZipFile) -> None:
    """Nothing stands behind the archive, as it does where another file was put there."""
    content.seek(-_END_BYTES, 2)
    if packed.comment or not content.read().startswith(b"PK\x05\x06"):
        raise disguise.not_what_it_says()


def _look(packed: zipfile.ZipFile, bound: int, *, is_nested: bool) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > bound:
        raise RuleBroken(_("The file unpacks to more than is read. Copy what is needed into a new file."))
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise disguise.not_what_it_says()  # two parts of one name: each program opens another one
    for part in parts:
        name = _name_of(part)
        if part.flag_bits & _ENCRYPTED:
            raise disguise.locked()
        _must_be_named_harmlessly(name)
        if _PACKAGES.search(name):
            _look_into_package(packed, part, bound, is_nested=is_nested)
        else:
            _look_at(packed, part, name)


def _name_of(part: zipfile.ZipInfo) -> str:
    name = part.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/"):
        raise disguise.not_what_it_says()
    return posixpath.normpath(name).lower()


def _must_be_named_harmlessly(name: str) -> None:
    if _MACRO_PARTS.search(name):
        raise _with_macros()
    if _LINK_PARTS.search(name):
        raise _with_links()
    if _OBJECT_PARTS.search(name):
        raise _with_objects()


def _look_into_package(packed: zipfile.ZipFile, part: zipfile.ZipInfo, bound: int, *, is_nested: bool) -> None:
    """The workbook behind a diagram is looked into as well; one inside another is not."""
    if is_nested or part.file_size > _MOST_PACKAGE_BYTES:
        raise _with_objects()
    with zipfile.ZipFile(BytesIO(packed.read(part))) as inner:
        _look(inner, bound, is_nested=True)


def _look_at(packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    is_text = name.endswith((".xml", ".rels", ".vml"))
    fields: list[bytes] = []
    for place, chunk in enumerate(_chunks(packed, part)):
        if place == 0:
            _must_begin_harmlessly(chunk)
        if is_text or chunk.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"<"):
            plain = chunk.replace(b"\x00", b"")
            if _DECLARED.search(plain):
                raise RuleBroken(_("The file declares entities of its own. Open it, save it again, then choose it."))
            if name == "[content_types].xml" and _MACRO_WORDS.search(plain):
                raise _with_macros()
            fields += [found[1] or found[2] for found in _FIELD.finditer(plain)]
    if _DDE.search(b"".join(fields)):
        raise _with_links()
    if name.endswith(".rels"):
        _look_at_relations(packed, part)


def _chunks(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part piece by piece, each with the end of the one before, so that no word is cut in two."""
    before = b""
    with packed.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            yield before + chunk
            before = chunk[-_OVERLAP:]


def _must_begin_harmlessly(chunk: bytes) -> None:
    if chunk.startswith(_OLD_CONTAINER):
        raise _with_objects()
    if disguise.SCANNER_TEST in chunk[:128]:
        raise disguise.infected()


def _look_at_relations(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """What a part leads to: pages one may click on, but nothing that is fetched or started by itself."""
    if part.file_size > _MOST_RELATIONS_BYTES:
        raise disguise.not_what_it_says()
    try:
        relations = ElementTree.fromstring(packed.read(part))
    except ElementTree.ParseError as broken:
        raise disguise.not_what_it_says() from broken
    for relation in relations:
        kind, target = relation.get("Type", "").lower(), relation.get("Target", "")
        if kind.endswith(_RUNS):
            raise _with_macros()
        if kind.endswith("/oleobject"):
            raise _with_objects()
        is_outside = relation.get("TargetMode", "").lower() == "external"
        if kind.endswith(_FETCHES) or (is_outside and not _may_lead_outside(kind, target)):
            raise _with_links()


def _may_lead_outside(kind: str, target: str) -> bool:
    return kind.endswith("/hyperlink") or (kind.endswith("/attachedtemplate") and bool(_OWN_DISK.match(target)))


def _with_macros() -> RuleBroken:
    return RuleBroken(_("The file holds macros. Save it without them, as .docx, .xlsx or PDF, then choose it."))


def _with_links() -> RuleBroken:
    return RuleBroken(
        _("The file fetches data from another file or address. Break the links, save it again, then choose it.")
    )


def _with_objects() -> RuleBroken:
    return RuleBroken(
        _("The file holds an object of another program. Replace it by a picture, or save the file as PDF.")
    )
