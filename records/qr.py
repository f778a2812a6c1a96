"""A QR code as one path of an inline drawing, for screens and for paper."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Qr:
    """A square of `size` modules, quiet border included, and the path of the dark ones."""

    size: int
    path: str


def as_path(content: str, *, border: int = 4) -> Qr:
    """The dark modules of the QR code of a text, row by row."""
    import segno

    code = segno.make_qr(content, error="m")
    strokes = []
    for row, modules in enumerate(code.matrix_iter(border=border)):
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                strokes.append(f"M{start} {row}h{column - start}v1h-{column - start}z")
                start = None
    return Qr(code.symbol_size(border=border)[0], "".join(strokes))
