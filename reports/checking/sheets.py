"""What a finished PDF is to a reader with a ruler: lines of text with place, size and face, and the lines drawn.

Units: PDF points from the upper left corner of a page, which is how papers are measured.
"""

from dataclasses import dataclass

POINTS_OF_MM = 72 / 25.4
# Above and below the baseline, in parts of the size, for the one typeface papers are set in.
_ASCENT, _DESCENT = 0.891, 0.216


@dataclass(frozen=True)
class Line:
    """A run of letters on one baseline; `page` counts from 1."""

    page: int
    text: str
    left: float
    right: float
    base: float
    size: float
    font: str
    is_black: bool

    @property
    def top(self) -> float:
        return self.base - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.base + _DESCENT * self.size

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def is_bold(self) -> bool:
        return "Bold" in self.font

    @property
    def is_italic(self) -> bool:
        return "Italic" in self.font or "Oblique" in self.font


@dataclass(frozen=True)
class DrawnRule:
    """A thin horizontal line on a page."""

    page: int
    left: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Sheet:
    """A PDF taken apart: pages with their sizes, lines in the order they are drawn, which is the order of reading."""

    sizes: tuple[tuple[float, float], ...]
    lines: tuple[Line, ...]
    rules: tuple[DrawnRule, ...]
    fonts: frozenset[str]
    not_embedded: frozenset[str]
    language: str
    title: str
    is_tagged: bool

    def on(self, page: int) -> list[Line]:
        """The lines of one page."""
        return [line for line in self.lines if line.page == page]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)
