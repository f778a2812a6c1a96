"""Papers as PDF: who reads and issues them, the same bytes twice, and what is kept of an issued one."""

import html
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import Client

from agencies.access.enums import Role
from coordination.conferences.models import Conference, ConferenceProgram
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import NotAllowed, RuleBroken
from records.files.models import StoredFile
from reports.documents.enums import PaperKind
from reports.documents.kinds import kind_of
from reports.issuing.models import IssuedDocument
from reports.issuing.services import issue_paper, issue_program
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.stored import path_of

REPORT = kind_of(PaperKind.CONFERENCE_REPORT)


@pytest.fixture(autouse=True)
def kept_papers(tmp_path, monkeypatch):
    """The papers kept on disk lie in a folder of the test's own."""
    monkeypatch.setattr(settings, "VAR", tmp_path)
    return tmp_path / "papers"


@pytest.fixture
def program(db):
    return make_program("signed", parties=2)


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


@pytest.fixture
def conference(program, today) -> Conference:
    found = Conference.objects.create(
        unit=program.unit,
        title="Hội nghị đánh giá",
        held_on=today,
        half_day="afternoon",
        review_year=2021,
        plan_year=2022,
        organiser=program.drafting_agency,
    )
    ConferenceProgram.objects.create(conference=found, program=program, purpose="sign", position=1)
    return found


def pdf_of(program) -> str:
    return f"/bao-cao/chuong-trinh/{program.slug}.pdf"


def test_a_program_is_served_as_a_pdf_with_a_vietnamese_name(program, secretary, sign_in, kept_papers):
    reader: Client = sign_in(secretary)
    first = reader.get(pdf_of(program))
    assert first.status_code == 200
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert first["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert "chương trình" in unquote(first["Content-Disposition"]).lower()
    assert reader.get(f"{pdf_of(program)}?download=1")["Content-Disposition"].startswith("attachment")
    assert len(list(kept_papers.glob("*.pdf"))) == 1
    again = reader.get(pdf_of(program))
    assert again.content == first.content
    assert reader.get(pdf_of(program), headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_same_paper_made_anew_has_the_same_bytes(program, secretary, sign_in, kept_papers):
    reader = sign_in(secretary)
    first = reader.get(pdf_of(program)).content
    for kept in kept_papers.glob("*.pdf"):
        kept.unlink()
    assert reader.get(pdf_of(program)).content == first


def test_reading_a_paper_leaves_one_entry_and_nothing_else(program, secretary, sign_in):
    reader = sign_in(secretary)
    entries = AuditEntry.objects.count()
    reader.get(pdf_of(program))
    assert not IssuedDocument.objects.exists()
    assert (StoredFile.objects.count(), AuditEntry.objects.count()) == (0, entries + 1)
    told = AuditEntry.objects.order_by("-sequence").first()
    assert (told.action, told.object_id, told.object_code) == (AuditAction.EXPORTED, program.pk, program.code)
    assert told.actor_id == secretary.pk and len(told.after["content_digest"]) == 64


def test_strangers_get_what_a_missing_paper_gives(program, conference, sign_in, client):
    stranger = sign_in(make_member(make_agency(make_unit("HH"), "ubnd"), Role.SECRETARY))
    document = issue_program(program, actor=secretary_of(program.drafting_agency))
    for address in (
        pdf_of(program),
        f"/bao-cao/hoi-nghi/{conference.slug}.pdf",
        f"/bao-cao/van-ban/{document.pk}.pdf",
    ):
        assert stranger.get(address).status_code == 404, address
        assert client.get(address).status_code == 302, address
    assert stranger.get("/bao-cao/van-ban/999999.pdf").status_code == 404
    assert stranger.post(f"/bao-cao/chuong-trinh/{program.slug}/phat-hanh/").status_code == 404


def test_a_draft_is_for_its_parties_only(db, sign_in):
    draft = make_program("draft", parties=2)
    outsider = make_member(make_agency(draft.unit, "ngoai"), Role.LEADER)
    assert sign_in(outsider).get(pdf_of(draft)).status_code == 404
    assert sign_in(secretary_of(draft.drafting_agency)).get(pdf_of(draft)).status_code == 200


def test_issuing_keeps_the_bytes_and_tells_the_audit(program, secretary, sign_in):
    document = issue_program(program, actor=secretary)
    entry = AuditEntry.objects.get(action=AuditAction.ISSUED)
    assert (entry.object_id, entry.actor_id) == (document.pk, secretary.pk)
    assert entry.after["sha256"] == document.file.sha256
    served = sign_in(secretary).get(f"/bao-cao/van-ban/{document.pk}.pdf")
    assert served.content == path_of(document.file).read_bytes()
    assert document.dated_on == program.signed_on


def test_issuing_the_same_content_twice_changes_nothing(program, secretary):
    first = issue_program(program, actor=secretary)
    assert issue_program(program, actor=secretary) == first
    assert StoredFile.objects.filter(issued_as__isnull=False).count() == 1
    assert AuditEntry.objects.filter(action=AuditAction.ISSUED).count() == 1


def test_a_draft_is_not_issued(db):
    draft = make_program("draft", parties=2)
    with pytest.raises(RuleBroken):
        issue_program(draft, actor=secretary_of(draft.drafting_agency))
    assert not IssuedDocument.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.ORGANISER])
