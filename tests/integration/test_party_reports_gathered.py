"""Gathering the reports of all parties: asked for, counted, returned, reminded of, read together."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import Agency
from coordination.partyreports import services
from coordination.partyreports.models import PartyReport
from coordination.partyreports.queries import (
    PartyFigures,
    agencies_to_report,
    party_figures,
    reports_to_gather,
    reports_to_send,
    said_by_parties,
    standing,
)
from coordination.programs.models import Program
from coordination.reminders.enums import Occasion
from coordination.reminders.models import Notice
from coordination.reminders.services import tell_whom_it_concerns
from records import clock
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.papers import TEXTS, leader_of
from tests.factories.papers import make_party_report as written
from tests.factories.people import make_member
from tests.factories.programs import secretary_of
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db

TODAY = date(2022, 3, 30)
CALL = {"year": 2022, "due_on": date(2022, 4, 8), "cut_off_on": date(2022, 3, 30)}


@pytest.fixture
def party(signed_program) -> Agency:
    return signed_program.parties.get(signing_order=2).agency


def page_of(program: Program, agency: Agency, year: int = 2022) -> str:
    return reverse("coordination:party-report-write", args=[program.slug, agency.code, year])


def called(program: Program, **changed):
    given = {"actor": secretary_of(program.drafting_agency)} | CALL | changed
    return services.call_for_reports(program, **given)


def test_the_counts_are_kept_as_the_report_is_sent_and_a_change_since_is_told(signed_program, party):
    late = {"lead": party, "start_on": date(2022, 1, 3), "due_on": date(2022, 3, 1)}
    make_task(signed_program, **late)
    called(signed_program)
    report = written(signed_program, party, cut_off_on=CALL["cut_off_on"], sent=True)
    reader = secretary_of(signed_program.drafting_agency)
    kept = PartyFigures.kept_in(report)
    assert kept.led.total == kept.led.overdue == 1
    assert kept.as_json() == party_figures(reader, signed_program, party, 2022, as_of=report.cut_off_on).as_json()
    (row,) = [row for row in standing(reader, signed_program, 2022, today=TODAY).rows if row.agency == party]
    assert row.figures.is_kept and not row.is_changed_since
    make_task(signed_program, **late)
    (row,) = [row for row in standing(reader, signed_program, 2022, today=TODAY).rows if row.agency == party]
    assert row.figures.led.total == 1 and row.is_changed_since


def test_counts_of_a_report_taken_back_are_counted_anew(signed_program, party):
    report = written(signed_program, party, sent=True)
    back = services.take_back_party_report(report, actor=leader_of(party))
    assert back.figures == {} and PartyFigures.kept_in(back) is None


def test_the_drafting_agency_returns_a_report_with_its_reason(signed_program, party, sign_in):
    report = written(signed_program, party, sent=True)
    asker = secretary_of(signed_program.drafting_agency)
    client, address = sign_in(asker), reverse("coordination:party-report-return", args=[report.pk])
    assert client.get(address).status_code == 200 and client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Bổ sung số liệu quý IV"}).status_code == 302
    report.refresh_from_db()
    assert report.is_returned and report.return_reason == "Bổ sung số liệu quý IV" and report.returned_by == asker
    assert AuditEntry.objects.latest("sequence").after["return_reason"] == report.return_reason
    assert not PartyReport.objects.visible_to(asker).exists()
    writer = sign_in(secretary_of(party))
    assert "Bổ sung số liệu quý IV" in writer.get(page_of(signed_program, party)).content.decode()
    (waiting,) = reports_to_send(secretary_of(party), TODAY, most=9)
    assert (waiting.reason, waiting.due_on) == (report.return_reason, None)
    changed = written(signed_program, party, revision=report.revision, texts=TEXTS | {"lessons": "Đã bổ sung."})
    assert services.send_party_report(changed, actor=leader_of(party)).is_sent
    assert reports_to_send(secretary_of(party), TODAY, most=9) == []


def test_nobody_else_returns_a_report_nor_its_own_agency(signed_program, party):
    report = written(signed_program, party, sent=True)
    other = signed_program.parties.get(signing_order=3).agency
    for actor in (leader_of(party), secretary_of(other), make_member(signed_program.drafting_agency, Role.OFFICIAL)):
        with pytest.raises(NotAllowed):
            services.return_party_report(report, actor=actor, reason="Thiếu")
    services.take_back_party_report(report, actor=leader_of(party))
    with pytest.raises(NotAllowed):
        services.return_party_report(report, actor=secretary_of(signed_program.drafting_agency), reason="Thiếu")


def test_the_parties_are_asked_once_a_year_and_what_was_asked_is_changed(signed_program):
    call = called(signed_program)
    with pytest.raises(Conflict):
        called(signed_program)
    later = called(signed_program, due_on=date(2022, 4, 15), revision=call.revision)
    assert later.pk == call.pk and later.due_on == date(2022, 4, 15)
    assert AuditEntry.objects.latest("sequence").after == {"due_on": "2022-04-15"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"year": 2021}, "year"),
        ({"due_on": date(2022, 3, 29), "cut_off_on": date(2022, 3, 1)}, "due_on"),
        ({"cut_off_on": date(2021, 12, 31)}, "cut_off_on"),
        ({"cut_off_on": date(2022, 4, 9)}, "due_on"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(facts, field, signed_program):
    with pytest.raises(RuleBroken) as refused:
        called(signed_program, **facts)
    assert refused.value.field == field


def test_only_who_drafts_or_leads_asks(signed_program, party):
    for actor in (secretary_of(party), make_member(signed_program.drafting_agency, Role.OFFICIAL)):
        with pytest.raises(NotAllowed):
            called(signed_program, actor=actor)


def test_what_was_asked_waits_for_each_party_until_it_sends(signed_program, party):
    call = called(signed_program)
    writer = secretary_of(party)
    (waiting,) = reports_to_send(writer, TODAY, most=9)
    assert (waiting.agency, waiting.due_on, waiting.is_late) == (party, call.due_on, False)
    assert reports_to_send(writer, date(2022, 4, 9), most=9)[0].is_late
    assert len(agencies_to_report(call)) == 3
    asker = secretary_of(signed_program.drafting_agency)
    (gathers,) = reports_to_gather(asker, TODAY, most=9)
    assert len(gathers.missing) == 3 and not gathers.is_late
    written(signed_program, party, sent=True)
    assert reports_to_send(writer, TODAY, most=9) == [] and party not in agencies_to_report(call)
    assert party not in reports_to_gather(asker, TODAY, most=9)[0].missing
    assert reports_to_gather(writer, TODAY, most=9) == []
    assert reports_to_send(make_member(party, Role.ORGANISER), TODAY, most=9) == []


def test_those_who_have_not_sent_are_reminded_once_a_day(signed_program, party, sign_in):
    call = called(signed_program)
    written(signed_program, party, sent=True)
    asker = secretary_of(signed_program.drafting_agency)
    address = reverse("coordination:party-reports-ask", args=[signed_program.slug, 2022])
    assert sign_in(asker).post(address).status_code == 302
    asked = AuditEntry.objects.latest("sequence").after["asked_again"]
    assert len(asked) == 2 and party.current_short_name not in asked
    with pytest.raises(Conflict):
        services.ask_again(call, actor=asker)
    for order in (1, 3):
        written(signed_program, signed_program.parties.get(signing_order=order).agency, sent=True)
    with pytest.raises(RuleBroken):
        services.ask_again(call, actor=asker)


def test_the_parties_are_told_when_asked_when_late_and_when_reminded(signed_program, party):
    call = called(signed_program)
    official = make_member(party, Role.OFFICIAL)

    def told() -> list[str]:
        rows = Notice.objects.filter(program=signed_program, member=official)
        return sorted(rows.values_list("occasion", flat=True))

    with clock.standing_at(clock.at(date(2022, 3, 31), 8)):
        tell_whom_it_concerns(date(2022, 3, 31))
    assert told() == [Occasion.TO_REPORT]
    with clock.standing_at(clock.at(date(2022, 4, 1), 8)):
        services.ask_again(call, actor=secretary_of(signed_program.drafting_agency))
        tell_whom_it_concerns(date(2022, 4, 1))
    assert told() == [Occasion.REPORT_ASKED, Occasion.TO_REPORT]
    with clock.standing_at(clock.at(date(2022, 4, 12), 8)):
        tell_whom_it_concerns(date(2022, 4, 12))
    assert told().count(Occasion.UNREPORTED) == 1
    with clock.standing_at(clock.at(date(2022, 4, 20), 8)):
        tell_whom_it_concerns(date(2022, 4, 20))
        assert told().count(Occasion.UNREPORTED) == 2
        written(signed_program, party, sent=True)
        before = told()
        tell_whom_it_concerns(date(2022, 4, 27))
    assert told() == before


def test_the_parties_are_read_together_part_by_part(signed_program, party, sign_in):
    written(signed_program, party, sent=True)
    other = signed_program.parties.get(signing_order=3).agency
    written(signed_program, other, sent=True, texts={"lessons": "Bài học của bên thứ ba."})
    written(signed_program, signed_program.parties.get(signing_order=1).agency, texts={"lessons": "Chưa gửi."})
    reader = secretary_of(other)
    parts = {
        part.name: [agency for agency, _text in part.texts] for part in said_by_parties(reader, signed_program, 2022)
    }
    assert other in parts["lessons"] and parts["strengths"] == [party]
    address = reverse("coordination:party-reports-together", args=[signed_program.slug])
    page = sign_in(reader).get(address, {"year": 2022}).content.decode()
    assert "Bài học của bên thứ ba." in page and "Chưa gửi." not in page
    assert '<th scope="col">Bên</th>' in page


def test_two_who_ask_at_once_meet_on_the_form(signed_program, sign_in):
    called(signed_program)
    client = sign_in(secretary_of(signed_program.drafting_agency))
    address = reverse("coordination:party-report-call", args=[signed_program.slug, 2022])
    sent = {"due_on": "20/4/2022", "cut_off_on": "30/3/2022", "note": "", "revision": "0"}
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 409 and "20/4/2022" in page and "08/4/2022" in page
    assert client.get(reverse("coordination:party-report-call", args=[signed_program.slug, 2021])).status_code == 404
