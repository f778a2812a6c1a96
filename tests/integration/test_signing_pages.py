"""The pages of digital signing: preparing, taking and bringing back the file, the doors for signing tools."""

import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coordination.programs.enums import ProgramState, SignatureMethod
from coordination.programs.models import Program
from coordination.programs.queries import signing_stand
from records import clock
from records.audit.models import AuditEntry
from reports.signing.models import SignedState, SigningAddress
from reports.signing.queries import live_round
from tests.factories.people import make_agency, make_member, make_office
from tests.factories.programs import secretary_of
from tests.factories.signing import Table, certificate, lay_table, trusting

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def laid(ground) -> Table:
    with trusting():
        yield lay_table(2, seals=[1])


@pytest.fixture
def table(laid) -> Table:
    laid.program.refresh_from_db()
    return laid


def page(table: Table, name: str = "signing-round", *more) -> str:
    return reverse(f"reports:{name}", args=[table.program.slug, *more])


def as_file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("da-ky.pdf", content, "application/pdf")


def test_two_parties_sign_through_the_page_until_the_program_is_in_force(table, sign_in):
    for name in ("ky-1", "dau-1", "ky-2"):
        field = table.field(name)
        browser = sign_in(table.leaders[field.slot.position])
        shown = browser.get(page(table))
        assert shown.status_code == 200 and page(table, "signing-upload", field.pk) in shown.content.decode()
        handed = browser.get(page(table, "signing-file"))
        assert handed["Content-Disposition"].startswith("attachment")
        signed = table.signed(name, handed.content)
        answer = browser.post(page(table, "signing-upload", field.pk), {"file": as_file(signed)}, follow=True)
        assert (answer.redirect_chain and "đã ký" in answer.content.decode()) or "đã đủ" in answer.content.decode()
    table.program.refresh_from_db()
    assert table.program.state == ProgramState.IN_FORCE
    whole = browser.get(reverse("reports:program-pdf", args=[table.program.slug]))
    assert whole.content == signed
    shown = browser.get(page(table)).content.decode()
    assert shown.count("TOTAL-PASSED") == 3


def test_a_refused_file_is_answered_beside_the_field_and_nothing_changes(table, sign_in):
    browser = sign_in(table.leaders[1])
    states, address = SignedState.objects.count(), page(table, "signing-upload", table.field("ky-1").pk)
    for content in (table.content(), b"khong phai pdf", b""):
        answer = browser.post(address, {"file": as_file(content)})
        assert answer.status_code == 422 and 'aria-invalid="true"' in answer.content.decode()
    assert browser.post(address, {}).status_code == 422
    assert SignedState.objects.count() == states


def test_out_of_turn_answers_that_it_has_moved_on_and_strangers_see_nothing(table, sign_in):
    second = table.field("ky-2")
    signed = as_file(table.signed("ky-2"))
    answer = sign_in(table.leaders[2]).post(page(table, "signing-upload", second.pk), {"file": signed})
    assert answer.status_code == 409
    assert sign_in(table.leaders[2]).post(page(table, "signing-upload", table.field("ky-1").pk)).status_code == 403
    stranger = sign_in(make_member(make_agency(table.program.unit, "ngoai-cuoc")))
    for name in ("signing-round", "signing-file"):
        assert stranger.get(page(table, name)).status_code == 404
    assert stranger.post(page(table, "signing-upload", second.pk)).status_code == 404


def addresses(table: Table, browser: Client, name: str = "ky-1") -> list[str]:
    """The two addresses as the page shows them, this once."""
    shown = browser.post(page(table, "signing-addresses", table.field(name).pk)).content.decode()
    found = re.findall(r"https://phoi-hop\.example(/cong-cu-ky/[\w-]+/(?:tep\.pdf|nop/))", shown)
    assert len(found) == 2
    assert not re.search("/cong-cu-ky/", browser.get(page(table)).content.decode())
    return found


def test_a_signing_tool_fetches_and_returns_the_file_once_without_a_sign_in(table, sign_in):
    download, upload = addresses(table, sign_in(table.leaders[1]))
    tool = Client(enforce_csrf_checks=True)
    handed = tool.get(download)
    assert handed.status_code == 200 and handed.content == table.content()
    assert tool.get(download).status_code == 404, "each works once"
    signed = table.signed("ky-1", handed.content)
    told = tool.post(upload, {"uploadfile": as_file(signed)})
    assert (told.status_code, told.json()["Status"]) == (200, 0)
    assert tool.post(upload, {"uploadfile": as_file(signed)}).status_code == 404
    state = SignedState.objects.get(field=table.field("ky-1"))
    assert (state.way, state.taken_by) == ("by_tool", table.leaders[1])


def test_an_address_ends_after_half_an_hour_and_with_the_next_one(table, sign_in):
    browser, tool = sign_in(table.leaders[1]), Client()
    first = addresses(table, browser)
    second = addresses(table, browser)
    assert [tool.get(first[0]).status_code, tool.post(first[1]).status_code] == [404, 404]
    with clock.machine_standing_at(clock.machine_now() + timedelta(minutes=31)):
        assert [tool.get(second[0]).status_code, tool.post(second[1]).status_code] == [404, 404]
    assert SigningAddress.objects.filter(used_at=None).count() == 2


