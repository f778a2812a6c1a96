"""WeasyPrint at work, inside the child process only; its parent draws one empty sheet."""

import base64
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from xml.etree.ElementTree import Element

from fontTools.ttLib import TTFont
from pydyf import PDF, Array
from weasyprint import HTML, Attachment
from weasyprint.document import Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.pdf import watermark
from reports.pdf.assets import ASSETS, FACES

POINTS_PER_PIXEL = 0.75
_UNSEEN = ("script", "style")
_FIRST = (
    '<!doctype html><html lang="vi"><head><title>a</title><link rel="stylesheet" href="asset:css/document.css"></head>'
    '<body><div class="letterhead"><p>a</p></div><h1>a</h1><table><tr><td>a</td></tr></table>'
    '<svg width="9" height="9"><title>a</title><path d="M0 0h9"/><text>a</text></svg></body></html>'
)


class BundledFiles(URLFetcher):
    """Opens the bundled files by their names and refuses every other address: file, http, data, whatever it is."""

    def __init__(self):
        super().__init__(timeout=1, allowed_protocols=(), allow_redirects=False)

    def fetch(self, url: str, headers=None) -> URLFetcherResponse:
        if mark := watermark.asked_for(url):
            return URLFetcherResponse(url, watermark.svg_of(mark), {"Content-Type": "image/svg+xml"})
        if url not in ASSETS:
            raise ValueError(f"not a bundled file: {url[:200]}")
        path, content_type = ASSETS[url]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})


def warm_up() -> None:
    """Draw a first sheet for nobody: what every paper needs is then read and worked out already."""
    first = parsed(_FIRST)
    missing_characters(first)
    pdf_of(laid_out(first))


def parsed(html: str) -> HTML:
    return HTML(string=html, url_fetcher=BundledFiles())


def laid_out(document: HTML, *, is_archival: bool = False) -> Document:
    """The document on its pages."""
    return document.render(**_options(is_archival))


def pdf_of(pages: Document, *, is_archival: bool = False, enclosed: Sequence[dict[str, str]] = ()) -> bytes:
    """A tagged PDF; its dates come from the document, so the same document gives the same bytes."""
    files = [_attachment(**file) for file in enclosed]
    return pages.write_pdf(finisher=_name_each_file_once, attachments=files, **_options(is_archival))


def _options(is_archival: bool) -> dict[str, object]:
    return {"pdf_tags": True} | ({"pdf_variant": "pdf/a-3a"} if is_archival else {})


def _attachment(*, name: str, content: str, description: str, made_on: str, relationship: str) -> Attachment:
    made_at = datetime.fromisoformat(made_on)
    return Attachment(
        file_obj=BytesIO(base64.b64decode(content)),
        name=name,
        description=description,
        created=made_at,
        modified=made_at,
        relationship=relationship,
        url_fetcher=BundledFiles(),
    )


def _name_each_file_once(_pages: Document, pdf: PDF) -> None:
    """Why: the engine lists every associated file twice in the catalog of an archival PDF."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = Array(dict.fromkeys(pdf.catalog["AF"]))


def boxes_of(pages: Document) -> dict[str, list[float]]:
    """Every element with an id: the page it begins on, then its rectangle.

    Units: PDF points, left, bottom, right and top, from the lower left corner; pages count from 0.
    """
    boxes: dict[str, list[float]] = {}
    for number, page in enumerate(pages.pages):
        for name, (left, top, right, bottom) in page.anchors.items():
            corners = (left, page.height - bottom, right, page.height - top)
            boxes.setdefault(name, [number, *(round(length * POINTS_PER_PIXEL, 3) for length in corners)])
    return boxes


def missing_characters(document: HTML) -> list[str]:
    """The characters of the document that one of the four faces cannot draw, each with its code, at most ten.

    Why: the engine would draw an empty box or borrow another typeface, and nobody would notice before the paper hangs.
    """
    wanted = {char for char in _text(document.etree_element) if not char.isspace()}
    missing = sorted(char for char in wanted if ord(char) not in _drawable())
    return [f"{char} (U+{ord(char):04X}{_named(char)})" for char in missing[:10]]


@cache
def _drawable() -> frozenset[int]:
    """The codes of the characters all four faces have."""
    return frozenset.intersection(*(frozenset(TTFont(face, lazy=True).getBestCmap()) for face in FACES))


def _named(char: str) -> str:
    name = unicodedata.name(char, "")
    return f" {name}" if name else ""


def _text(element: Element) -> str:
    if element.tag in _UNSEEN:
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [_text(child) if isinstance(child.tag, str) else "", child.tail or ""]
    return "".join(parts)
