"""The signing page's posts: signatures with and without scans, returns, signers, numbers."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.access.enums import Role
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program, SignatureSlot
from coordination.programs.queries import signing_stand
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.models import StoredFile
from tests.factories.people import make_member, make_unit
from tests.factories.programs import make_parties, make_program, secretary_of, slot_of

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF\n"


def url(name, program, *args):
    return reverse(f"coordination:{name}", args=[program.slug, *args])


HUGE_NUMBER = "9" * 40


def sign_post(client, program, slot, day="30/3/2022", **fields):
    sent = {f"sign-{slot.pk}-signed_on": day, **{f"sign-{slot.pk}-{name}": value for name, value in fields.items()}}
    return client.post(url("program-sign", program, slot.pk), sent)


@pytest.fixture
def parties():
    return make_parties(make_unit("DH"), 3)


@pytest.fixture
def client(sign_in, parties):
    return sign_in(secretary_of(parties[0]))


def test_party_records_its_signature_with_a_scan_that_can_be_downloaded(sign_in, parties):
    program = make_program("signing", agencies=parties)
    slot = slot_of(program, parties[1])
    client = sign_in(make_member(parties[1], Role.LEADER))
    scan = SimpleUploadedFile("bản quét.pdf", PDF, "application/pdf")
    assert sign_post(client, program, slot, scan=scan).status_code == 302
    slot.refresh_from_db()
    assert (slot.state, slot.method, slot.signed_on) == ("signed", "paper", date(2022, 3, 30))
    download = client.get(url("program-scan", program, slot.pk))
    assert b"".join(download.streaming_content) == PDF
    assert download.headers["Content-Disposition"].startswith("attachment")


def test_last_signature_through_the_page_brings_the_program_into_force(client, parties):
    program = make_program("signing", agencies=parties)
    for slot in signing_stand(program).slots:
        assert sign_post(client, program, slot).status_code == 302
    assert Program.objects.get().state == ProgramState.IN_FORCE
    assert client.get(url("program-signing", program)).status_code == 200


@pytest.mark.parametrize(
    ("day", "scan", "field"),
    [
        ("31/3/2022", None, "signed_on"),
        ("29/3/2022", None, "signed_on"),
        ("30/02/2022", None, "signed_on"),
        ("", None, "signed_on"),
        ("30/3/2022", ("ban-quet.exe", PDF), "scan"),
        ("30/3/2022", ("ban-quet.pdf", b"khong phai pdf"), "scan"),
        ("30/3/2022", ("ban-quet.pdf", b""), "scan"),
        ("30/3/2022", ("a" * 300 + ".pdf", PDF), "scan"),
    ],
)
def test_bad_signature_is_refused_at_the_field(client, parties, day, scan, field):
    program = make_program("signing", agencies=parties)
    slot = slot_of(program, parties[0])
    fields = {"scan": SimpleUploadedFile(scan[0], scan[1])} if scan else {}
    response = sign_post(client, program, slot, day, **fields)
    assert response.status_code == 422
    assert [list(form.errors) for form in response.context["failed"]] == [[field]]
    slot.refresh_from_db()
    assert slot.state == "awaiting" and not StoredFile.objects.exists()


def test_another_party_cannot_sign_or_return_for_it(sign_in, parties):
    program = make_program("signing", agencies=parties)
    slot = slot_of(program, parties[0])
    for role in (Role.LEADER, Role.SECRETARY, Role.OFFICIAL):
        client = sign_in(make_member(parties[1], role))
        assert sign_post(client, program, slot).status_code == 403
        given_back = client.post(url("program-return", program, slot.pk), {f"return-{slot.pk}-reason": "Sai"})
        assert given_back.status_code == 403
        assert client.get(url("program-signer", program, slot.pk)).status_code == 403
    assert Program.objects.get().state == ProgramState.SIGNING
    assert AuditEntry.objects.filter(action=AuditAction.REFUSED).count() == 9


def test_return_through_the_page_and_stale_signature_after_it(sign_in, client, parties):
    program = make_program("signing", agencies=parties, signed=1)
    slot = slot_of(program, parties[1])
    leader = sign_in(make_member(parties[1], Role.LEADER))
    empty = leader.post(url("program-return", program, slot.pk), {f"return-{slot.pk}-reason": " "})
    assert empty.status_code == 422 and Program.objects.get().state == ProgramState.SIGNING
    done = leader.post(url("program-return", program, slot.pk), {f"return-{slot.pk}-reason": "Sai tên cơ quan"})
    assert done.status_code == 302 and Program.objects.get().state == ProgramState.AGREED
    stale = sign_post(client, program, slot_of_any(program, parties[2]))
    assert stale.status_code == 409
    assert "Sai tên cơ quan" in client.get(url("program-signing", program)).content.decode()


def slot_of_any(program, agency):
    return SignatureSlot.objects.filter(version__program=program, party__agency=agency).first()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"title": "C" * 81}, "title"),
        ({"title": "CHỦ TỊCH", "signer_name": "x" * 121}, "signer_name"),
        ({"title": "CHỦ TỊCH", "authority": "ZZ"}, "authority"),
        ({"title": "CHỦ\x00"}, "title"),
    ],
)
def test_bad_signer_is_refused_at_the_field(client, parties, fields, wrong):
    program = make_program("signing", agencies=parties)
    slot = slot_of(program, parties[1])
    response = client.post(url("program-signer", program, slot.pk), fields)
    assert response.status_code == 422 and list(response.context["form"].errors) == [wrong]


def test_signer_is_named_through_the_page(client, parties):
    program = make_program("signing", agencies=parties)
    slot = slot_of(program, parties[1])
    fields = {"signer_name": "Trần Việt Dũng", "title": "CHỦ TỊCH", "authority": "TM"}
    assert client.post(url("program-signer", program, slot.pk), fields).status_code == 302
    slot.refresh_from_db()
    assert (slot.signer_name, slot.title) == ("Trần Việt Dũng", "CHỦ TỊCH")


@pytest.mark.parametrize("number", ["0", "-1", "hai", "100000", HUGE_NUMBER, "", "1\x00"])
def test_bad_number_is_refused_at_the_field(client, parties, number):
    program = make_program("agreed", agencies=parties)
    response = client.post(url("program-number", program), {"number": number, "symbol": "CTPH"})
    assert response.status_code == 422 and list(response.context["form"].errors) == ["number"]
    assert Program.objects.get().document_number is None


def test_same_number_twice_is_refused_at_the_field(client, parties):
    one, two = make_program("agreed", agencies=parties), make_program("agreed", agencies=parties)
    fields = {"number": "2", "symbol": "CTPH-A"}
    assert client.post(url("program-number", one), fields).status_code == 302
    response = client.post(url("program-number", two), fields)
    assert response.status_code == 422 and list(response.context["form"].errors) == ["number"]
    assert Program.objects.get(pk=two.pk).document_number is None


@pytest.mark.parametrize("name", ["program-step"])
def test_acts_need_a_post(client, parties, name):
    assert client.get(url(name, make_program(agencies=parties))).status_code == 405
