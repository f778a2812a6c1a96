"""PDF bytes out of a paper's HTML, made in a child process that can reach neither the network nor the service's files.

Why: an engine that lays out text somebody typed can be brought to run for minutes or to eat the memory; the child has
hard limits and an empty environment, and the service lives on whatever happens to it.
"""

import base64
import json
import logging
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from reports.pdf.drawn import Box, Drawn, Enclosure, Told
from reports.pdf.errors import RenderFailed, RenderInterrupted

ROOT = Path(__file__).resolve().parent.parent.parent
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


def _run(order: bytes, scratch: Path, limits: Limits, told: Told) -> subprocess.CompletedProcess:
    """Let the child draw. What it reads and says goes through files, so that no pipe fills up while nobody looks."""
    command = [sys.executable, "-m", "reports.pdf.child", str(limits.cpu_seconds), str(limits.memory_bytes)]
    (scratch / "order").write_bytes(order)
    with (
        (scratch / "order").open("rb") as given,
        (scratch / "said").open("wb") as said,
        (scratch / "drawn").open("wb") as drawn,
        subprocess.Popen(
            command, stdin=given, stdout=drawn, stderr=said, cwd=ROOT, env=environment(str(scratch))
        ) as child,
    ):
        try:
            _wait_for(child, limits.wall_seconds, lambda: told(_pages_in(scratch / "said")))
        except BaseException:
            child.kill()
            raise
    drawn_bytes, said_bytes = (scratch / "drawn").read_bytes(), (scratch / "said").read_bytes()
    return subprocess.CompletedProcess(command, child.returncode, drawn_bytes, said_bytes)


def _wait_for(child: subprocess.Popen, seconds: float, look: Callable[[], None]) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            child.wait(_SECONDS_BETWEEN_LOOKS)
            return
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                raise _took_too_long() from None
            look()


def _pages_in(said: Path) -> int:
    """The last page the child has laid out, as far as it has told."""
    lines = [line for line in said.read_bytes().splitlines() if line.startswith(PAGE_WORD)]
    return int(lines[-1][len(PAGE_WORD) :]) if lines else 0


def _took_too_long() -> RenderFailed:
    return RenderFailed(_("The PDF took too long to make; shorten the paper or try again later."))


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


def _accepted(done: subprocess.CompletedProcess) -> Drawn:
    """What was drawn, once the child says all is well and they are a PDF."""
    told = _told(done.stderr)
    if missing := told.get("missing_characters"):
        raise RenderFailed(
            _("The paper contains characters that cannot be printed: %(characters)s. Replace or remove them.")
            % {"characters": ", ".join(missing)}
        )
    if told.get("is_too_large"):
        raise RenderFailed(_("The paper needs more memory than one PDF may take; shorten it or split it into parts."))
    if done.returncode == -signal.SIGXCPU:
        raise _took_too_long()
    for message in told.get("warnings", []):
        log.warning("%s", message)
    if done.returncode == -signal.SIGKILL:
        raise RenderInterrupted(_("The PDF took more than it may, or was interrupted. Try again later."))
    if done.returncode != 0 or told.get("errors") or not done.stdout.startswith(b"%PDF-"):
        log.error("PDF engine ended with %s: %s", done.returncode, told.get("errors") or done.stderr[-2000:])
        raise RenderFailed(_("The PDF could not be made. The administrator finds the reason in the log."))
    boxes = {name: Box(int(page), *corners) for name, (page, *corners) in told["boxes"].items()}
    return Drawn(done.stdout, boxes, told["pages"])


def _told(stderr: bytes) -> dict:
    """What the child reported: the last line, if it is JSON."""
    lines = stderr.strip().splitlines()
    try:
        return json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}


def environment(scratch: str) -> dict[str, str]:
    """Nothing of the service's own environment; the fonts of the machine are out of sight."""
    fonts = Path(scratch) / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{ROOT / 'static' / 'fonts' / 'tinos'}</dir><cachedir>{scratch}/cache</cachedir></fontconfig>"
    )
    return {
        "FONTCONFIG_FILE": str(fonts),
        "HOME": scratch,
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "TMPDIR": scratch,
        "TZ": "UTC",
    }
