"""Papers as PDF bytes, made once and served again from the disk as long as they say the same."""

import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from records.files.enums import FileKind
from records.files.services import safe_name
from reports.documents.conference_report import conference_report
from reports.documents.papers import Paper
from reports.documents.program_paper import program_paper
from reports.documents.render import paper_html
from reports.pdf.assets import ASSETS
from reports.pdf.engine import render_pdf

KEPT_PAPERS = 200


@dataclass(frozen=True)
class Rendered:
    """One paper with its PDF; `digest` covers what it says, `file_name` is the one to offer at download."""

    paper: Paper
    content: bytes

    @property
    def digest(self) -> str:
        return self.paper.digest()

    @property
    def file_name(self) -> str:
        return safe_name(self.paper.title, FileKind.PDF)


def program_pdf(program: Program, *, day: date) -> Rendered:
    """The paper of a program as it stands on a day.

    Raises: RuleBroken where no layout is known; RenderFailed where no PDF can be made.
    """
    return rendered(program_paper(program, day=day))


def conference_report_pdf(conference: Conference, *, actor: Membership, cut_off: date) -> Rendered:
    """The report of a conference with figures judged on the cut-off day.

    Raises: RuleBroken where the actor does not see every program it covers; RenderFailed where no PDF can be made.
    """
    return rendered(conference_report(conference, actor=actor, cut_off=cut_off))


def cut_off_of(conference: Conference, *, today: date) -> date:
    """The day a conference's figures are judged on: its own day, or today while it lies ahead."""
    return min(conference.held_on, today)


def rendered(paper: Paper) -> Rendered:
    """The paper with its PDF."""
    return Rendered(paper, pdf_of(paper_html(paper)))


def pdf_of(html: str) -> bytes:
    """The PDF of a document: from the disk where the same was made before, otherwise made and kept there.

    Raises: RenderFailed where no PDF can be made.
    """
    kept = _place(html)
    with contextlib.suppress(FileNotFoundError):
        return kept.read_bytes()
    content = render_pdf(html)
    _keep(kept, content)
    return content


def _place(html: str) -> Path:
    """Why: the key covers the whole document and the files it loads, so that a new layout never serves an old PDF."""
    digest = hashlib.sha256(html.encode() + _loaded()).hexdigest()
    return Path(settings.VAR) / "papers" / f"{digest}.pdf"


@cache
def _loaded() -> bytes:
    return b"".join(hashlib.sha256(path.read_bytes()).digest() for path, _kind in ASSETS.values())


def _keep(place: Path, content: bytes) -> None:
    """Write aside, then rename: a reader never meets half a file. The oldest papers make room."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, side = tempfile.mkstemp(dir=place.parent, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.replace(side, place)
    except BaseException:
        Path(side).unlink(missing_ok=True)
        raise
    _make_room(place.parent)


def _make_room(folder: Path) -> None:
    kept = sorted(folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[KEPT_PAPERS:]:
        path.unlink(missing_ok=True)
