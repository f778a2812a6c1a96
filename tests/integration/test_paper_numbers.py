"""An agency's own papers: numbered out of its register, dated, signed by whoever was named, issued once."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from agencies.access.enums import Role
from agencies.directory.enums import SigningAuthority
from coordination.models import Conference, RegisterEntry, UrgingLetter
from coordination.partyreports.services import take_back_party_report
from coordination.register import services as register
from coordination.register.enums import NumberState
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from reports.documents.enums import PaperKind
from reports.documents.kinds import kind_of
from reports.documents.models import Registration
from reports.issuing.models import IssuedDocument
from reports.issuing.services import Signing, issue_paper, number_paper
from reports.issuing.services.numbering import LONGEST_SYMBOL
from tests.factories.conferences import make_conference
from tests.factories.papers import make_letter, make_party_report, number_and_issue
from tests.factories.people import make_member
from tests.factories.programs import secretary_of

MINUTES, NOTICE, INVITATION = (
    kind_of(code) for code in (PaperKind.MINUTES, PaperKind.CONCLUSION_NOTICE, PaperKind.INVITATION)
)


@pytest.fixture(autouse=True)
def kept_papers(tmp_path, monkeypatch):
    """The papers kept on disk lie in a folder of the test's own."""
    monkeypatch.setattr(settings, "VAR", tmp_path)


@pytest.fixture(scope="module")
def held_once(ground) -> int:
    return make_conference("held").pk


@pytest.fixture
def conference(held_once, db) -> Conference:
    return Conference.objects.select_related("organiser").get(pk=held_once)


@pytest.fixture
def secretary(conference):
    return secretary_of(conference.organiser)


def numbered(kind, subject, actor, **facts) -> Registration:
    return number_paper(kind, subject, actor=actor, **{"symbol": "BB-UBND", "dated_on": clock.today()} | facts)


def built(kind, subject, actor):
    return kind.build(subject, actor=actor, day=clock.today())


def test_a_paper_without_a_number_leaves_number_and_day_blank(conference, secretary):
    paper = built(MINUTES, conference, secretary)
    assert paper.letterhead.number is None and paper.letterhead.day.day is None
    assert paper.letterhead.symbol == f"BB-{conference.organiser.name_on(clock.today()).document_symbol}"


def test_each_type_is_numbered_in_a_series_of_its_own(conference, secretary):
    first = numbered(MINUTES, conference, secretary)
    other = numbered(NOTICE, conference, secretary, symbol="TB-UBND")
    assert (first.entry.number, other.entry.number) == (1, 1)
    assert {first.entry.series.document_type, other.entry.series.document_type} == {"BB", "TB"}
    assert first.entry.state == NumberState.RESERVED
    assert first.entry.subject == built(MINUTES, conference, secretary).title[:300]


def test_a_given_number_day_and_signer_are_printed(conference, secretary):
    signing = Signing(authority=SigningAuthority.BY_ORDER, title="Chánh Văn phòng", signer="Người Ký")
    numbered(NOTICE, conference, secretary, number=12, symbol="TB-UBND", signing=signing, skipped="Cấp trên giấy")
    paper = built(NOTICE, conference, secretary)
    assert (paper.letterhead.number, paper.letterhead.symbol) == (12, "TB-UBND")
    assert paper.letterhead.day.text == "ngày 30 tháng 3 năm 2022"
    (block,) = paper.signatures
    assert block.lines[0].startswith("TL. ") and block.lines[-1] == "CHÁNH VĂN PHÒNG"
    assert block.signer == "Người Ký"


def test_minutes_name_who_took_them(conference, secretary):
    numbered(MINUTES, conference, secretary, signing=Signing(minute_taker="Người Ghi"))
    paper = built(MINUTES, conference, secretary)
    assert paper.signatures[1].signer == "Người Ghi"
    assert any("Người Ghi" in paragraph.text for paragraph in paper.opening)


