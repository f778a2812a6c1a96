"""The fonts of a PDF: which letters their codes stand for, how wide these are, and whether the file carries them."""

from collections.abc import Iterator

import pikepdf

from records.files.contents.letters import letters_of

_SIMPLE = ("/Type1", "/TrueType")
_UNNAMED = "\ufffd"


class Font:
    """One font of a page: which letters its codes stand for, and how wide they are."""

    def __init__(self, font: pikepdf.Object):
        self.name = str(font.get("/BaseFont", "")).lstrip("/").partition("+")[2] or str(font.get("/BaseFont", ""))[1:]
        self.letters: dict[int, str] = _letters_of(font)
        self.widths, self.usual = _widths_of(font)
        self.bytes_a_code = 2 if font.get("/Subtype") == "/Type0" else 1

    def glyphs(self, written: bytes) -> Iterator[tuple[str, float]]:
        """Letters with their widths in parts of the size."""
        step = self.bytes_a_code
        for start in range(0, len(written), step):
            code = int.from_bytes(written[start : start + step], "big")
            yield self.letters.get(code, _UNNAMED), self.widths.get(code, self.usual) / 1000


def _letters_of(font: pikepdf.Object) -> dict[int, str]:
    return letters_of(bytes(font.ToUnicode.read_bytes())) if "/ToUnicode" in font else {}


def _widths_of(font: pikepdf.Object) -> tuple[dict[int, float], float]:
    if font.get("/Subtype") != "/Type0":
        first = int(font.get("/FirstChar", 0))
        return {first + place: float(width) for place, width in enumerate(font.get("/Widths", []))}, 500.0
    own = font.DescendantFonts[0]
    widths: dict[int, float] = {}
    told = list(own.get("/W", []))
    while told:
        first = int(told.pop(0))
        after = told.pop(0)
        if isinstance(after, pikepdf.Array):
            widths |= {first + place: float(width) for place, width in enumerate(after)}
        else:
            width = float(told.pop(0))
            widths |= dict.fromkeys(range(first, int(after) + 1), width)
    return widths, float(own.get("/DW", 1000))


def fonts_of(pdf: pikepdf.Pdf) -> tuple[set[str], set[str]]:
    """The names of all fonts of a file, and of those it does not carry along."""
    every, bare = set(), set()
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Dictionary):
            continue
        if one.get("/Type") == "/FontDescriptor":
            name = str(one.get("/FontName", ""))[1:]
            every.add(name.partition("+")[2] or name)
            if not any(part in one for part in ("/FontFile", "/FontFile2", "/FontFile3")):
                bare.add(name)
        elif one.get("/Type") == "/Font" and "/FontDescriptor" not in one and one.get("/Subtype") in _SIMPLE:
            bare.add(str(one.get("/BaseFont", ""))[1:])
    return every, bare
