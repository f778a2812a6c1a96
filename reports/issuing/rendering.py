"""Papers as PDF bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

from records.files.enums import FileKind
from records.files.services import name_of_paper
from reports.documents.comment_table import TablePaper
from reports.documents.enclosures import enclosures_of
from reports.documents.kinds import Printable
from reports.documents.papers import Paper
from reports.documents.render import paper_html, table_html
from reports.pdf import store
from reports.pdf.drawn import Drawn, Enclosure
from reports.pdf.store import Order


@dataclass(frozen=True)
class Rendered:
    """One paper with its PDF; `digest` covers what it says, `file_name` is the one to offer at download.

    `is_signed` where the PDF is the file parties sign: its layout was checked before the first signature.
    """

    paper: Printable
    content: bytes
    is_signed: bool = False

    @property
    def digest(self) -> str:
        return self.paper.digest()

    @property
    def file_name(self) -> str:
        return name_of_paper(title_of(self.paper), FileKind.PDF)


def title_of(paper: Printable) -> str:
    """What the paper is called."""
    return paper.name if isinstance(paper, TablePaper) else paper.title


def rendered(paper: Printable) -> Rendered:
    """The paper with its PDF.

    Raises: RenderFailed where no PDF can be made.
    """
    if isinstance(paper, TablePaper):
        return Rendered(paper, pdf_of(table_html(paper), enclosures_of(paper)))
    return Rendered(paper, pdf_of(paper_html(paper), enclosures_of(paper)))


def drawn(paper: Paper) -> Drawn:
    """The paper drawn, with the boxes of its signatures: what a file to be signed is prepared from."""
    return store.drawn(Order(paper_html(paper), enclosures_of(paper)))


def pdf_of(html: str, enclosed: Sequence[Enclosure] = ()) -> bytes:
    """The PDF of a document: from the disk where the same was made before, otherwise made and kept there.

    Raises: RenderFailed where no PDF can be made.
    """
    return store.drawn(Order(html, tuple(enclosed))).content
