"""A Word file as its reader sees it: what it says in which style, and what is packed in it."""

import io
import zipfile
from collections import Counter
from dataclasses import dataclass
from xml.etree import ElementTree

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"


@dataclass(frozen=True)
class Opened:
    """A file taken apart. Shape: `said` is (style, text) of every paragraph that says something, in reading order."""

    document: object
    said: list[tuple[str, str]]
    parts: dict[str, bytes]

    def in_style(self, style: str) -> list[str]:
        return [text for name, text in self.said if name == style]

    @property
    def words(self) -> Counter[str]:
        """Every word of the text with how often it stands there; the header is not among them."""
        return Counter(word for _style, text in self.said for word in text.split())

    @property
    def fields(self) -> list[str]:
        """What Word is asked to count or fetch by itself, in every part."""
        found = [
            node.text or node.get(qn("w:instr")) or ""
            for name, content in self.parts.items()
            if name.endswith(".xml")
            for tag in ("w:instrText", "w:fldSimple")
            for node in ElementTree.fromstring(content).iter(qn(tag))
        ]
        return [field.strip() for field in found]

    @property
    def targets_outside(self) -> list[str]:
        """What the file asks to be fetched from elsewhere."""
        return [
            node.get("Target")
            for name, content in self.parts.items()
            if name.endswith(".rels")
            for node in ElementTree.fromstring(content)
            if node.get("TargetMode") == "External"
        ]

    @property
    def watermarks(self) -> list[str]:
        """The words drawn across the pages, one for each header."""
        return [
            node.get("string")
            for name, content in sorted(self.parts.items())
            if name.startswith("word/header")
            for node in ElementTree.fromstring(content).iter(_TEXTPATH)
            if node.get("string")
        ]


def opened(content: bytes) -> Opened:
    document = Document(io.BytesIO(content))
    said = []
    for node in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(node, document._body)
        if paragraph.text.strip():
            said.append((paragraph.style.name, paragraph.text))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return Opened(document, said, parts)
