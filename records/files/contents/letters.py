"""Which letters the codes of a PDF's font stand for, as the font tells readers and search machines."""

import re

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_TRIPLE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_MOST_CODES = 0x10000


def letters_of(table: bytes) -> dict[int, str]:
    """The letters by code out of a font's table to Unicode; what names more letters than a font has codes is cut."""
    letters: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        letters |= {int(code, 16): _utf16(to) for code, to in _PAIR.findall(block)}
    told = 0
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, to in _TRIPLE.findall(block):
            letters |= (found := _range(int(first, 16), int(last, 16), to))
            if (told := told + len(found)) > _MOST_CODES:
                return letters
    return letters


def _range(first: int, last: int, to: bytes) -> dict[int, str]:
    """The last letter counts on from code to code; those before it stay."""
    beginning = _utf16(to)
    if not beginning or not first <= last < _MOST_CODES or ord(beginning[-1]) + last - first > 0x10FFFF:
        return {}
    return {code: beginning[:-1] + chr(ord(beginning[-1]) + code - first) for code in range(first, last + 1)}


def _utf16(written: bytes) -> str:
    even = written if len(written) % 2 == 0 else b"0" + written
    return bytes.fromhex(even.decode()).decode("utf-16-be", "replace")
