"""Files brought back signed: honest ones are taken, in turn, until the program is in force; everything else is refused.

Abuse 54 to 58 of the threat model by number.
"""

from datetime import timedelta

import pytest
from pyhanko.sign.fields import SigFieldSpec

from agencies.certificates.services import end_certificate
from coordination.programs.enums import ProgramState, SignatureMethod, SignatureState
from coordination.programs.queries import signing_stand
from portal.demo.signer import tampering
from portal.demo.signer.authority import self_signed
from portal.demo.signer.signing import sign
from portal.demo.signer.tokens import signer_of
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from records.files.models import StoredFile
from reports.signing.enums import VERDICTS
from reports.signing.looking.faults import Fault
from reports.signing.models import SignedState
from reports.signing.queries import signed_file_of
from tests.factories.programs import secretary_of
from tests.factories.signing import Table, authority, certificate, lay_table, register, rogue, trusting
from tests.factories.stored import path_of

pytestmark = [pytest.mark.django_db, pytest.mark.on_sqlite]


@pytest.fixture(scope="module")
def laid(ground) -> Table:
    """Two parties that sign digitally, the lead with a seal, before anybody has signed."""
    with trusting():
        yield lay_table(2, seals=[1])


@pytest.fixture
def table(laid) -> Table:
    laid.program.refresh_from_db()
    return laid


def refused(table: Table, content: bytes, fault: Fault, name: str = "ky-1") -> None:
    """Bringing it changes nothing, says why, and leaves one entry that says so too."""
    states, files = SignedState.objects.count(), StoredFile.objects.count()
    before = AuditEntry.objects.count()
    with pytest.raises(RuleBroken) as refusal:
        table.take(name, content)
    assert str(refusal.value) == VERDICTS[fault].told
    assert (SignedState.objects.count(), StoredFile.objects.count()) == (states, files)
    assert all(slot.state == SignatureState.AWAITING for slot in signing_stand(table.program).slots)
    told = AuditEntry.objects.order_by("-sequence").first()
    assert AuditEntry.objects.count() == before + 1
    assert (told.action, told.after["result"]) == (AuditAction.REFUSED, VERDICTS[fault].code)


def test_honest_signatures_are_taken_in_turn_until_the_program_is_in_force(table):
    prepared = table.content()
    assert [one.name for one in table.fields()] == ["ky-1", "dau-1", "ky-2"]
    first = table.signed("ky-1")
    state = table.take("ky-1", first)
    assert path_of(state.file).read_bytes() == first
    assert signing_stand(table.program).signed == 0, "the seal of the party is still awaited"
    table.take("dau-1", table.signed("dau-1"))
    assert signing_stand(table.program).signed == 1
    last = table.signed("ky-2")
    table.take("ky-2", last)
    table.program.refresh_from_db()
    assert table.program.state == ProgramState.IN_FORCE
    assert table.program.signed_on == clock.today()
    assert {slot.method for slot in signing_stand(table.program).slots} == {SignatureMethod.DIGITAL}
    assert last.startswith(prepared)
    assert signed_file_of(table.program).content() == last


@pytest.mark.parametrize(
    ("trick", "fault"),
    [
        ("page_replaced", Fault.CHANGED),
        ("page_replaced_after", Fault.NOT_COVERED),
        ("note_added", Fault.CHANGED),
        ("note_added_after", Fault.NOT_COVERED),
        ("shadow_hidden", Fault.NOT_COVERED),
        ("shadow_replaced", Fault.NOT_COVERED),
        ("shadow_both", Fault.NOT_COVERED),
        ("byte_of_page", Fault.NOT_BEGUN),
        ("byte_of_revision", Fault.NOT_COVERED),
        ("byte_of_signature", Fault.DIGEST),
        ("bytes_after", Fault.NOT_READ),
        ("saved_anew", Fault.NOT_BEGUN),
        ("unsigned", Fault.UNTOUCHED),
        ("signed_twice", Fault.SIGNED_TWICE),
        ("script_added", Fault.CHANGED),
    ],
)
def test_abuse_56_a_tampered_or_shadow_file_is_refused(table, trick, fault):
    signer = signer_of(table.certificates["ky-1"], authority())
    content = tampering.TRICKS[trick](table.content(), lambda given: sign(given, signer, moment=clock.now()))
    refused(table, content, fault)


def test_abuse_54_a_file_of_another_program_or_an_older_state_is_refused(table):
    other = lay_table(2)
    refused(table, other.signed("ky-1"), Fault.OTHER_PAPER)
    prepared = table.content()
    table.take("ky-1", table.signed("ky-1"))
    older = table.signed("dau-1", prepared, field="dau-1")
    with pytest.raises(RuleBroken) as refusal:
        table.take("dau-1", older)
    assert str(refusal.value) == VERDICTS[Fault.OLDER].told


