"""A paper as a Word file with real styles, for an office to go on working in; the same paper, the same bytes.

Why no strip in it: a file that anybody may change proves nothing, so it carries no code that says it does.
"""

import io
import zipfile
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Written
from docx.shared import Pt

from records.errors import RuleBroken
from reports.documents.comment_table import TablePaper
from reports.documents.layout_profiles import ND30
from reports.documents.papers import Paper, PaperDay, PaperState
from reports.docx.bodies import add_annexes, add_block, add_running_text
from reports.docx.heads import add_letterhead, add_title
from reports.docx.markup import write
from reports.docx.pages import mark_draft, room_of, set_first_pages, set_table_pages
from reports.docx.signatures import add_signatures
from reports.docx.styles import ILLUSTRATIVE, LANGUAGE, REFERENCE, SUBTITLE, TITLE, set_styles
from reports.docx.tables import Cells

MOST_ROWS, MOST_LETTERS, LONGEST_PROPERTY = 3_000, 2_000_000, 255
COMMENTS, LINES_TO_SIGN = Cells(keep_lines=True), Cells(least_mm=9)
ILLUSTRATIVE_WORDS = "Số liệu minh họa."
STATES = {
    PaperState.DRAFT: "Dự thảo",
    PaperState.FOR_SIGNING: "Bản trình ký",
    PaperState.ISSUED: "Bản phát hành",
}
# What is fixed so that the same paper gives the same bytes; a zip cannot name an earlier moment.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_LEFTOVERS = {"thumbnail", "extended-properties", "stylesWithEffects", "webSettings", "customXml", "numbering"}


def paper_docx(paper: Paper | TablePaper) -> bytes:
    """The Word file of a paper, laid out by its profile.

    Raises: RuleBroken for a paper too long for one file.
    """
    refuse_too_long(paper)
    document = Document()
    _drop_leftovers(document)
    if isinstance(paper, TablePaper):
        _write_table_paper(document, paper)
    else:
        _write_paper(document, paper)
    return _settled(document)


def refuse_too_long(paper: Paper | TablePaper) -> None:
    """Rule: at most 3,000 rows and two million letters; Word opens no longer file in a time anybody waits.

    Raises: RuleBroken.
    """
    tables = list(paper.tables())
    if sum(len(table.rows) for table in tables) > MOST_ROWS:
        raise RuleBroken(_("The table is too long for one file."))
    if len(repr(paper)) > MOST_LETTERS:
        raise RuleBroken(_("The paper is too long for one file; shorten it or split it into parts."))


def _write_paper(document: Written, paper: Paper) -> None:
    """An official paper: its head, what it says, who signs it, and its annexes on pages of their own."""
    profile = paper.profile
    pages = set_first_pages(document, profile)
    set_styles(document, profile)
    _set_properties(document, paper.title, " ".join(paper.letterhead.issuer_lines), paper.digest())
    document.core_properties.content_status = STATES[paper.state]
    document.core_properties.created = document.core_properties.modified = _moment_of(paper.letterhead.day)
    add_letterhead(document, paper, profile)
    add_title(document, paper, profile)
    add_running_text(document, paper, room_of(pages))
    add_signatures(document, paper, profile)
    if paper.is_illustrative:
        write(document, ILLUSTRATIVE_WORDS, ILLUSTRATIVE)
    add_annexes(document, paper.annexes, profile)
    if paper.is_draft:
        mark_draft(pages, paper.draft_label)


def _write_table_paper(document: Written, paper: TablePaper) -> None:
    """A paper that is a table under a heading: cells of turned pages keep their lines, upright ones are signed."""
    section = set_table_pages(document, ND30, is_landscape=paper.is_landscape)
    set_styles(document, ND30)
    _set_properties(document, paper.name, paper.author, paper.digest())
    if paper.is_headed:
        write(document, paper.title, TITLE)
        write(document, paper.subtitle, SUBTITLE).paragraph_format.space_after = Pt(6)
    for line in paper.lines:
        write(document, line, REFERENCE)
    for block in paper.blocks:
        add_block(document, block, room_of(section), cells=COMMENTS if paper.is_landscape else LINES_TO_SIGN)
    if paper.is_illustrative:
        write(document, ILLUSTRATIVE_WORDS, ILLUSTRATIVE)


def _set_properties(document: Written, title: str, author: str, digest: str) -> None:
    """What the file says of itself; the digest names the content it was made of."""
    properties = document.core_properties
    properties.title, properties.author = _line(title), _line(author)
    properties.language, properties.identifier = LANGUAGE, digest
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1
    properties.created = properties.modified = datetime(*_MOMENT, tzinfo=UTC)


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_PROPERTY]


def _moment_of(day: PaperDay) -> datetime:
    """The day on the paper, or the first of what is known of it."""
    return datetime(day.year, day.month or 1, day.day or 1, tzinfo=UTC)


def _drop_leftovers(document: Written) -> None:
    """Why: the blank file brings a picture of another one, the name of another program and 400 KB of unused styles."""
    for relations in (document.part.package.rels, document.part.rels):
        for name in [name for name, one in relations.items() if one.reltype.rpartition("/")[2] in _LEFTOVERS]:
            del relations[name]


def _settled(document: Written) -> bytes:
    """The file with every part dated alike, so that the same paper gives the same bytes."""
    written, settled = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as given, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            out.writestr(zipfile.ZipInfo(name, _MOMENT), given.read(name), zipfile.ZIP_DEFLATED)
    return settled.getvalue()
