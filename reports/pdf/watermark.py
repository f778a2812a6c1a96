"""The mark across the pages of a draft with the number of its version, drawn as outlines.

Why outlines and not letters: what is searched, copied or read aloud is the paper's own text, not the mark behind it.
"""

import re
from functools import cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from reports.pdf.assets import ASSETS, FACES

_ADDRESS = re.compile(r"asset:draft(\d{1,4}\.\d{1,4}\+?)\.svg", re.ASCII)
_PLAIN, _KIND = ASSETS["asset:draft.svg"]
# The line of the version lies under the great word, in the same slope. Units: those of the drawing, a tenth of a mm.
_SIZE, _BELOW, _SLOPE, _COLOUR = 190, 470, -52, "#EEEEEE"


def asked_for(url: str) -> str:
    """The label a style sheet asks the mark for; empty for every other address."""
    found = _ADDRESS.fullmatch(url)
    return found[1] if found else ""


@cache
def svg_of(label: str) -> bytes:
    """The mark with the version under the word: "Bản 0.2", or that it was changed since."""
    said = f"Sửa sau bản {label[:-1]}" if label.endswith("+") else f"Bản {label}"
    outline, width, units = _outlined(said)
    scale = _SIZE / units
    middle = f"translate(1050 1485) rotate({_SLOPE}) translate({-width * scale / 2:.1f} {_BELOW})"
    move = f"{middle} scale({scale:.5f} {-scale:.5f})"
    line = f'<path transform="{move}" fill="{_COLOUR}" d="{outline}"/>'
    return _PLAIN.read_text().replace("</svg>", f"{line}</svg>").encode()


def _outlined(text: str) -> tuple[str, int, int]:
    """The letters one after the other as one outline, its width, and how many units an em has."""
    with TTFont(FACES[1]) as font:
        names, letters, units = font.getBestCmap(), font.getGlyphSet(), font["head"].unitsPerEm
        parts, place = [], 0
        for char in text:
            pen = SVGPathPen(letters)
            letters[names[ord(char)]].draw(TransformPen(pen, (1, 0, 0, 1, place, 0)))
            parts.append(pen.getCommands())
            place += letters[names[ord(char)]].width
    return "".join(parts), place, units
