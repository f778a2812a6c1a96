"""How wide a line of a paper runs, for the rules that are as long as a line or a share of it."""

from functools import cache

from reports.pdf.assets import FACES

_REGULAR, _BOLD = FACES[:2]


def width_pt(text: str, size_pt: float, *, is_bold: bool = False) -> float:
    """The width of a line in points. Why Tinos: its letters are as wide as those of Times New Roman."""
    advances, units = _advances(is_bold)
    return sum(advances.get(ord(char), units // 2) for char in text) * size_pt / units


@cache
def _advances(is_bold: bool) -> tuple[dict[int, int], int]:
    from fontTools.ttLib import TTFont

    with TTFont(_BOLD if is_bold else _REGULAR, lazy=True) as font:
        widths = font["hmtx"]
        return {code: widths[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm
