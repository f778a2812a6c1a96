"""Anybody who holds a paper asks whether it stands: valid, replaced, withdrawn, unknown; never what is in it."""

import hashlib
import html
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agencies.access.enums import Role
from coordination.programs import services as programs
from coordination.programs.models import Program
from coordination.programs.queries import live_version
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from records.files.models import StoredFile
from reports.documents.program_paper import strip_of
from reports.issuing.models import IssuedDocument
from reports.issuing.services import issue_program
from reports.verification.models import Withdrawal
from reports.verification.services import withdraw
from reports.verification.throttling import WINDOW_SECONDS
from tests.conftest import MOMENT
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of, sign
from tests.factories.stored import path_of

MOST = 20
BODY = ("Tăng cường phối hợp giữa các bên", "Xây dựng nông thôn mới")


@pytest.fixture(autouse=True)
def counted_apart(tmp_path, monkeypatch):
    """Questions are counted, and papers kept, in a folder of the test's own."""
    monkeypatch.setattr(settings, "VAR", tmp_path)
    monkeypatch.setattr(settings, "VERIFICATION_QUESTIONS", MOST)


@pytest.fixture(scope="module")
def issued_once(ground) -> int:
    program = make_program("signed", parties=2, document_symbol="CTPH-B1-B2")
    return issue_program(program, actor=secretary_of(program.drafting_agency)).pk


@pytest.fixture
def document(issued_once, db) -> IssuedDocument:
    return IssuedDocument.objects.select_related("file", "program").get(pk=issued_once)


@pytest.fixture
def secretary(document):
    return secretary_of(document.program.drafting_agency)


