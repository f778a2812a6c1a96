"""Reports of parties: written by the party, seen by the others once sent, never overwritten unseen."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import Agency
from coordination.partyreports import services
from coordination.partyreports.models import PartyReport
from coordination.partyreports.queries import PartyFigures, said_in_reports, usual_cut_off
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.papers import TEXTS, leader_of, make_party_report
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import make_task, official_of

FORM = {"cut_off_on": "30/3/2022", "strengths": "Bám sát kế hoạch.", "revision": "0"}


@pytest.fixture
def party(signed_program, db) -> Agency:
    return signed_program.parties.get(signing_order=2).agency


def written(program: Program, agency: Agency, **facts) -> PartyReport:
    return make_party_report(program, agency, **facts)


def page_of(program: Program, agency: Agency, year: int = 2022) -> str:
    return reverse("coordination:party-report-write", args=[program.slug, agency.code, year])


def test_a_report_is_begun_once_and_then_changed(signed_program, party):
    report = written(signed_program, party)
    changed = written(signed_program, party, revision=report.revision, texts=TEXTS | {"lessons": "Bài học."})
    assert (PartyReport.objects.count(), changed.revision, changed.lessons) == (1, report.revision + 1, "Bài học.")
    told = AuditEntry.objects.latest("sequence")
    assert (told.action, told.after) == (AuditAction.CHANGED, {"lessons": "Bài học."})


def test_saving_what_stands_already_writes_nothing(signed_program, party):
    report = written(signed_program, party)
    entries = AuditEntry.objects.count()
    assert written(signed_program, party, revision=report.revision).revision == report.revision
    assert AuditEntry.objects.count() == entries


def test_two_writers_do_not_overwrite_each_other(signed_program, party):
    report = written(signed_program, party)
    written(signed_program, party, revision=report.revision, texts=TEXTS | {"lessons": "Của người thứ nhất."})
    with pytest.raises(Conflict):
        written(signed_program, party, revision=report.revision, texts=TEXTS | {"lessons": "Của người thứ hai."})
    with pytest.raises(Conflict):
        written(signed_program, party)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"year": 2021}, "year"),
        ({"cut_off_on": date(2022, 3, 31)}, "cut_off_on"),
        ({"cut_off_on": date(2021, 12, 31)}, "cut_off_on"),
        ({"texts": {"lessons": "x" * 20_001}}, "lessons"),
    ],
)
def test_what_cannot_be_reported_is_refused_at_its_field(facts, field, signed_program, party):
    with pytest.raises(RuleBroken) as refused:
        written(signed_program, party, **facts)
    assert refused.value.field == field and not PartyReport.objects.exists()


def test_nothing_is_reported_before_all_have_signed(db):
    draft = make_program("agreed", 2)
    with pytest.raises(NotAllowed):
        written(draft, draft.parties.get(signing_order=2).agency)


def test_only_the_party_itself_writes_its_report(signed_program, party):
    for actor in (secretary_of(signed_program.drafting_agency), make_member(party, Role.ORGANISER)):
        with pytest.raises(NotAllowed):
            written(signed_program, party, actor=actor)
    assert written(signed_program, party, actor=make_member(party, Role.OFFICIAL)).agency == party


def test_an_official_writes_and_a_leader_sends(signed_program, party):
    report = written(signed_program, party)
    with pytest.raises(NotAllowed):
        services.send_party_report(report, actor=make_member(party, Role.OFFICIAL))
    sent = services.send_party_report(report, actor=leader_of(party))
    assert sent.is_sent and sent.submitted_on == clock.today()
    with pytest.raises(Conflict):
        services.send_party_report(report, actor=leader_of(party))


def test_an_empty_report_is_not_sent(signed_program, party):
    report = written(signed_program, party, texts={})
    with pytest.raises(RuleBroken):
        services.send_party_report(report, actor=leader_of(party))


def test_a_sent_report_is_changed_only_after_it_is_taken_back(signed_program, party):
    report = written(signed_program, party, sent=True)
    with pytest.raises(Conflict):
        written(signed_program, party, revision=report.revision)
    assert PartyFigures.kept_in(report).is_kept
    back = services.take_back_party_report(report, actor=leader_of(party))
    assert not back.is_sent and back.submitted_on is None
    assert written(signed_program, party, revision=back.revision, texts={"lessons": "Bài học."}).lessons == "Bài học."


def test_the_others_read_a_report_once_it_is_sent_and_outsiders_never(signed_program, party):
    report = written(signed_program, party)
    other = secretary_of(signed_program.drafting_agency)
    outsider = secretary_of(make_agency(signed_program.unit, "ngoai"))
    assert not PartyReport.objects.visible_to(other).exists()
    services.send_party_report(report, actor=leader_of(party))
    assert PartyReport.objects.visible_to(other).get() == report
    assert not PartyReport.objects.visible_to(outsider).exists()


def test_what_progress_reports_told_stands_in_the_form(signed_program, party, sign_in):
    """And the page says so where there is something, not where nobody told of anything."""
    client, told = sign_in(secretary_of(party)), "đã được điền sẵn"
    assert told not in client.get(page_of(signed_program, party)).content.decode()
    task = make_task(signed_program, lead=party)
    for obstacle in ("Vướng mặt bằng", "Vướng mặt bằng", "Thiếu kinh phí"):
        tasks.report_progress(
            task, actor=official_of(party), value=None, percent=None, obstacles=obstacle, proposal="Bố trí kinh phí"
        )
    said = said_in_reports(signed_program, party, 2022)
    assert said["limitations"] == "Vướng mặt bằng\nThiếu kinh phí" and said["proposals"] == "Bố trí kinh phí"
    page = client.get(page_of(signed_program, party)).content.decode()
    assert "Thiếu kinh phí" in page and told in page and not PartyReport.objects.exists()


def test_figures_are_closed_on_the_fourteenth_of_december(signed_program):
    assert usual_cut_off(signed_program, 2022, date(2023, 1, 10)) == date(2022, 12, 14)
    assert usual_cut_off(signed_program, 2022, date(2022, 3, 30)) == date(2022, 3, 30)


def test_a_report_is_written_sent_and_taken_back_on_its_pages(signed_program, party, sign_in):
    writer, address = sign_in(secretary_of(party)), page_of(signed_program, party)
    assert writer.post(address, FORM).status_code == 302
    report = PartyReport.objects.get()
    assert report.strengths == "Bám sát kế hoạch." and report.cut_off_on == date(2022, 3, 30)
    assert writer.post(reverse("coordination:party-report-send", args=[report.pk])).status_code == 302
    page = writer.get(address).content.decode()
    assert 'name="strengths"' not in page and reverse("coordination:party-report-take-back", args=[report.pk]) in page
    reader = sign_in(secretary_of(signed_program.drafting_agency))
    listed = reader.get(reverse("coordination:party-reports", args=[signed_program.slug])).content.decode()
    assert reverse("reports:paper-preview", args=["bao-cao-thanh-phan", report.pk]) in listed
    writer.post(reverse("coordination:party-report-take-back", args=[report.pk]))
    assert not PartyReport.objects.get().is_sent


def test_what_was_typed_last_is_what_is_sent(signed_program, party, sign_in):
    """Sending saves first, so nothing typed is lost; who may not send has saved, and the page offers no sending."""
    report, address = written(signed_program, party), page_of(signed_program, party)
    official, writer = sign_in(official_of(party)), sign_in(secretary_of(party))
    assert 'name="send"' not in official.get(address).content.decode()
    sent = FORM | {"strengths": "Gõ sau cùng.", "revision": str(report.revision), "send": "1"}
    assert official.post(address, sent).status_code == 403
    report.refresh_from_db()
    assert (report.strengths, report.is_sent) == ("Gõ sau cùng.", False)
    assert 'name="send"' in writer.get(address).content.decode()
    writer.post(address, sent | {"strengths": "Gõ lần nữa.", "revision": str(report.revision)})
    report.refresh_from_db()
    assert (report.strengths, report.is_sent) == ("Gõ lần nữa.", True)


def test_whoever_may_send_sends_from_the_list_of_parties(signed_program, party, sign_in):
    send = reverse("coordination:party-report-send", args=[written(signed_program, party).pk])
    listed = reverse("coordination:party-reports", args=[signed_program.slug])
    assert send not in sign_in(official_of(party)).get(listed).content.decode()
    writer = sign_in(secretary_of(party))
    assert send in writer.get(listed).content.decode()
    writer.post(send)
    assert send not in writer.get(listed).content.decode()


def test_who_was_overtaken_sees_both_texts_and_loses_nothing(signed_program, party, sign_in):
    written(signed_program, party)
    answer = sign_in(secretary_of(party)).post(page_of(signed_program, party), FORM | {"strengths": "Văn bản của tôi"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Văn bản của tôi" in page and TEXTS["strengths"] in page
    assert PartyReport.objects.get().strengths == TEXTS["strengths"]


def test_a_report_of_nobody_is_not_found_and_the_refusal_is_kept(signed_program, party, sign_in):
    stranger = sign_in(secretary_of(make_agency(signed_program.unit, "ngoai")))
    report = written(signed_program, party)
    for address in (page_of(signed_program, party), reverse("coordination:party-report-send", args=[report.pk])):
        assert stranger.post(address, FORM).status_code == 404
        assert AuditEntry.objects.latest("sequence").action == AuditAction.REFUSED
    owner = sign_in(secretary_of(party))
    assert owner.get(page_of(signed_program, party, 2021)).status_code == 404
    assert owner.post(reverse("coordination:party-report-send", args=[10**17])).status_code == 404


def test_the_list_of_parties_costs_the_same_with_one_report_and_with_three(
    signed_program, party, sign_in, django_assert_max_num_queries
):
    reader = sign_in(secretary_of(party))
    address = reverse("coordination:party-reports", args=[signed_program.slug])
    written(signed_program, party, sent=True)
    with django_assert_max_num_queries(25):
        reader.get(address)
    for order in (1, 3):
        written(signed_program, signed_program.parties.get(signing_order=order).agency, sent=True)
    with django_assert_max_num_queries(25):
        page = reader.get(address).content.decode()
    assert page.count("bao-cao-thanh-phan") == 3
