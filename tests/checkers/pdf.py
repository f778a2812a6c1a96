"""A paper as its reader sees it: lines with their place, size and face, measured from the PDF alone."""

import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pdfplumber
import pikepdf
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from reports.pdf.assets import FACES

MM = 72 / 25.4
COLUMN_GAP = 2.2  # in letters: wider gaps part two columns


@dataclass(frozen=True)
class Line:
    """A run of letters on one baseline. Units: points from the left and the top of its page."""

    page: int
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def is_bold(self) -> bool:
        return "Bold" in self.font

    @property
    def is_italic(self) -> bool:
        return "Italic" in self.font


@dataclass(frozen=True)
class Printed:
    """A PDF taken apart. Units: widths and heights of pages in mm."""

    sizes: list[tuple[float, float]]
    lines: list[Line]
    rules: list[list[dict]]
    fonts: set[str]
    text: str

    def on(self, page: int) -> list[Line]:
        return [line for line in self.lines if line.page == page]

    def find(self, pattern: str, page: int | None = None) -> Line:
        """The first line that matches."""
        lines = self.lines if page is None else self.on(page)
        return next(line for line in lines if re.search(pattern, line.text))

    def rule_under(self, line: Line) -> float:
        """The width of the thin rule just below a line, centred under it."""
        return next(
            rule["x1"] - rule["x0"]
            for rule in self.rules[line.page - 1]
            if rule["bottom"] - rule["top"] < 2
            and -3 <= rule["top"] - line.bottom <= 12
            and abs((rule["x0"] + rule["x1"]) / 2 - line.middle) < 12
        )

    def lacks(self, *words: str) -> list[str]:
        """Which of the words it does not say."""
        return [each for each in words if each not in self.text]

    @property
    def is_landscape(self) -> list[bool]:
        return [width > height for width, height in self.sizes]


def taken_apart(pdf: bytes) -> Printed:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        pages = opened.pages
        lines = [line for number, page in enumerate(pages, start=1) for line in _lines(number, page.chars)]
        return Printed(
            sizes=[(round(float(page.width) / MM), round(float(page.height) / MM)) for page in pages],
            lines=lines,
            rules=[[*page.rects, *page.lines, *page.curves] for page in pages],
            fonts={re.sub(r"^[A-Z]{6}\+", "", char["fontname"]) for page in pages for char in page.chars},
            text=" ".join(line.text for line in lines),
        )


def _lines(number: int, chars: list[dict]) -> list[Line]:
    rows: dict[int, list[dict]] = {}
    for char in chars:
        rows.setdefault(round(char["bottom"]), []).append(char)
    return [_line(number, run) for _bottom, row in sorted(rows.items()) for run in _runs(row) if _has_ink(run)]


def _runs(row: list[dict]) -> list[list[dict]]:
    """A row cut where the gap is as wide as between two columns."""
    row = sorted(row, key=lambda char: char["x0"])
    runs = [[row[0]]]
    for left, right in pairwise(row):
        if right["x0"] - left["x1"] > COLUMN_GAP * right["size"]:
            runs.append([])
        runs[-1].append(right)
    return runs


def _has_ink(run: list[dict]) -> bool:
    return any(char["text"].strip() for char in run)


def _line(number: int, run: list[dict]) -> Line:
    ink = [char for char in run if char["text"].strip()]
    text, last = "", None
    for char in run:
        apart = last is not None and char["x0"] - last["x1"] > 0.18 * char["size"]
        text += f" {char['text']}" if apart else char["text"]
        last = char
    return Line(
        page=number,
        text=" ".join(text.split()),
        x0=min(char["x0"] for char in ink),
        x1=max(char["x1"] for char in ink),
        top=min(char["top"] for char in ink),
        bottom=max(char["bottom"] for char in ink),
        size=Counter(round(char["size"] * 2) / 2 for char in ink).most_common(1)[0][0],
        font=Counter(char["fontname"] for char in ink).most_common(1)[0][0],
    )


def wrong_glyphs(pdf: bytes) -> list[str]:
    """Letters whose drawn outline is not the outline of that letter in the bundled faces.

    Why: a page may show other letters than its text layer claims, and no text test would notice.
    """
    faces = [TTFont(face) for face in FACES]
    wrong, seen = [], 0
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for font in _composite_fonts(opened):
            claims = _claims(font.ToUnicode.read_bytes())
            embedded = TTFont(io.BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))
            seen += len(claims)
            wrong += min((_differing(embedded, face, claims) for face in faces), key=len)
    return wrong if seen else ["no letters found"]


def _composite_fonts(opened: pikepdf.Pdf):
    for thing in opened.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0" and "/ToUnicode" in thing:
            yield thing


def _claims(to_unicode: bytes) -> dict[int, str]:
    """Which letter each code claims to be."""
    pairs = re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\n", to_unicode)
    return {int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be") for code, letter in pairs}


def _differing(embedded: TTFont, face: TTFont, claims: dict[int, str]) -> list[str]:
    order, letters = embedded.getGlyphOrder(), face.getBestCmap()
    return [
        letter
        for code, letter in claims.items()
        if len(letter) == 1
        and letter != "\uffff"
        and _outline(embedded, order[code]) != _outline(face, letters.get(ord(letter), ".notdef"))
    ]


def _outline(font: TTFont, glyph: str) -> list:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return pen.value