def test_another_number_voids_the_one_before(conference, secretary):
    before = numbered(MINUTES, conference, secretary).entry
    after = numbered(MINUTES, conference, secretary, number=2)
    before.refresh_from_db()
    assert (before.state, after.entry.number) == (NumberState.VOIDED, 2)
    assert built(MINUTES, conference, secretary).letterhead.number == 2


def test_the_same_number_again_changes_day_and_signer_in_place(conference, secretary):
    first = numbered(MINUTES, conference, secretary)
    entries = AuditEntry.objects.count()
    same = numbered(MINUTES, conference, secretary)
    assert (same.pk, AuditEntry.objects.count()) == (first.pk, entries)
    changed = numbered(MINUTES, conference, secretary, symbol="BB-VP", signing=Signing(minute_taker="Người Ghi"))
    told = AuditEntry.objects.latest("sequence")
    assert changed.pk == first.pk and RegisterEntry.objects.get(pk=first.entry_id).symbol == "BB-VP"
    assert (told.action, told.after["minute_taker"]) == (AuditAction.CHANGED, "Người Ghi")


def test_a_number_voided_in_the_register_is_the_papers_no_more(conference, secretary):
    given = numbered(MINUTES, conference, secretary)
    register.void_number(given.entry, actor=secretary, reason="Ghi nhầm")
    assert built(MINUTES, conference, secretary).letterhead.number is None
    assert numbered(MINUTES, conference, secretary).entry.number == 2


def test_a_number_skipped_on_the_way_is_explained(conference, secretary):
    register.open_series(actor=secretary, agency=conference.organiser, document_type="BB", year=2022)
    with pytest.raises(RuleBroken) as refused:
        numbered(MINUTES, conference, secretary, number=5)
    assert refused.value.field == "number" and not Registration.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"symbol": "  "}, "symbol"),
        ({"symbol": "B" * (LONGEST_SYMBOL + 1)}, "symbol"),
        ({"dated_on": date(2022, 3, 31)}, "dated_on"),
        ({"dated_on": date(2022, 3, 29)}, "dated_on"),
        ({"number": 0}, "number"),
        ({"signing": Signing(authority="XX")}, "authority"),
        ({"signing": Signing(signer="Người Ký")}, "title"),
        ({"signing": Signing(title="C" * 201)}, "title"),
        ({"signing": Signing(minute_taker="N" * 121)}, "minute_taker"),
    ],
)
def test_what_cannot_stand_on_the_paper_is_refused_at_its_field(facts, field, conference, secretary):
    with pytest.raises(RuleBroken) as refused:
        numbered(MINUTES, conference, secretary, **facts)
    assert refused.value.field == field
    assert not Registration.objects.exists() and not RegisterEntry.objects.exists()


def test_an_invitation_is_dated_before_its_conference(conference, secretary):
    assert numbered(INVITATION, conference, secretary, dated_on=date(2022, 3, 21)).dated_on == date(2022, 3, 21)
    with clock.standing_at(clock.at(date(2022, 4, 2), 9)), pytest.raises(RuleBroken) as refused:
        numbered(INVITATION, conference, secretary, dated_on=date(2022, 4, 1))
    assert refused.value.field == "dated_on"


def test_what_is_still_a_draft_has_no_number(conference, secretary, signed_program):
    running = make_conference("running", organiser=conference.organiser, actor=secretary, half_day="morning")
    with pytest.raises(RuleBroken):
        numbered(MINUTES, running, secretary)
    assert numbered(INVITATION, running, secretary).entry.number == 1
    agency = signed_program.parties.get(signing_order=2).agency
    report = make_party_report(signed_program, agency)
    with pytest.raises(RuleBroken):
        numbered(kind_of(PaperKind.PARTY_REPORT), report, secretary_of(agency))


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.ORGANISER])
def test_only_a_secretary_of_the_issuer_numbers_and_issues(role, conference):
    member = make_member(conference.organiser, role)
    with pytest.raises(NotAllowed):
        numbered(MINUTES, conference, member)
    with pytest.raises(NotAllowed):
        issue_paper(MINUTES, conference, actor=member)


