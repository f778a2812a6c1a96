"""Colours and faces of the charts.

Why: page style rules have no effect inside inline SVG when a PDF is made, and a custom property there draws black; so
every mark carries its print-safe colour as an attribute and a class by which the screen themes it again.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .series import Tone

FILL = {
    Tone.ON_TIME: "#2B6E5B",
    Tone.LATE: "#B67F14",
    Tone.MISSED: "#B5473A",
    Tone.OPEN: "#4A78A8",
    Tone.IDLE: "#CFC9BC",
}
# A figure inside a bar: light on the dark tones, dark on gold and grey, each above 4.5:1.
INK_INSIDE = {
    Tone.ON_TIME: ("tw", "#FFFFFF"),
    Tone.LATE: ("tl", "#1F2023"),
    Tone.MISSED: ("tw", "#FFFFFF"),
    Tone.OPEN: ("tw", "#FFFFFF"),
    Tone.IDLE: ("tl", "#1F2023"),
}
TEXT, TEXT_2, AXIS, PLAN, GRID, TRACK, SURFACE = (
    "#1F2023",
    "#4A4D53",
    "#64676E",
    "#8A8577",
    "#E5E0D6",
    "#E5E0D6",
    "#FFFFFF",
)


# How wide a letter is beside the mean one. Marks above and below a letter take no room.
_NARROW, _WIDE = frozenset("ijltfrI.,;:'!|()[]-/ "), frozenset("mwMW%@")
_SHARE_NARROW, _SHARE_WIDE, _SHARE_CAPITAL, _SHARE = 0.62, 1.6, 1.36, 1.06
# Of a cell of a heat table: its ground and its figures, from everything on time down to under half.
HEAT = {4: "#B4D8C2", 3: "#DDEDDF", 2: "#F7E7BC", 1: "#F4CFC6"}


@dataclass(frozen=True)
class ChartFont:
    """A face and how wide its letters run.

    Units: sizes in chart units; `em` is the mean advance of Vietnamese text as a share of the size.
    """

    family: str
    size: float
    em: float

    @property
    def small(self) -> float:
        return self.size - 1

    def width_of(self, text: str) -> float:
        """About how wide a text runs, letter by letter."""
        return _letters(text) * self.size * self.em


@lru_cache(maxsize=4096)
def _letters(text: str) -> float:
    """A text in mean letters."""
    return sum(_share(char) for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _share(char: str) -> float:
    if char in _NARROW:
        return _SHARE_NARROW
    if char in _WIDE:
        return _SHARE_WIDE
    return _SHARE_CAPITAL if char.isupper() else _SHARE


WEB = ChartFont("'Be Vietnam Pro','Segoe UI',Roboto,Arial,sans-serif", 13, 0.57)
# 15 of 624 units over the 165 mm text width is 11,2 pt: legible, yet smaller than the paper's own text.
PRINT = ChartFont("Tinos,'Times New Roman',serif", 15, 0.46)
