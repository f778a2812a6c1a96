"""The style sheet of papers, read for the screen: the same rules within a sheet that is as wide as its place.

Why made and not written: a second style sheet would say something else before long. Every length becomes a share of the
sheet's width, so that a paper is to scale on a desk and on a phone; what only the PDF engine knows is left out.
"""

import re
from collections.abc import Iterator
from functools import cache

from reports.documents.layout_profiles import LayoutProfile
from reports.pdf.assets import ASSETS

# Every office computer has one of these; the four files of the PDF weigh 2 MB and are not sent to a screen.
FACES = '"Times New Roman", "Liberation Serif", Tinos, serif'
SHEET, BODY = ".paper", ".paper-body"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LENGTH = re.compile(r"(?<![\w.#-])(-?\d*\.?\d+)(mm|cm|pt)\b")
_ROOT = re.compile(r"^(?:body|:root)\b")
_UNITS = {"mm": "var(--mm)", "cm": "10 * var(--mm)", "pt": "var(--pt)"}
_FRAME = """\
{sheet} {{ --mm: calc(100cqw / 210); --pt: calc(25.4 / 72 * var(--mm)); {properties} }}
{sheet}.wide {{ --mm: calc(100cqw / 297) }}
{sheet} {{ min-height: calc(297 * var(--mm)); padding: var(--margin-top) var(--margin-right) var(--margin-bottom) \
var(--margin-left) }}
{sheet}.wide {{ min-height: calc(210 * var(--mm)); padding: var(--landscape-binding-edge) var(--landscape-side) \
var(--margin-bottom) }}
"""


def sheet_css(profile: LayoutProfile) -> str:
    """The style sheet of a sheet under one profile. The same rules give the same text."""
    given = " ".join(f"{name}: {_scaled(value)};" for name, value in profile.custom_properties())
    rules = "\n".join(f"{selectors} {{ {_scaled(held)} }}" for selectors, held in _rules())
    widths = "\n".join(f"{SHEET} col.w{width} {{ width: {width}% }}" for width in range(1, 101))
    return f"{_FRAME.format(sheet=SHEET, properties=given)}{rules}\n{widths}\n"


@cache
def _rules() -> tuple[tuple[str, str], ...]:
    path, _kind = ASSETS["asset:css/document.css"]
    return tuple(
        (", ".join(_within(selector.strip()) for selector in selectors.split(",")), " ".join(held.split()))
        for selectors, held in _blocks(_COMMENT.sub("", path.read_text()))
        if not selectors.startswith("@")
    )


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each rule's selectors with what stands between its braces; braces within it belong to it."""
    start = opened = depth = 0
    for place, char in enumerate(css):
        if char == "{":
            opened, depth = (place, 1) if depth == 0 else (opened, depth + 1)
        elif char == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : place].strip()
                start = place + 1


def _within(selector: str) -> str:
    """A selector that reaches nothing outside the sheet; the body of a document is the inside of a sheet."""
    return f"{SHEET} {_ROOT.sub(BODY, selector)}"


def _scaled(held: str) -> str:
    """Lengths of paper as shares of the sheet, the typeface as one the computer has."""
    held = _LENGTH.sub(lambda found: f"calc({found[1]} * {_UNITS[found[2]]})", held)
    return re.sub(r"\bTinos\b", FACES, held)
