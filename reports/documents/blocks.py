"""What a paper is filled with: paragraphs, tables, figures."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from django.utils.safestring import SafeString

from records.text import nfc, without_forbidden

SHORT_TABLE, SHORT_TABLE_LETTERS = 11, 1_500
LONGEST_WHOLE_ROW = 1_200
# White space that other programs bring along and the typeface would draw as a box: plain spaces, and ends of lines.
_SPACES = {ord(char): " " for char in "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"}
_SPACES |= {0x2007: "\u00a0", 0x202F: "\u00a0", 0x2028: "\n", 0x2029: "\n"}


class Printed:
    """Text in it is composed (NFC), plain and free of invisible characters and of spaces no face can draw.

    Why: one decomposed string spoils the text layer of a whole PDF; and text that calls itself safe HTML is still text.
    """

    def __post_init__(self):
        for each in fields(self):
            object.__setattr__(self, each.name, _composed(getattr(self, each.name)))


def _composed(value):
    if isinstance(value, str):
        return without_forbidden(nfc(value + "").translate(_SPACES))
    if isinstance(value, tuple):
        return tuple(_composed(part) for part in value)
    return value


@dataclass(frozen=True)
class Paragraph(Printed):
    """One paragraph of running text."""

    text: str
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Column(Printed):
    """One column of a table: its heading, its share of the width in percent, and how its cells stand."""

    heading: str
    width_percent: int
    align: str = "left"

    def __post_init__(self):
        if self.align not in ("left", "center", "right"):
            raise ValueError(self.align)
        super().__post_init__()


@dataclass(frozen=True)
class Row(Printed):
    """One row of a table. A row with one cell heads a group and runs across; a total row stands in bold."""

    cells: tuple[str, ...]
    is_total: bool = False

    @property
    def is_group(self) -> bool:
        return len(self.cells) == 1

    @property
    def letters(self) -> int:
        """How much is written in it."""
        return sum(map(len, self.cells))

    @property
    def is_long(self) -> bool:
        """Whether it may be longer than a page and so has to go on over to the next one."""
        return self.letters > LONGEST_WHOLE_ROW


@dataclass(frozen=True, kw_only=True)
class Table(Printed):
    """A table with its caption. Shape: every row has one cell a column, or a single cell that heads a group."""

    caption: str = ""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    kind: str = field(default="table", init=False)

    def __post_init__(self):
        super().__post_init__()
        if any(len(row.cells) not in (1, len(self.columns)) for row in self.rows):
            raise ValueError(f"a row of {self.caption!r} does not fit its columns")

    @property
    def is_short(self) -> bool:
        """A short table is printed whole; a long one goes on over pages, its heading repeated.

        Why letters count too: a few long rows kept together would leave the page before them empty.
        """
        return len(self.rows) <= SHORT_TABLE and sum(row.letters for row in self.rows) <= SHORT_TABLE_LETTERS

    def lined_up(self) -> Iterator[tuple[Row, list[tuple[Column, str]]]]:
        """Each row with its cells beside their columns."""
        for row in self.rows:
            yield row, list(zip(self.columns, row.cells, strict=False))


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A chart drawn by reports.charts, with its caption; no other markup may enter a paper."""

    caption: str
    svg: SafeString
    note: str = ""
    kind: str = field(default="figure", init=False)

    def __post_init__(self):
        if not isinstance(self.svg, SafeString) or not self.svg.startswith("<svg"):
            raise TypeError("a figure takes the SVG of a chart function")


@dataclass(frozen=True, kw_only=True)
class Plate(Printed):
    """A name plate: what is read from afar and what stands below it; the sizes are full, smaller or smallest."""

    large: str
    small: str = ""
    size: str = "full"
    small_size: str = "full"
    kind: str = field(default="plate", init=False)


Block = Paragraph | Table | Figure | Plate
