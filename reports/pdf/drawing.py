"""WeasyPrint at work, inside the child process only."""

import unicodedata
from xml.etree.ElementTree import Element

from fontTools.ttLib import TTFont
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.pdf.assets import ASSETS, FACES

_UNSEEN = ("script", "style")


class BundledFiles(URLFetcher):
    """Opens the bundled files by their names and refuses every other address: file, http, data, whatever it is."""

    def __init__(self):
        super().__init__(timeout=1, allowed_protocols=(), allow_redirects=False)

    def fetch(self, url: str, headers=None) -> URLFetcherResponse:
        if url not in ASSETS:
            raise ValueError(f"not a bundled file: {url[:200]}")
        path, content_type = ASSETS[url]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})


def parsed(html: str) -> HTML:
    return HTML(string=html, url_fetcher=BundledFiles())


def pdf_of(document: HTML) -> bytes:
    """A tagged PDF; its dates come from the document, so the same document gives the same bytes."""
    return document.write_pdf(pdf_tags=True)


def missing_characters(document: HTML) -> list[str]:
    """The characters of the document that one of the four faces cannot draw, each with its code, at most ten.

    Why: the engine would draw an empty box or borrow another typeface, and nobody would notice before the paper hangs.
    """
    wanted = {char for char in _text(document.etree_element) if not char.isspace()}
    drawable = set.intersection(*(set(TTFont(face, lazy=True).getBestCmap()) for face in FACES))
    missing = sorted(char for char in wanted if ord(char) not in drawable)
    return [f"{char} (U+{ord(char):04X}{_named(char)})" for char in missing[:10]]


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