def test_a_tool_that_brings_something_else_is_told_why_and_its_address_is_used_up(table, sign_in):
    _download, upload = addresses(table, sign_in(table.leaders[1]))
    tool, states = Client(), SignedState.objects.count()
    told = tool.post(upload, b"%PDF-1.7 khac", content_type="application/pdf")
    assert (told.status_code, told.json()["Status"]) == (422, 1) and told.json()["Message"]
    assert tool.post(upload, b"", content_type="application/pdf").status_code == 404
    assert SignedState.objects.count() == states
    for token in ("x" * 43, "%00", "ă" * 200):
        assert tool.get(f"/cong-cu-ky/{token}/tep.pdf").status_code == 404
    assert tool.post(upload, {"khac": "1"}).status_code == 404
    assert tool.get(upload).status_code == 405


def test_the_secretary_sets_order_and_ways_and_prepares_the_file(db, sign_in):
    with trusting():
        table = lay_table(2, digital=[], prepared=False)
        secretary = sign_in(table.secretary)
        slots = signing_stand(table.program).slots
        plan = reverse("coordination:program-signing-plan", args=[table.program.slug])
        assert secretary.get(plan).status_code == 200
        sent = {f"rank-{slot.pk}": slot.position for slot in slots} | {f"planned-{slot.pk}": "sealed" for slot in slots}
        assert secretary.post(plan, sent | {f"rank-{slots[0].pk}": "99"}).status_code == 422
        assert secretary.post(plan, sent).status_code == 302
        assert [(one.rank, one.planned, one.is_sealed) for one in signing_stand(table.program).slots] == [
            (1, SignatureMethod.DIGITAL, True),
            (2, SignatureMethod.DIGITAL, True),
        ]
        shown = secretary.get(page(table)).content.decode()
        assert shown.count("Chứng thư số đăng ký cho") == 4
        for slot in slots:
            _register(sign_in, slot)
        for day, status in (("31/3/2022", 422), ("29/3/2022", 422), ("32/3/2022", 422), ("30/3/2022", 302)):
            answer = secretary.post(page(table, "signing-prepare") + "?made=1", {"dated_on": day})
            assert answer.status_code in (status, 302), day
        _until_prepared(secretary, table)
        assert [field.name for field in table.fields()] == ["ky-1", "dau-1", "ky-2", "dau-2"]
        shown = secretary.get(reverse("coordination:program-signing", args=[table.program.slug])).content.decode()
        assert page(table) in shown
        assert secretary.post(page(table, "signing-withdraw"), {"reason": ""}).status_code == 422
        assert secretary.post(page(table, "signing-withdraw"), {"reason": "Đổi người ký"}).status_code == 302
        assert live_round(Program.objects.get(pk=table.program.pk)) is None


def _until_prepared(secretary: Client, table: Table) -> None:
    """The paper is drawn by a job, done at once in tests; then the form is sent again."""
    if live_round(Program.objects.get(pk=table.program.pk)) is None:
        assert secretary.post(page(table, "signing-prepare"), {"dated_on": "30/3/2022"}).status_code == 302


def _register(sign_in, slot) -> None:
    """The agency's secretary registers the certificates of its head and its seal on its page."""
    agency = slot.party.agency
    head = make_office(agency, slot.title.capitalize(), slot.title, is_head=True)
    browser = sign_in(secretary_of(agency))
    address = reverse("agencies:certificate-add", args=[agency.unit.code.lower(), agency.code])
    for office, name in ((head.pk, f"{slot.title} {slot.agency_name}"), ("", f"Dấu {slot.agency_name}")):
        content = certificate(name).certificate.public_bytes(Encoding.PEM)
        sent = {"office": office, "reason": "Cấp lần đầu", "file": SimpleUploadedFile("chung-thu.cer", content)}
        assert browser.post(address, sent).status_code == 302
    listed = browser.get(reverse("agencies:certificate-list", args=[agency.unit.code.lower(), agency.code]))
    assert listed.content.decode().count("pf-panel__foot") == 2


def test_a_file_with_a_key_is_refused_and_leaves_nothing(table, sign_in):
    agency = table.field("ky-1").slot.party.agency
    browser = sign_in(secretary_of(agency))
    address = reverse("agencies:certificate-add", args=[agency.unit.code.lower(), agency.code])
    issued = certificate("Có khóa")
    key = issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    packed = pkcs12.serialize_key_and_certificates(b"x", issued.key, issued.certificate, None, NoEncryption())
    held, entries = agency.signing_certificates.count(), AuditEntry.objects.count()
    for content in (
        key,
        issued.certificate.public_bytes(Encoding.PEM) + key,
        packed,
        b"abc",
        b"\x00" * 30,
        b"0" * 30000,
    ):
        sent = {"office": "", "reason": "Cấp", "file": SimpleUploadedFile("khoa.p12", content)}
        assert browser.post(address, sent).status_code == 422
    assert (agency.signing_certificates.count(), AuditEntry.objects.count()) == (held, entries)
