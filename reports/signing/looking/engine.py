"""Looking into a file that was brought back signed, in a child process with hard limits."""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reports.pdf.drawn import Box
from reports.signing.looking.faults import Fault, Refused
from reports.signing.trust import Trust

ROOT = Path(__file__).resolve().parent.parent.parent.parent
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What one look may use. Units: seconds on the wall and on the processor, bytes of address space."""

    wall_seconds: int = 60
    cpu_seconds: int = 20
    memory_bytes: int = 1024 * 1024 * 1024


@dataclass(frozen=True)
class Terms:
    """By which a file is judged: the field to be signed, every field's box, the trust, the span of time."""

    field: str
    is_last: bool
    boxes: Mapping[str, Box]
    trust: Trust
    needs_revocation: bool
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True)
class Signature:
    """The one new signature of a file, whole and by a trusted certificate; whose that is, is not asked here."""

    field: str
    fingerprint: str
    subject: str
    issuer: str
    serial: str
    signed_at: datetime
    has_timestamp: bool
    revocation_known: bool
    end: int


def look_into(before: bytes, after: bytes, terms: Terms, *, limits: Limits | None = None) -> Signature:
    """The new signature of a file that began as the bytes that were handed out.

    Rule: R-SIGN-8. Exactly one new signature, nothing else changed, every byte covered, by a certificate that leads to
    a trusted root and was valid and not revoked when it signed.
    Raises: Refused with the fault; a file that takes too long or too much is one that cannot be read.
    """
    limits = limits or Limits()
    order = json.dumps(_order(before, after, terms)).encode()
    try:
        done = subprocess.run(
            [
                sys.executable, "-m", "reports.signing.looking.child",
                str(limits.cpu_seconds), str(limits.memory_bytes),
            ],
            input=order + b"\n" + before + after,
            capture_output=True,
            timeout=limits.wall_seconds,
            cwd=ROOT,
            env={"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Refused(Fault.NOT_READ, "took too long") from None
    return _told(done)


def _told(done: subprocess.CompletedProcess) -> Signature:
    try:
        told = json.loads(done.stdout)
    except ValueError:
        log.error("The look into a signed file ended with %s: %s", done.returncode, done.stderr[-2000:])
        raise Refused(Fault.NOT_READ, f"ended with {done.returncode}") from None
    if "fault" in told:
        raise Refused(Fault(told["fault"]), told["detail"])
    found = told["found"]
    return Signature(**found | {"signed_at": datetime.fromisoformat(found["signed_at"])})


def _order(before: bytes, after: bytes, terms: Terms) -> dict:
    return {
        "before": len(before),
        "after": len(after),
        "field": terms.field,
        "is_last": terms.is_last,
        "boxes": {name: [box.page, *box.corners] for name, box in terms.boxes.items()},
        "roots": terms.trust.roots,
        "lists": terms.trust.lists,
        "needs_revocation": terms.needs_revocation,
        "not_before": terms.not_before.isoformat(),
        "not_after": terms.not_after.isoformat(),
    }