def test_only_the_drafting_secretary_issues(program, conference, today, role):
    member = make_member(program.drafting_agency, role)
    party = secretary_of(program.parties.get(signing_order=2).agency)
    for actor in (member, party):
        with pytest.raises(NotAllowed):
            issue_program(program, actor=actor)
        with pytest.raises(NotAllowed):
            issue_paper(REPORT, conference, actor=actor)


def test_the_report_of_a_conference_is_made_and_issued(conference, secretary, sign_in, today):
    reader = sign_in(secretary)
    served = reader.get(f"/bao-cao/hoi-nghi/{conference.slug}.pdf")
    assert served.status_code == 200
    assert served.content.startswith(b"%PDF-")
    issued = {"number": "1", "symbol": "BC-UBND", "dated_on": "30/3/2022", "authority": "TM", "title": "Chủ tịch"}
    answer = reader.post(f"/bao-cao/phat-hanh/bao-cao-hoi-nghi/{conference.slug}/", issued, follow=True)
    document = IssuedDocument.objects.get(conference=conference)
    assert html.escape(document.title) in answer.content.decode()
    assert (document.printed_number, document.dated_on) == ("01/BC-UBND", today)
    assert issue_paper(REPORT, conference, actor=secretary) == document


def test_a_paper_that_cannot_be_made_says_why(program, secretary, sign_in):
    type(program).objects.filter(pk=program.pk).update(document_symbol="漢字")
    answer = sign_in(secretary).get(pdf_of(program), follow=True)
    assert answer.redirect_chain and "漢" in answer.content.decode()


def test_the_list_shows_the_papers_one_may_see(program, conference, secretary, sign_in, django_assert_max_num_queries):
    reader = sign_in(secretary)
    make_program("draft", agencies=[make_agency(program.unit, "xa-1"), make_agency(program.unit, "xa-2")])
    document = issue_program(program, actor=secretary)
    with django_assert_max_num_queries(22):
        page = reader.get("/bao-cao/?year=2022").content.decode()
    assert pdf_of(program) in page
    assert f"/bao-cao/hoi-nghi/{conference.slug}.pdf" in page
    assert page.count(f"/bao-cao/van-ban/{document.pk}.pdf") == 1
    assert page.count("/phat-hanh/") == 2
    for ordinal in range(2):
        make_program("draft", agencies=[secretary.agency, make_agency(program.unit, f"xa-{ordinal + 3}")])
    with django_assert_max_num_queries(22):
        page = reader.get("/bao-cao/?year=2022").content.decode()
    assert page.count("/bao-cao/chuong-trinh/") == 4 and page.count("/phat-hanh/") == 2, "a draft is not issued"
    leader = sign_in(make_member(program.drafting_agency, Role.LEADER))
    assert "/phat-hanh/" not in leader.get("/bao-cao/?year=2022").content.decode()
