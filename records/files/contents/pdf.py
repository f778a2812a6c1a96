"""What a PDF may do besides being read: it is searched for names of actions, in plain sight and in packed objects.

Why no PDF library: nothing is rendered or repaired here. A name that acts is refused wherever it stands, also where no
viewer would look for it; a file whose packed objects cannot all be unpacked is refused as well.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from records.errors import RuleBroken
from records.files.contents.disguise import locked
from records.files.enums import FileKind

_ACTING = {b"JavaScript", b"Launch", b"SubmitForm", b"ImportData", b"RichMedia", b"Movie", b"XFA"}
_CARRYING = {b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment", b"GoToE"}
_LOCKING = {b"Encrypt"}
_PACKED = b"ObjStm"
_KNOWN = sorted(_ACTING | _CARRYING | _LOCKING | {_PACKED}, key=len, reverse=True)
_REGULAR = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%#]"
# A name of ours written plainly, or any name with characters written as #4a, which is how one is hidden.
_NAME = re.compile(
    rb"/(?:(" + b"|".join(_KNOWN) + rb")(?!" + _REGULAR + rb"|#)|((?:" + _REGULAR + rb"{0,60}#[0-9A-Fa-f]{2}){1,30}"
    + _REGULAR + rb"{0,60}))"
)  # fmt: skip
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream(?:\r\n|\n|\r)(?=[\x08-\x78][\x00-\xff])")
# The dictionary of a stream of objects, as every program writes it: plain facts, no strings and no remarks.
_FACTS = re.compile(rb"\s*<<(?:[^()%<>]|<<[^()%<>]*>>)*>>\s*stream(?:\r\n|\n|\r)")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_OBJECTS = re.compile(rb"[\s\x00]*[0-9%]")
_HEADER, _CHUNK = 2, 64 * 1024
_FACTS_BYTES = 4096
_TAIL_BYTES = 4096
_PEEKED_BYTES, _PEEKED_PACKED = 64, 1024
_MOST_LAYERS = 3
_MOST_NAMES, _MOST_STREAMS = 100_000, 200_000
_MOST_UNPACKED = 64 * 1024 * 1024


def look_inside(kind: FileKind, content: BinaryIO) -> None:
    """Refuse a PDF with scripts, programs to start, files inside, forms of its own, or a password.

    Raises: RuleBroken that names what was found.
    """
    content.seek(0)
    whole = content.read()
    if b"%%EOF" not in whole[-_TAIL_BYTES:]:
        raise RuleBroken(_("The file is cut off at its end. Open it, save it again, then choose it."))
    packed_at = []
    for at, name in _names(whole):
        _must_be_harmless(name)
        packed_at += [at] if name == _PACKED else []
    for at in packed_at:
        _must_be_packed_plainly(whole, at)
    for unpacked in _packed_objects(whole, _MOST_UNPACKED):
        for _at, name in _names(unpacked):
            _must_be_harmless(name)


def _names(text: bytes) -> Iterator[tuple[int, bytes]]:
    """Names that matter here and where they stand, written plainly or with escapes."""
    for count, found in enumerate(_NAME.finditer(text)):
        if count > _MOST_NAMES:
            raise _not_looked_into()
        plain = found[1] or _unescaped(found[2])
        if plain in _KNOWN:
            yield found.end(), plain


def _must_be_harmless(name: bytes) -> None:
    if name in _LOCKING:
        raise locked()
    if name in _CARRYING:
        raise RuleBroken(_("The PDF carries other files inside. Send them one by one, and the PDF without them."))
    if name in _ACTING:
        raise RuleBroken(
            _("The PDF holds a script or an action that starts by itself. Print it to PDF again, then choose it.")
        )


def _must_be_packed_plainly(whole: bytes, at: int) -> None:
    """The stream of objects whose dictionary has a name at this place is packed the one way that is looked into.

    Raises: RuleBroken where it is not, or where its dictionary is written as no program writes it.
    """
    begins = whole.rfind(b"obj", max(0, at - _FACTS_BYTES), at)
    written = _FACTS.match(whole, begins + len(b"obj"), begins + 2 * _FACTS_BYTES) if begins >= 0 else None
    if written is None or written.end() < at:
        raise _not_looked_into()
    facts = _unescaped(written[0])
    filters = _FILTERS.search(facts)
    names = re.findall(rb"/(\w+)", filters[1]) if filters else []
    if (b"/Filter" in facts and names != [b"FlateDecode"]) or re.search(rb"/Predictor\s+(?!1\b)", facts):
        raise _not_looked_into()
    if names and not _inflated(whole[written.end() : written.end() + _PEEKED_PACKED], _PEEKED_BYTES):
        raise _not_looked_into()


def _packed_objects(whole: bytes, left: int) -> Iterator[bytes]:
    """What every stream unpacks to that begins as objects do, whatever its dictionary calls it, within one bound.

    Raises: RuleBroken beyond the bound.
    """
    end, to_read = 0, 4 * len(whole)
    for count, opened in enumerate(_STREAM.finditer(whole)):
        begin = opened.end()
        if count > _MOST_STREAMS:
            raise _not_looked_into()
        if not _may_hold_objects(whole[begin : begin + _PEEKED_PACKED]):
            continue
        if end < begin:
            end = whole.find(b"endstream", begin)
            end = len(whole) if end < 0 else end
        packed, to_read = whole[begin:end], to_read - (end - begin)
        if to_read < 0:
            raise _not_looked_into()
        for unpacked in _layers(packed, left):
            left -= len(unpacked)
            yield unpacked


def _layers(packed: bytes, left: int) -> Iterator[bytes]:
    """What a stream unpacks to, and that again where it is packed twice."""
    for _layer in range(_MOST_LAYERS):
        if not _may_hold_objects(packed[:_PEEKED_PACKED]):
            return
        packed = _inflated(packed, left + 1) or b""
        left -= len(packed)
        if left < 0:
            raise RuleBroken(_("The file unpacks to more than is read. Save it again with smaller pictures."))
        yield packed


def _may_hold_objects(packed: bytes) -> bool:
    """Whether the beginning of a stream unpacks, and to the numbers objects begin with or to something packed again."""
    peeked = _inflated(packed, _PEEKED_BYTES)
    return bool(peeked) and (bool(_OBJECTS.match(peeked)) or _inflated(peeked, 1) is not None)


def _inflated(packed: bytes, most: int) -> bytes | None:
    """The first bytes of what this unpacks to, as far as it does; None where it is nothing packed.

    Why without the check sum: viewers show what comes out before the fault.
    """
    if len(packed) < _HEADER or packed[0] & 0x0F != zlib.DEFLATED or int.from_bytes(packed[:_HEADER]) % 31:
        return None
    unpacking, unpacked = zlib.decompressobj(-zlib.MAX_WBITS), bytearray()
    for at in range(_HEADER, len(packed), _CHUNK):
        before, chunk = unpacking.copy(), packed[at : at + _CHUNK]
        try:
            unpacked += unpacking.decompress(chunk, most - len(unpacked))
        except zlib.error:
            return bytes(unpacked + _up_to_the_fault(before, chunk, most - len(unpacked)))
        if len(unpacked) >= most or unpacking.eof:
            break
    return bytes(unpacked)


def _up_to_the_fault(unpacking, chunk: bytes, most: int) -> bytes:
    unpacked = bytearray()
    try:
        for one in chunk:
            unpacked += unpacking.decompress(bytes([one]), max(1, most - len(unpacked)))
    except zlib.error:
        pass
    return bytes(unpacked[:most])


def _unescaped(text: bytes) -> bytes:
    return _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), text)


def _not_looked_into() -> RuleBroken:
    return RuleBroken(_("The PDF cannot be looked into. Print it to PDF again, then choose it."))