def test_a_paper_is_issued_under_its_number_and_only_once(conference, secretary, sign_in):
    with pytest.raises(RuleBroken):
        issue_paper(MINUTES, conference, actor=secretary)
    document = number_and_issue(PaperKind.MINUTES, conference, actor=secretary)
    entry = RegisterEntry.objects.get()
    assert (document.document_number, entry.state, entry.used_on) == (1, NumberState.USED, clock.today())
    assert document.code and document.dated_on == clock.today()
    assert issue_paper(MINUTES, conference, actor=secretary) == document
    with pytest.raises(Conflict):
        numbered(MINUTES, conference, secretary, number=2)
    conference.agenda.update(minutes="Nội dung viết thêm sau khi phát hành.")
    with pytest.raises(Conflict):
        issue_paper(MINUTES, Conference.objects.get(pk=conference.pk), actor=secretary)
    page = sign_in(secretary).get(reverse("reports:issue-paper", args=["bien-ban", conference.slug])).content.decode()
    assert document.printed_number in page and 'name="symbol"' not in page


def test_an_urging_letter_is_sent_by_being_issued(signed_program):
    addressee = signed_program.parties.get(signing_order=2).agency
    letter = make_letter(signed_program, addressee)
    reader = make_member(addressee, Role.OFFICIAL)
    assert not UrgingLetter.objects.visible_to(reader).exists()
    document = number_and_issue(PaperKind.URGING_LETTER, letter, actor=secretary_of(signed_program.drafting_agency))
    assert UrgingLetter.objects.get(pk=letter.pk).sent_on == clock.today()
    assert UrgingLetter.objects.visible_to(reader).get() == letter
    assert IssuedDocument.objects.visible_to(reader).filter(pk=document.pk).exists()


def test_an_issued_report_is_read_by_the_others_only_while_it_is_sent(signed_program):
    agency = signed_program.parties.get(signing_order=2).agency
    report = make_party_report(signed_program, agency, sent=True)
    document = number_and_issue(PaperKind.PARTY_REPORT, report, actor=secretary_of(agency))
    other = secretary_of(signed_program.drafting_agency)
    assert IssuedDocument.objects.visible_to(other).filter(pk=document.pk).exists()
    take_back_party_report(report, actor=secretary_of(agency))
    assert not IssuedDocument.objects.visible_to(other).filter(pk=document.pk).exists()


def test_the_page_of_issue_proposes_the_next_number_and_keeps_what_was_typed(conference, secretary, sign_in):
    numbered(MINUTES, conference, secretary)
    register.void_number(RegisterEntry.objects.get(), actor=secretary, reason="Ghi nhầm")
    reader, address = sign_in(secretary), reverse("reports:issue-paper", args=["bien-ban", conference.slug])
    page = reader.get(address).content.decode()
    assert 'name="number" value="2"' in page and 'name="dated_on" value="30/03/2022"' in page
    answer = reader.post(address, {"number": "2", "symbol": "BB-UBND", "dated_on": "31/2/2022"})
    assert answer.status_code == 422
    assert 'value="31/2/2022"' in answer.content.decode() and not Registration.objects.exclude(entry__state="voided")


def test_papers_that_go_with_others_have_no_page_of_issue(conference, secretary, sign_in):
    reader = sign_in(secretary)
    for slug in ("danh-sach-ky-ten", "khong-co"):
        assert reader.get(f"/bao-cao/phat-hanh/{slug}/{conference.slug}/").status_code in (403, 404)
    assert reader.get(f"/bao-cao/phat-hanh/chuong-trinh/{conference.slug}/").status_code == 404


def test_a_day_of_another_year_opens_the_series_of_that_year(conference, secretary):
    later = clock.today() + timedelta(days=300)
    with clock.standing_at(clock.at(later, 9)):
        given = numbered(MINUTES, conference, secretary, dated_on=later)
    assert given.entry.series.year == later.year == 2023
