"""Drawn pictures that stand in for photos nobody has handed over: they say themselves that they are illustrations."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from reports.pdf.assets import FACES

_SIZE, _BOLD = (1600, 1066), FACES[1]
_RED, _GOLD, _WALL, _FLOOR, _WOOD, _DARK = "#9B1C1C", "#E3B23C", "#F3E9D7", "#C9B18B", "#7A5230", "#2B2B2B"


def illustrative_photo(place: int) -> bytes:
    """A hall with its stage as a JPEG: a lectern, a table, a signing table, by its place among the photos."""
    picture = Image.new("RGB", _SIZE, _WALL)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 760, 1600, 1066), fill=_FLOOR)
    draw.rectangle((180, 90, 1420, 300), fill=_RED)
    draw.rectangle((180, 290, 1420, 306), fill=_GOLD)
    _lettered(draw, "HỘI NGHỊ", 195, 84, _GOLD)
    (_lectern, _table, _signing_table)[place % 3](draw)
    for seat in range(8):
        draw.rounded_rectangle((60 + seat * 190, 930, 200 + seat * 190, 1066), 24, fill=_WOOD)
    _lettered(draw, "Hình minh họa", 845, 44, _DARK)
    written = BytesIO()
    picture.save(written, "JPEG", quality=88)
    return written.getvalue()


def _lectern(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(700, 470), (900, 470), (870, 760), (730, 760)], fill=_WOOD)
    draw.line((800, 470, 800, 400), fill=_DARK, width=8)
    draw.ellipse((782, 376, 818, 412), fill=_DARK)


def _table(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((320, 560, 1280, 760), fill=_RED)
    draw.rectangle((320, 560, 1280, 576), fill=_GOLD)
    for place in range(5):
        draw.rectangle((390 + place * 180, 510, 490 + place * 180, 560), fill="#FFFFFF", outline=_DARK, width=3)


def _signing_table(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((420, 600, 1180, 760), fill=_WOOD)
    for place in range(2):
        draw.rectangle((520 + place * 340, 560, 720 + place * 340, 600), fill="#FFFFFF", outline=_DARK, width=3)
        draw.line((640 + place * 340, 590, 700 + place * 340, 520), fill=_DARK, width=8)


def _lettered(draw: ImageDraw.ImageDraw, words: str, middle: int, size: int, colour: str) -> None:
    font = ImageFont.truetype(str(_BOLD), size)
    draw.text((_SIZE[0] / 2, middle), words, fill=colour, font=font, anchor="mm")
