"""The child process that looks into a file brought back signed: orders and bytes on standard input, what was found as
JSON on standard output.

Run as `python -m reports.signing.looking.child <cpu seconds> <bytes of memory>`, without settings or database.
Why a process of its own: a file made to hurt runs into its limits and nothing else.
"""

import base64
import json
import logging
import sys
from datetime import datetime

from records.limits import live_within


def main(cpu_seconds: int, memory_bytes: int) -> int:
    live_within(cpu_seconds=cpu_seconds, memory_bytes=memory_bytes, file_bytes=0)
    order = json.loads(sys.stdin.buffer.readline())
    before = sys.stdin.buffer.read(order["before"])
    after = sys.stdin.buffer.read(order["after"])
    logging.disable(logging.CRITICAL)
    sys.addaudithook(_stay_inside)
    sys.stdout.write(json.dumps(_looked(before, after, order)))
    return 0


def _looked(before: bytes, after: bytes, order: dict) -> dict:
    from reports.signing.looking.faults import Fault, Refused

    try:
        return {"found": _found(before, after, order)}
    except Refused as refusal:
        return {"fault": refusal.fault, "detail": refusal.detail[:300]}
    except (Exception, RecursionError) as broken:
        return {"fault": Fault.NOT_READ, "detail": f"{type(broken).__name__}: {broken}"[:300]}


def _found(before: bytes, after: bytes, order: dict) -> dict:
    from reports.signing.looking.faults import Fault, Refused
    from reports.signing.looking.revisions import changes, only_validation_data, read_revision
    from reports.signing.looking.signatures import judged, new_signature

    asked = _asked(order)
    was, now = read_revision(before), read_revision(after)
    name, page, end = new_signature(was, now, after, asked=asked)
    signed = now
    if after[end:].strip():
        signed = read_revision(after[:end])
        if not only_validation_data(signed, now):
            raise Refused(Fault.NOT_COVERED, f"{len(after) - end} bytes after the signature")
    odd = list(changes(was, signed, field=name, page=page))
    if odd:
        raise Refused(Fault.CHANGED, "; ".join(odd[:4]))
    found = judged(after, name, end, asked=asked)
    return vars(found) | {"signed_at": found.signed_at.isoformat()}


def _asked(order: dict):
    from cryptography import x509

    from reports.signing.looking.signatures import Asked

    roots = [x509.load_pem_x509_certificate(pem.encode()) for pem in order["roots"]]
    return Asked(
        field=order["field"],
        is_last=order["is_last"],
        boxes={name: tuple(box) for name, box in order["boxes"].items()},
        roots=roots,
        lists=[x509.load_der_x509_crl(base64.b64decode(one)) for one in order["lists"]],
        prepared=datetime.fromisoformat(order["prepared"]),
        received=datetime.fromisoformat(order["received"]),
    )


def _stay_inside(event: str, _args) -> None:
    """No connection, no name look-up, no other program, whatever a file names."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.exec"):
        raise PermissionError(event)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
