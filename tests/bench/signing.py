"""P12: one signature by the stand-in, and the look into a file of 25 tagged pages that comes back signed."""

from collections.abc import Iterator
from datetime import timedelta
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
    """A signature, and the whole check of what comes back, on the clock of the wall."""
    drawn = draw_pdf(paper_html(long_report(paragraphs=180)))
    box = next(found for name, found in drawn.boxes.items() if name.startswith("sigbox-"))
    prepared = with_fields(drawn.content, [Place("ky-1", "Chữ ký", box)])
    authority = new_authority()
    signer, moment = signer_of(authority.issue("Người ký mẫu"), authority), clock.now()
    note = f"{drawn.pages} tagged pages"
    act = partial(sign, prepared, signer, moment=moment, field="ky-1")
    yield measure("one signature by the stand-in", act, target_ms=SIGNED_MS, times=TIMES, note=note)
    back = act()
    trust = Trust(tuple(_pem(one) for one in (authority.root, authority.issuing)), (), ())
    hour = timedelta(hours=1)
    terms = Terms("ky-1", True, {"ky-1": box}, trust, False, moment - hour, moment + hour)
    look = partial(look_into, prepared, back, terms)
    yield measure("a signed file taken back", look, target_ms=TAKEN_MS, times=TIMES, note=note)


def _pem(issued) -> str:
    return issued.certificate.public_bytes(Encoding.PEM).decode()
