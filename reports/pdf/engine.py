"""PDF bytes out of a paper's HTML, made in a child process that can reach neither the network nor the service's files.

Why: an engine that lays out text somebody typed can be brought to run for minutes or to eat the memory; the child has
hard limits and an empty environment, and the service lives on whatever happens to it.
"""

import base64
import json
import logging
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from reports.pdf import standby
from reports.pdf.drawn import Box, Drawn, Enclosure, Told
from reports.pdf.errors import RenderFailed, RenderInterrupted

MAX_HTML_BYTES = 4 * 1024 * 1024
MAX_ENCLOSED_BYTES = 16 * 1024 * 1024
PAGE_WORD = b"page "
_SECONDS_BETWEEN_LOOKS = 0.5
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What one rendering may use. Units: seconds on the wall and on the processor, bytes of address space.

    Why so long on the wall: a busy machine is no fault of the paper, and nobody waits for it in a request.
    """

    wall_seconds: int = 300
    cpu_seconds: int = 60
    memory_bytes: int = 1536 * 1024 * 1024


@dataclass(frozen=True)
class _Ran:
    """What came of a child: how it ended, what it drew, what it said."""

    ended: standby.Ended
    drawn: bytes
    said: bytes


def render_pdf(html: str, *, limits: Limits | None = None) -> bytes:
    """The PDF of a document whose text was escaped.

    Raises: RenderFailed as `draw_pdf`.
    """
    return draw_pdf(html, limits=limits).content


def draw_pdf(
    html: str,
    *,
    enclosed: Sequence[Enclosure] = (),
    is_archival: bool = False,
    limits: Limits | None = None,
    told: Told | None = None,
) -> Drawn:
    """The PDF of a document whose text was escaped, and where its elements with an id came to stand.

    `is_archival` draws PDF/A-3, level A, with what is enclosed as its associated files.
    Rule: the same document and enclosures give the same bytes and boxes, whenever and wherever.
    Raises: RenderFailed saying why: too long, over a limit, a character the typeface lacks, an engine error; what
    `told` raises, once the child is ended.
    """
    document = html.encode()
    if len(document) > MAX_HTML_BYTES or sum(len(file.content) for file in enclosed) > MAX_ENCLOSED_BYTES:
        raise RenderFailed(_("The paper is too long for one PDF; shorten it or split it into parts."))
    order = _order(enclosed, is_archival) + b"\n" + document
    with tempfile.TemporaryDirectory(prefix="paper-") as scratch:
        return _accepted(_run(order, Path(scratch), limits or Limits(), told or _nobody))


def _nobody(pages: int) -> None:
    """Nobody wants to know how far it is."""


def _run(order: bytes, scratch: Path, limits: Limits, told: Told) -> _Ran:
    """Let a child draw. What it reads and says goes through files, so that no pipe fills up while nobody looks."""
    given, drawn, said = (scratch / name for name in ("order", "drawn", "said"))
    given.write_bytes(order)
    with given.open("rb") as reads, drawn.open("wb") as draws, said.open("wb") as says:
        streams = [stream.fileno() for stream in (reads, draws, says)]
        allowed = {"cpu_seconds": limits.cpu_seconds, "memory_bytes": limits.memory_bytes, "scratch": str(scratch)}
        try:
            with standby.child(streams, **allowed) as line:
                ended = _awaited(line, limits.wall_seconds, lambda: told(_pages_in(said)))
        except standby.CannotStart:
            raise _could_not_be_made() from None
    return _Ran(ended, drawn.read_bytes(), said.read_bytes())


def _awaited(line: socket.socket, seconds: float, look: Callable[[], None]) -> standby.Ended:
    until = time.monotonic() + seconds
    while (ended := standby.ended(line, _SECONDS_BETWEEN_LOOKS)) is None:
        if time.monotonic() > until:
            raise _took_too_long()
        look()
    return ended


def _pages_in(said: Path) -> int:
    """The last page the child has laid out, as far as it has told."""
    lines = [line for line in said.read_bytes().splitlines() if line.startswith(PAGE_WORD)]
    return int(lines[-1][len(PAGE_WORD) :]) if lines else 0


def _took_too_long() -> RenderFailed:
    return RenderFailed(_("The PDF took too long to make; shorten the paper or try again later."))


def _could_not_be_made() -> RenderFailed:
    return RenderFailed(_("The PDF could not be made. The administrator finds the reason in the log."))


def _order(enclosed: Sequence[Enclosure], is_archival: bool) -> bytes:
    """What the child reads before the document: one line of JSON."""
    files = [
        {
            "name": file.name,
            "content": base64.b64encode(file.content).decode(),
            "description": file.description,
            "made_on": file.made_on.isoformat(),
            "relationship": file.relationship,
        }
        for file in enclosed
    ]
    return json.dumps({"is_archival": is_archival, "enclosed": files}).encode()


def _accepted(ran: _Ran) -> Drawn:
    """What was drawn, once the child says all is well and they are a PDF."""
    told, code = _told(ran.said), ran.ended.code
    if missing := told.get("missing_characters"):
        raise RenderFailed(
            _("The paper contains characters that cannot be printed: %(characters)s. Replace or remove them.")
            % {"characters": ", ".join(missing)}
        )
    if told.get("is_too_large"):
        raise RenderFailed(_("The paper needs more memory than one PDF may take; shorten it or split it into parts."))
    if code == -signal.SIGXCPU:
        raise _took_too_long()
    for message in told.get("warnings", []):
        log.warning("%s", message)
    if code == -signal.SIGKILL:
        raise RenderInterrupted(_("The PDF took more than it may, or was interrupted. Try again later."))
    if code != 0 or told.get("errors") or not ran.drawn.startswith(b"%PDF-"):
        log.error("PDF engine ended with %s: %s", code, told.get("errors") or ran.said[-2000:])
        raise _could_not_be_made()
    boxes = {name: Box(int(page), *corners) for name, (page, *corners) in told["boxes"].items()}
    return Drawn(ran.drawn, boxes, told["pages"], ran.ended.cpu_seconds, ran.ended.peak_bytes)


def _told(stderr: bytes) -> dict:
    """What the child reported: the last line, if it is JSON."""
    lines = stderr.strip().splitlines()
    try:
        return json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}
