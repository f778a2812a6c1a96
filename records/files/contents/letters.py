"""Which letters the codes of a PDF's font stand for, as the font tells readers and search machines."""

import re

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_TRIPLE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
# A code stands for a letter or a ligature, never for a text.
_MOST_CODES, _MOST_LETTERS = 0x10000, 8


def letters_of(table: bytes) -> dict[int, str]:
    """The letters by code out of a font's table to Unicode; what names more letters than a font has codes is cut."""
    letters: dict[int, str] = {}
    for block in _blocks(table, b"bfchar"):
        letters |= {int(code, 16): _utf16(to)[:_MOST_LETTERS] for code, to in _PAIR.findall(block)}
    told = 0
    for block in _blocks(table, b"bfrange"):
        for first, last, to in _TRIPLE.findall(block):
            letters |= (found := _range(int(first, 16), int(last, 16), to))
            if (told := told + len(found)) > _MOST_CODES:
                return letters
    return letters


def _blocks(table: bytes, name: bytes) -> list[bytes]:
    """What stands between the beginning and the end of such blocks; read once, however many never end."""
    begun = (part.partition(b"end" + name) for part in table.split(b"begin" + name)[1:])
    return [block for block, ended, _rest in begun if ended]


def _range(first: int, last: int, to: bytes) -> dict[int, str]:
    """The last letter counts on from code to code; those before it stay."""
    beginning = _utf16(to)[:_MOST_LETTERS]
    if not beginning or not first <= last < _MOST_CODES or ord(beginning[-1]) + last - first > 0x10FFFF:
        return {}
    return {code: beginning[:-1] + chr(ord(beginning[-1]) + code - first) for code in range(first, last + 1)}


def _utf16(written: bytes) -> str:
    even = written if len(written) % 2 == 0 else b"0" + written
    return bytes.fromhex(even.decode()).decode("utf-16-be", "replace")
