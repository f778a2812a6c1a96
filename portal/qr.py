"""A QR code as one path of an inline drawing, and a secret as a person can type it."""

from base64 import b32encode
from dataclasses import dataclass

import segno

_GROUP = 4


@dataclass(frozen=True)
class Qr:
    """A square of `size` modules, quiet border included, and the path of the dark ones."""

    size: int
    path: str


def as_path(content: str, *, border: int = 4) -> Qr:
    """The dark modules of the QR code of a text, row by row."""
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


def in_groups(secret: bytes) -> str:
    """A secret in the letters authenticator apps take, in groups of four."""
    letters = b32encode(secret).decode().rstrip("=")
    return " ".join(letters[place : place + _GROUP] for place in range(0, len(letters), _GROUP))
