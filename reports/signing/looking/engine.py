"""Looking into a file that was brought back signed, in a child process with hard limits."""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping, Sequence
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
    """By which a file is judged: the field to be signed, every field's box, the trust, when it was prepared and when it
    came back.
    """

    field: str
    is_last: bool
    boxes: Mapping[str, Box]
    trust: Trust
    prepared: datetime
    received: datetime


@dataclass(frozen=True)
class Signature:
    """The one new signature of a file, whole and by a trusted certificate; whose that is, is not asked here.

    `lists_at`: where the issuers publish whom they revoked.
    """

    field: str
    fingerprint: str
    subject: str
    issuer: str
    serial: str
    signed_at: datetime
    has_timestamp: bool
    revocation_known: bool
    lists_at: Sequence[str]
    end: int


def look_into(before: bytes, after: bytes, terms: Terms, *, limits: Limits | None = None) -> Signature:
    """The new signature of a file that began as the bytes that were handed out.

    Rule: R-SIGN-8. Exactly one new signature, nothing else changed, every byte covered, by a certificate that leads to
    a trusted root and was valid and not revoked when it signed; without a time stamp, when it came back.
    Raises: Refused with the fault; a file that takes too much of the processor or of memory is one that cannot be read,
    of one that is not done in time nothing is known.
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
        raise Refused(Fault.NOT_DONE, f"not done in {limits.wall_seconds} s") from None
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
        "prepared": terms.prepared.isoformat(),
        "received": terms.received.isoformat(),
    }
