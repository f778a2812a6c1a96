"""PDF bytes out of a paper's HTML, made in a child process that can reach neither the network nor the service's files.

Why: an engine that lays out text somebody typed can be brought to run for minutes or to eat the memory; the child has
hard limits and an empty environment, and the service lives on whatever happens to it.
"""

import json
import logging
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from reports.pdf.errors import RenderFailed

ROOT = Path(__file__).resolve().parent.parent.parent
MAX_HTML_BYTES = 4 * 1024 * 1024
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What one rendering may use. Units: seconds on the wall and on the processor, bytes of address space."""

    wall_seconds: int = 90
    cpu_seconds: int = 60
    memory_bytes: int = 1536 * 1024 * 1024


def render_pdf(html: str, *, limits: Limits | None = None) -> bytes:
    """The PDF of a document whose text was escaped; the same document gives the same bytes, whenever and wherever.

    Raises: RenderFailed saying why: too long, over a limit, a character the typeface lacks, an engine error.
    """
    limits = limits or Limits()
    document = html.encode()
    if len(document) > MAX_HTML_BYTES:
        raise RenderFailed(_("The paper is too long for one PDF; shorten it or split it into parts."))
    with tempfile.TemporaryDirectory(prefix="paper-") as scratch:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "reports.pdf.child", str(limits.cpu_seconds), str(limits.memory_bytes)],
                input=document,
                capture_output=True,
                timeout=limits.wall_seconds,
                cwd=ROOT,
                env=environment(scratch),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise RenderFailed(_("The PDF took too long to make; shorten the paper or try again later.")) from None
    return _accepted(done)


def _accepted(done: subprocess.CompletedProcess) -> bytes:
    """The bytes, once the child says all is well and they are a PDF."""
    told = _told(done.stderr)
    if missing := told.get("missing_characters"):
        raise RenderFailed(
            _("The paper contains characters that cannot be printed: %(characters)s. Replace or remove them.")
            % {"characters": ", ".join(missing)}
        )
    for message in told.get("warnings", []):
        log.warning("%s", message)
    if done.returncode != 0 or told.get("errors") or not done.stdout.startswith(b"%PDF-"):
        log.error("PDF engine ended with %s: %s", done.returncode, told.get("errors") or done.stderr[-2000:])
        raise RenderFailed(_("The PDF could not be made. The administrator finds the reason in the log."))
    return done.stdout


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
