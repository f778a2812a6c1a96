"""Tables that leave the portal for a spreadsheet program: no cell of them is a formula, no value breaks a line."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from records import text

# Full-width letters too: some programs read them as their narrow twins.
_BEGINS_FORMULA = tuple("=+-@\t\r＝＋－＠")
_BYTE_ORDER_MARK = "\ufeff"
_AT_ONCE = 200


def cell(value: Any) -> str:
    """A value as one line of text; what a program would take for a formula has an apostrophe before it.

    Rule: R-EXPORT-1.
    """
    plain = "" if value is None else str(value)
    line = plain if _is_one_line(plain) else " ".join(text.without_forbidden(plain).split())
    return f"'{line}" if plain.startswith(_BEGINS_FORMULA) or line.startswith(_BEGINS_FORMULA) else line


def _is_one_line(plain: str) -> bool:
    """Whether nothing in a text has to go; nearly every cell, and quickly told. What prints holds no other space."""
    return plain.isprintable() and "  " not in plain and plain[:1] != " " and plain[-1:] != " "


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A table as comma-separated text, piece by piece; the mark before it makes programs read Vietnamese letters."""
    lines: list[str] = []
    writer = csv.writer(_Lines(lines))
    yield _BYTE_ORDER_MARK
    writer.writerow([cell(name) for name in header])
    for some in _in_pieces(rows):
        writer.writerows([cell(value) for value in row] for row in some)
        yield "".join(lines)
        lines.clear()
    yield "".join(lines)


class _Lines:
    """What a writer writes into, line by line."""

    def __init__(self, lines: list[str]):
        self.write = lines.append


def _in_pieces(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    rows = iter(rows)
    while piece := list(islice(rows, _AT_ONCE)):
        yield piece
