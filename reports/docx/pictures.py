"""Charts in a Word file: the drawing itself, which stays sharp, and a picture of it for programs that read none.

Why drawn here: the charts use five shapes and text, and no part of the portal may start another program to draw.
"""

import io
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString
from PIL import Image, ImageDraw, ImageFont

from reports.pdf.assets import FACES

# Drawn at so many times its units and brought down by half, so that edges are smooth. 624 units give 1248 dots.
FINE, SHARP = 4, 2
_SVG = "http://www.w3.org/2000/svg"
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
_DASH_MARGIN = 1e-6


def svg_file(svg: SafeString) -> bytes:
    """The chart as a file of its own."""
    return svg.replace("<svg ", f'<svg xmlns="{_SVG}" ', 1).encode()


def described(svg: SafeString) -> tuple[str, str]:
    """What the chart is called and what it says, for who cannot see it."""
    root = ElementTree.fromstring(svg)
    return root.findtext("title", ""), root.findtext("desc", "")


def png_of(svg: SafeString) -> bytes:
    """The chart as dots on white; the same chart gives the same bytes."""
    root = ElementTree.fromstring(svg)
    size = tuple(round(float(root.get(side)) * FINE) for side in ("width", "height"))
    picture = Image.new("RGB", size, "#FFFFFF")
    for shape in root:
        draw = _SHAPES.get(shape.tag)
        if draw is not None:
            picture = draw(picture, shape, root)
    picture = picture.resize((size[0] * SHARP // FINE, size[1] * SHARP // FINE), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.quantize(64, method=Image.Quantize.MEDIANCUT).save(written, "PNG", optimize=True)
    return written.getvalue()


def _rect(picture: Image.Image, shape: Element, _root: Element) -> Image.Image:
    x, y, wide, high = (_number(shape, name) for name in ("x", "y", "width", "height"))
    if wide > 0 and high > 0:
        ImageDraw.Draw(picture).rectangle((x, y, x + wide - 1, y + high - 1), fill=shape.get("fill"))
    return picture


def _line(picture: Image.Image, shape: Element, _root: Element) -> Image.Image:
    ends = [tuple(_number(shape, name) for name in pair) for pair in (("x1", "y1"), ("x2", "y2"))]
    ImageDraw.Draw(picture).line(ends, fill=shape.get("stroke"), width=_stroke(shape))
    return picture


def _polyline(picture: Image.Image, shape: Element, _root: Element) -> Image.Image:
    draw, points = ImageDraw.Draw(picture), _points(shape)
    dashes = [float(part) * FINE for part in (shape.get("stroke-dasharray") or "").split()]
    for stretch in _dashed(points, dashes) if dashes else [points]:
        draw.line(stretch, fill=shape.get("stroke"), width=_stroke(shape), joint="curve")
    return picture


def _polygon(picture: Image.Image, shape: Element, _root: Element) -> Image.Image:
    tint = Image.new("RGB", picture.size, shape.get("fill"))
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).polygon(_points(shape), fill=round(255 * float(shape.get("fill-opacity", "1"))))
    return Image.composite(tint, picture, mask)


def _circle(picture: Image.Image, shape: Element, _root: Element) -> Image.Image:
    x, y, radius = (_number(shape, name) for name in ("cx", "cy", "r"))
    width = _stroke(shape)
    radius += width / 2
    box = (x - radius, y - radius, x + radius, y + radius)
    ImageDraw.Draw(picture).ellipse(box, fill=shape.get("fill"), outline=shape.get("stroke"), width=width)
    return picture


def _text(picture: Image.Image, shape: Element, root: Element) -> Image.Image:
    size = float(shape.get("font-size") or root.get("font-size")) * FINE
    face = _face(shape.get("font-weight") == "600", round(size))
    ImageDraw.Draw(picture).text(
        (_number(shape, "x"), _number(shape, "y")),
        shape.text or "",
        fill=shape.get("fill"),
        font=face,
        anchor=_ANCHORS[shape.get("text-anchor", "start")],
    )
    return picture


_SHAPES = {
    "rect": _rect, "line": _line, "polyline": _polyline, "polygon": _polygon, "circle": _circle, "text": _text,
}  # fmt: skip


@cache
def _face(is_bold: bool, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FACES[1 if is_bold else 0], size, layout_engine=ImageFont.Layout.BASIC)


def _number(shape: Element, name: str) -> float:
    return float(shape.get(name, "0")) * FINE


def _stroke(shape: Element) -> int:
    return round(float(shape.get("stroke-width", "1")) * FINE)


def _points(shape: Element) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in shape.get("points", "").split())
    return [(float(x) * FINE, float(y) * FINE) for x, y in pairs]


def _dashed(points: list[tuple[float, float]], dashes: list[float]) -> list[list[tuple[float, float]]]:
    """A line cut into dashes: the lengths drawn and left out take turns along its whole way."""
    cut, turn, left = [[points[0]]], 0, dashes[0]
    for (x, y), (next_x, next_y) in pairwise(points):
        way = ((next_x - x) ** 2 + (next_y - y) ** 2) ** 0.5
        gone = 0.0
        while way - gone > _DASH_MARGIN:
            step = min(left, way - gone)
            gone, left = gone + step, left - step
            spot = (x + (next_x - x) * gone / way, y + (next_y - y) * gone / way)
            if turn % 2 == 0:
                cut[-1].append(spot)
            if left <= _DASH_MARGIN:
                turn += 1
                left = dashes[turn % len(dashes)]
                if turn % 2 == 0:
                    cut.append([spot])
    return [stretch for stretch in cut if len(stretch) > 1]