def asked(client: Client, code: str) -> str:
    answer = client.get(f"/xac-minh/{code}/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def dropped(client: Client, content: bytes, **more):
    file = SimpleUploadedFile("chuong-trinh.pdf", content, "application/pdf")
    return client.post("/xac-minh/tep/", {"file": file, **more})


def groups(document: IssuedDocument) -> str:
    code = document.code
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def test_a_valid_paper_is_told_by_number_day_and_parties_never_by_its_body(document, client):
    page = asked(client, groups(document))
    assert "Văn bản hợp lệ" in page
    for told in (document.title, document.file.sha256[:4], "Bên thứ 1", "Bên thứ 2", document.issuer, "30/3/2022"):
        assert told in page
    assert not [words for words in BODY if words in page]


def test_whoever_asks_needs_no_account_and_leaves_nothing_in_the_database(document, client, django_assert_num_queries):
    entries, sessions = AuditEntry.objects.count(), client.session.session_key
    with django_assert_num_queries(7):
        answer = client.get(f"/xac-minh/{groups(document)}/")
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.count() == entries
    assert client.session.session_key == sessions


def test_a_code_is_typed_as_people_type(document, client):
    plain = document.code.lower()
    answer = client.get("/xac-minh/", {"code": f" {plain[:6]} {plain[6:]} "})
    assert (answer.status_code, answer["Location"]) == (302, f"/xac-minh/{groups(document)}/")
    assert client.get(f"/xac-minh/{plain}/")["Location"] == f"/xac-minh/{groups(document)}/"


@pytest.mark.parametrize(
    "typed", ["", "123", "OOOO-OOOO-OOOO", "x" * 5000, "a\x00b", "%F0%9F%98%80", "../../etc/passwd"]
)
def test_what_is_no_code_is_said_so_and_nothing_fails(typed, client, db):
    answer = client.get("/xac-minh/", {"code": typed})
    assert answer.status_code == 422
    assert "12" in answer.content.decode()


def test_a_code_that_was_never_given_is_unknown(client, db):
    page = asked(client, "7KQ4-M2XD-9RTP")
    assert "Không có văn bản với mã này" in page
    assert "Mã kiểm tra tệp" not in page


def test_a_paper_laid_before_the_signers_is_unknown_until_all_have_signed(client, db):
    program = make_program("signing", parties=2)
    actor = secretary_of(program.drafting_agency)
    code = strip_of(program, program.versions.get(for_signing=True)).code_in_groups
    kept = issue_program(program, actor=actor)
    for page in (asked(client, code), dropped(client, path_of(kept.file).read_bytes()).content.decode()):
        assert "Văn bản hợp lệ" not in page and kept.title not in html.unescape(page)
    sign(program)
    assert "Văn bản hợp lệ" in asked(client, code)


def test_a_version_a_party_returned_is_unknown_for_good(client, db):
    program = make_program("signing", parties=2)
    actor = secretary_of(program.drafting_agency)
    kept = issue_program(program, actor=actor)
    slot = live_version(program).slots.order_by("position").last()
    programs.return_version(slot, actor=secretary_of(slot.party.agency), reason="Sai tên")
    program.refresh_from_db()
    programs.lock_for_signing(program, actor=actor)
    sign(program)
    assert "Không có văn bản với mã này" in asked(client, groups(kept))


def test_a_superseded_program_is_told_with_what_took_its_place(document, secretary, client):
    program = document.program
    parties = [party.agency for party in program.parties.order_by("letterhead_order")]
    later = make_program("signed", agencies=parties, title="Chương trình thay thế", document_symbol="CTPH-SAU")
    programs.supersede(program, actor=secretary, by=later)
    page = asked(client, groups(document))
    assert "Văn bản đã được thay thế" in page and "Chương trình thay thế" not in page
    successor = issue_program(later, actor=secretary)
    page = asked(client, groups(document))
    assert successor.title in page and reverse("reports:verify-code", args=[groups(successor)]) in page


def test_the_same_paper_issued_again_with_its_number_keeps_its_code(document, secretary, client):
    Program.objects.filter(pk=document.program_id).update(document_number=7)
    program = Program.objects.get(pk=document.program_id)
    again = issue_program(program, actor=secretary)
    assert again.pk != document.pk and again.code == document.code
    page = asked(client, groups(document))
    assert "Văn bản hợp lệ" in page and "07/CTPH-B1-B2" in page
    older = html.unescape(dropped(client, path_of(document.file).read_bytes()).content.decode())
    assert "Văn bản đã được thay thế" in older


def test_a_paper_taken_back_is_told_with_day_and_reason(document, secretary, client, today):
    withdraw(document, actor=secretary, withdrawn_on=today, reason="Sai số liệu ở Phụ lục", by_paper="Thông báo số 12")
    page = asked(client, groups(document))
    for told in ("Văn bản đã bị thu hồi", "30/3/2022", "Sai số liệu ở Phụ lục", "Thông báo số 12"):
        assert told in page
    assert "Văn bản đã bị thu hồi" in dropped(client, path_of(document.file).read_bytes()).content.decode()
    with pytest.raises(RuleBroken):
        issue_program(document.program, actor=secretary)


def test_the_file_itself_is_known_to_the_byte_and_kept_nowhere(document, client):
    content = path_of(document.file).read_bytes()
    kept = (StoredFile.objects.count(), AuditEntry.objects.count(), files_around())
    assert "Tệp đúng là văn bản đã phát hành" in dropped(client, content).content.decode()
    changed = bytearray(content)
    changed[len(changed) // 2] ^= 1
    page = dropped(client, bytes(changed)).content.decode()
    assert "không phải" in page and hashlib.sha256(bytes(changed)).hexdigest() in page
    assert (StoredFile.objects.count(), AuditEntry.objects.count(), files_around()) == kept


def files_around() -> list[Path]:
    """Files in the store and in the folder for temporary files, but for those of the tests themselves."""
    around = [Path(settings.MEDIA_ROOT), Path(tempfile.gettempdir())]
    return sorted(path for folder in around for path in folder.glob("*.upload*"))


def test_a_large_file_passes_through_without_touching_the_disk(client, db, monkeypatch):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", None)
    content = b"%PDF-1.7" + bytes(6 * 1024 * 1024)
    page = dropped(client, content).content.decode()
    assert hashlib.sha256(content).hexdigest() in page


def test_the_digest_a_browser_worked_out_is_as_good_as_the_file(document, client):
    answer = client.post("/xac-minh/tep/", {"sha256": document.file.sha256.upper()})
    assert "Tệp đúng là văn bản đã phát hành" in answer.content.decode()


def test_the_file_of_another_paper_is_told_apart_from_the_one_asked_about(document, client):
    answer = dropped(client, path_of(document.file).read_bytes(), code="7KQ4-M2XD-9RTP")
    assert "không phải văn bản có mã" in answer.content.decode()
    answer = dropped(client, path_of(document.file).read_bytes(), code=document.code)
    assert "không phải văn bản có mã" not in answer.content.decode()


@pytest.mark.parametrize(
    "posted",
    [{}, {"sha256": "x"}, {"sha256": "f" * 63}, {"sha256": "a\x00"}, {"sha256": "g" * 64}, {"code": "x" * 100_000}],
)
def test_no_file_is_said_so(posted, client, db):
    assert client.post("/xac-minh/tep/", posted).status_code == 422


def test_a_form_of_another_site_is_refused(db):
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post("/xac-minh/tep/", {"sha256": "0" * 64}).status_code == 403
    assert stranger.get("/xac-minh/tep/").status_code == 405


def test_one_address_asks_so_often_and_no_more(client, db):
    with clock.machine_standing_at(MOMENT):
        answers = [client.get("/xac-minh/7KQ4-M2XD-9RTP/").status_code for _turn in range(MOST)]
        assert set(answers) == {200}
        refused = client.get("/xac-minh/7KQ4-M2XD-9RTP/")
        assert refused.status_code == 429
        assert 0 < int(refused["Retry-After"]) <= WINDOW_SECONDS
        assert client.post("/xac-minh/tep/", {"sha256": "0" * 64}).status_code == 429
        assert client.get("/xac-minh/7KQ4-M2XD-9RTP/", REMOTE_ADDR="192.0.2.7").status_code == 200
        assert client.get("/xac-minh/").status_code == 200
    with clock.machine_standing_at(MOMENT + timedelta(seconds=WINDOW_SECONDS)):
        assert client.get("/xac-minh/7KQ4-M2XD-9RTP/").status_code == 200


def test_a_household_of_version_six_addresses_counts_as_one(client, db):
    with clock.machine_standing_at(MOMENT):
        for turn in range(MOST):
            client.get("/xac-minh/7KQ4-M2XD-9RTP/", REMOTE_ADDR=f"2001:db8:0:1::{turn:x}")
        assert client.get("/xac-minh/7KQ4-M2XD-9RTP/", REMOTE_ADDR="2001:db8:0:1:ffff::1").status_code == 429
        assert client.get("/xac-minh/7KQ4-M2XD-9RTP/", REMOTE_ADDR="2001:db8:0:2::1").status_code == 200


def test_addresses_are_not_written_down(client, db, tmp_path):
    client.get("/xac-minh/7KQ4-M2XD-9RTP/", REMOTE_ADDR="192.0.2.7")
    counted = list((tmp_path / "verification").iterdir())
    assert len(counted) == 1
    assert "192.0.2.7" not in counted[0].name + counted[0].read_text()


def test_only_whoever_may_issue_a_paper_takes_it_back(document, secretary, sign_in, today):
    other_party = secretary_of(document.program.parties.get(signing_order=2).agency)
    official = make_member(document.program.drafting_agency, Role.OFFICIAL)
    for actor in (other_party, official):
        with pytest.raises(NotAllowed):
            withdraw(document, actor=actor, withdrawn_on=today, reason="Nhầm")
        assert sign_in(actor).get(f"/bao-cao/van-ban/{document.pk}/thu-hoi/").status_code == 403
    stranger = secretary_of(make_agency(make_unit("HH"), "ubnd"))
    assert sign_in(stranger).get(f"/bao-cao/van-ban/{document.pk}/thu-hoi/").status_code == 404
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize(("facts", "field"), [
    ({"reason": " "}, "reason"),
    ({"reason": "x" * 1001}, "reason"),
    ({"by_paper": "x" * 201}, "by_paper"),
    ({"withdrawn_on": date(2022, 3, 31)}, "withdrawn_on"),
    ({"withdrawn_on": date(2022, 3, 29)}, "withdrawn_on"),
])  # fmt: skip
def test_taking_back_is_checked(document, secretary, today, facts, field):
    given = {"withdrawn_on": today, "reason": "Nhầm", **facts}
    with pytest.raises(RuleBroken) as refused:
        withdraw(document, actor=secretary, **given)
    assert refused.value.field == field


def test_a_paper_is_taken_back_once_on_its_own_page(document, secretary, sign_in, today):
    there = sign_in(secretary)
    page = f"/bao-cao/van-ban/{document.pk}/thu-hoi/"
    assert "Thu hồi" in there.get(page).content.decode()
    assert there.post(page, {"withdrawn_on": "30/3/2022"}).status_code == 422
    answer = there.post(page, {"withdrawn_on": "30/3/2022", "reason": "Ban hành nhầm"})
    assert answer.status_code == 302
    entry = AuditEntry.objects.get(action=AuditAction.ENDED, object_kind="reports.issueddocument")
    assert (entry.object_id, entry.actor_id, entry.after["reason"]) == (document.pk, secretary.pk, "Ban hành nhầm")
    with pytest.raises(Conflict):
        withdraw(document, actor=secretary, withdrawn_on=today, reason="Lần nữa")
    assert there.post(page, {"withdrawn_on": "30/3/2022", "reason": "Lần nữa"}).status_code == 409
    assert "Ban hành nhầm" in there.get(page).content.decode()