def test_abuse_55_the_same_file_again_changes_nothing_and_serves_no_other_party(table):
    first = table.signed("ky-1")
    state = table.take("ky-1", first)
    entries = AuditEntry.objects.count()
    assert table.take("ky-1", first) == state
    assert (SignedState.objects.filter(round=state.round).count(), AuditEntry.objects.count()) == (2, entries)
    with pytest.raises(RuleBroken):
        table.take("dau-1", first)
    with pytest.raises(Conflict):
        table.take("ky-1", table.signed("ky-1", field="dau-1"))


def test_abuse_57_only_the_right_certificate_at_the_right_time_signs(table):
    mine = table.certificates["ky-1"]
    now, day = clock.now(), timedelta(days=1)
    other, expired = table.certificates["ky-2"], authority().issue("Hết hạn", ends=now - day)
    for issued, fault in (
        (other, Fault.UNBOUND),
        (certificate("Người khác"), Fault.UNBOUND),
        (table.certificates["dau-1"], Fault.UNBOUND),
        (rogue().issue("CHỦ TỊCH Bên thứ 1"), Fault.UNTRUSTED),
        (self_signed("CHỦ TỊCH Bên thứ 1"), Fault.UNTRUSTED),
        (expired, Fault.EXPIRED),
        (authority().issue("Chưa đến hạn", begins=now + day), Fault.NOT_YET_VALID),
    ):
        refused(table, table.signed("ky-1", by=issued), fault)
    refused(table, table.signed("ky-1", moment=now - day), Fault.TOO_EARLY)
    refused(table, table.signed("ky-1", moment=now + day), Fault.TOO_LATE)
    serial = mine.certificate.serial_number
    with trusting(authority().revoked(serial, since=now - day, until=now + day)):
        refused(table, table.signed("ky-1"), Fault.REVOKED)
    with trusting(authority().revoked(since=now - day, until=now + day)):
        assert table.take("ky-1", table.signed("ky-1")).revocation_known


def test_abuse_58_nobody_signs_out_of_turn(table):
    for name in ("ky-2", "dau-1"):
        with pytest.raises(Conflict):
            table.take(name, table.signed(name))
    with pytest.raises(NotAllowed):
        table.take("ky-1", table.signed("ky-1"), actor=table.leaders[2])
    assert not SignedState.objects.filter(ordinal=1).exists()


def test_a_signature_that_locks_the_file_or_stands_elsewhere_is_refused(table):
    refused(table, table.signed("ky-1", certify=True), Fault.LOCKS)
    refused(table, table.signed("ky-1", field="ky-2"), Fault.OTHER_FIELD)


def test_a_tool_that_sets_a_field_of_its_own_stays_within_the_room_of_its_party(table):
    room = table.field("ky-1").box
    inside = SigFieldSpec("Signature1", on_page=room.page, box=room.corners)
    beside = SigFieldSpec("Signature1", on_page=room.page, box=table.field("ky-2").box.corners)
    unseen = SigFieldSpec(
        "Signature1", on_page=room.page, box=(room.left, room.bottom, room.left + 14, room.bottom + 14)
    )
    for spec in (beside, unseen):
        refused(table, table.signed("ky-1", own_field=spec), Fault.OUTSIDE_PLACE)
    state = table.take("ky-1", table.signed("ky-1", own_field=inside))
    assert state.field_in_file == "Signature1"


def test_data_that_prove_a_certificate_may_follow_its_signature_and_the_next_party_signs_on_top(table):
    day = timedelta(days=1)
    proof = authority().proof(since=clock.now() - day, until=clock.now() + day)
    proved = table.signed("ky-1", proof=proof)
    assert b"/DSS" in proved
    table.take("ky-1", proved)
    state = table.take("dau-1", table.signed("dau-1"))
    assert path_of(state.file).read_bytes().startswith(proved)


def test_what_is_no_pdf_and_what_is_too_large_is_refused(table):
    prepared = table.content()
    refused(table, b"", Fault.NOT_BEGUN)
    refused(table, b"%PDF-1.7 hai", Fault.NOT_BEGUN)
    refused(table, prepared + b"\n%%EOF\n" * 10, Fault.NOT_SIGNED)
    refused(table, prepared + b"0" * (5 * 1024 * 1024), Fault.TOO_LARGE)


def test_a_certificate_that_was_ended_signs_no_more(table):
    slot = table.field("ky-1").slot
    agency = slot.party.agency
    kept = agency.signing_certificates.get(purpose="person")
    end_certificate(kept, actor=secretary_of(agency), reason="Mất thiết bị")
    refused(table, table.signed("ky-1"), Fault.UNBOUND)
    register(agency, table.certificates["ky-1"], secretary_of(agency))
    table.take("ky-1", table.signed("ky-1"))
