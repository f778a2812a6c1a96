"""P12: one signature by the stand-in, and the look into a file of 25 tagged pages that comes back signed."""

import resource
import time
from collections.abc import Callable, Iterator
from functools import partial

from cryptography.hazmat.primitives.serialization import Encoding

from portal.demo.signer.authority import new_authority
from portal.demo.signer.signing import sign
from portal.demo.signer.tokens import signer_of
from records import clock
from reports.documents.render import paper_html
from reports.pdf.engine import draw_pdf
from reports.signing.looking.engine import Terms, look_into
from reports.signing.placing import Place, with_fields
from reports.signing.trust import Trust
from tests.bench.papers import long_report
from tests.bench.timing import Measured, measure

TIMES = 5
SIGNED_MS, TAKEN_MS = 600, 2_000


def figures() -> Iterator[Measured]:
    """A signature, and the whole check of what comes back, on the clock of the wall; processor time beside it."""
    drawn = draw_pdf(paper_html(long_report(paragraphs=145)))
    box = next(found for name, found in drawn.boxes.items() if name.startswith("sigbox-"))
    prepared = with_fields(drawn.content, [Place("ky-1", "Chữ ký", box)])
    authority = new_authority()
    signer, moment = signer_of(authority.issue("Người ký mẫu"), authority), clock.now()
    pages = f"{drawn.pages} tagged pages"
    act = partial(sign, prepared, signer, moment=moment, field="ky-1")
    yield _measured("one signature by the stand-in", act, SIGNED_MS, pages)
    back = act()
    trust = Trust(tuple(_pem(one) for one in (authority.root, authority.issuing)), (), ())
    terms = Terms("ky-1", True, {"ky-1": box}, trust, moment, moment)
    look = partial(look_into, prepared, back, terms)
    yield _measured("a signed file taken back", look, TAKEN_MS, pages)


def _measured(name: str, act: Callable[[], object], target_ms: float, pages: str) -> Measured:
    act()
    before = _spent()
    for _number in range(TIMES):
        act()
    note = f"{pages}, {(_spent() - before) * 1000 / TIMES:.0f} ms of processor time"
    return measure(name, act, target_ms=target_ms, times=TIMES, note=note)


def _spent() -> float:
    """Processor time of this process and of those it has waited for: the look is taken by a child."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _pem(issued) -> str:
    return issued.certificate.public_bytes(Encoding.PEM).decode()
