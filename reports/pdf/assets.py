"""The bundled files a paper may load, by the name style sheets give them. Nothing else exists for a paper.

Why: an engine that opens what the text names would put any file of the server, or of its network, into a paper.
"""

from pathlib import Path

_STATIC = Path(__file__).resolve().parent.parent.parent / "static"

FACES = tuple(_STATIC / "fonts" / "tinos" / f"Tinos-{face}.ttf" for face in ("Regular", "Bold", "Italic", "BoldItalic"))
ASSETS = {
    "asset:css/document.css": (_STATIC / "css" / "document.css", "text/css"),
    "asset:css/strip.css": (_STATIC / "css" / "strip.css", "text/css"),
    "asset:draft.svg": (Path(__file__).resolve().parent / "draft.svg", "image/svg+xml"),
    **{f"asset:fonts/tinos/{face.name}": (face, "font/ttf") for face in FACES},
}
