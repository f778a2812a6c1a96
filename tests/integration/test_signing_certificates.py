"""By which certificate a signature counts: of who holds the office when it comes, not revoked by the issuer's own list.

Abuse 57 of the threat model.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import override_settings

from agencies.people.services import end_holding
from coordination.programs.queries import signing_stand
from coordination.programs.services import choose_signer
from portal.demo.signer.authority import Issued
from records import clock
from records.errors import RuleBroken
from reports.signing import services as signing
from reports.signing.enums import VERDICTS
from reports.signing.looking.faults import Fault
from tests.factories.people import make_holder
from tests.factories.programs import secretary_of
from tests.factories.signing import Table, authority, lay_table, register, trusting

pytestmark = [pytest.mark.django_db, pytest.mark.on_sqlite]
DAY = timedelta(days=1)


@dataclass
class Publisher:
    """The issuer's own web server: the list it answers with, or nothing; whom it was asked by."""

    address: str = ""
    content: bytes | None = None
    leads_to: str = ""
    asked: int = 0


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    told = Publisher()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked += 1
            if told.leads_to:
                self.send_response(302)
                self.send_header("Location", told.leads_to)
                told.leads_to = ""
            else:
                self.send_response(200 if told.content else 404)
            self.end_headers()
            self.wfile.write(told.content or b"")

        def log_message(self, *_args) -> None:
            """Nothing is told on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.address = f"http://127.0.0.1:{server.server_port}/cap.crl"
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def laid(ground) -> Table:
    with trusting():
        yield lay_table(2)


@pytest.fixture
def table(laid) -> Table:
    laid.program.refresh_from_db()
    return laid


def refused(table: Table, content: bytes, fault: Fault) -> None:
    with pytest.raises(RuleBroken) as refusal:
        table.take("ky-1", content)
    assert str(refusal.value) == VERDICTS[fault].told
    assert VERDICTS[fault].reason in str(refusal.value), "the outcome is told with its reason"


def of_publisher(table: Table, publisher: Publisher, *, is_registered: bool = True) -> Issued:
    """A certificate that says where its issuer publishes whom it revoked."""
    issued = authority().issue("CHỦ TỊCH có danh sách", lists_at=publisher.address)
    if is_registered:
        agency = table.field("ky-1").slot.party.agency
        register(agency, issued, secretary_of(agency))
    return issued


def test_the_list_its_issuer_publishes_is_fetched_and_decides(table, publisher):
    issued, now = of_publisher(table, publisher), clock.now()
    signed = table.signed("ky-1", by=issued)
    publisher.content = authority().revoked(issued.certificate.serial_number, since=now - DAY, until=now + DAY)
    refused(table, signed, Fault.REVOKED)
    publisher.content = authority().revoked(since=now - DAY, until=now + DAY)
    assert table.take("ky-1", signed).revocation_known
    assert publisher.asked == 2


def test_what_cannot_be_reached_is_told_as_not_known_and_may_be_required(table, publisher):
    signed = table.signed("ky-1", by=of_publisher(table, publisher))
    with override_settings(SIGNING_NEEDS_REVOCATION=True):
        refused(table, signed, Fault.REVOCATION_UNKNOWN)
        publisher.content = b"no list"
        refused(table, signed, Fault.REVOCATION_UNKNOWN)
        publisher.leads_to = publisher.address
        publisher.content = authority().revoked(since=clock.now() - DAY, until=clock.now() + DAY)
        refused(table, signed, Fault.REVOCATION_UNKNOWN)
    publisher.content = None
    assert not table.take("ky-1", signed).revocation_known


def test_an_office_that_calls_nobody_outside_asks_for_no_list(table, publisher):
    publisher.content = authority().revoked(since=clock.now() - DAY, until=clock.now() + DAY)
    signed = table.signed("ky-1", by=of_publisher(table, publisher))
    with override_settings(SIGNING_FETCHES_LISTS=False):
        state = table.take("ky-1", signed)
    assert publisher.asked == 0 and not state.revocation_known


def test_nobody_sends_the_portal_to_an_address_by_a_certificate_that_is_not_registered(table, publisher):
    refused(table, table.signed("ky-1", by=of_publisher(table, publisher, is_registered=False)), Fault.UNBOUND)
    assert publisher.asked == 0


def test_whoever_holds_the_office_no_more_signs_no_more_whatever_day_is_claimed(ground):
    with trusting():
        table = lay_table(2, prepared=False)
        slot = next(one for one in signing_stand(table.program).slots if one.position == 1)
        office = slot.party.agency.offices.get(is_head=True)
        holding = make_holder(office, "Nguyễn Văn Mẫu", since=clock.today() - 30 * DAY)
        choose_signer(slot, actor=table.secretary, holding=holding)
        signing.prepare_file(table.program, actor=table.secretary, dated_on=clock.today())
        signed = table.signed("ky-1")
        end_holding(holding, last_day=clock.today(), actor=None)
        with clock.standing_at(clock.now() + DAY):
            refused(table, signed, Fault.UNBOUND)
        table.take("ky-1", signed)
