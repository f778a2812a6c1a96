"""Whose turn it is with a report written in the portal: told to them, in the portal and by letter, and nobody else."""

from datetime import date, timedelta

import pytest

from agencies.access.enums import Role
from coordination.inbox.queries import my_work
from coordination.register.enums import ReportTurn
from coordination.reminders.enums import ABOUT_REPORTS, KEPT_DAYS, Occasion
from coordination.reminders.models import Notice
from coordination.reminders.queries import old_notices
from coordination.reminders.services import send_digests, tell_whom_it_concerns
from records import clock
from records.models import OutgoingMail
from reports.composed.models import ComposedReport
from reports.composer import services as composer
from reports.documents.enums import PaperKind
from reports.verification.services import withdraw
from tests.factories.papers import leader_of, number_and_issue
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program, secretary_of
from tests.factories.reminders import remind, told, with_address
from tests.factories.reports import REASON, advance_report, make_conference_report, make_year_report
from tests.factories.tasks import make_task, official_of

TODAY, TOMORROW = date(2022, 3, 30), date(2022, 3, 31)
LIST, WORK = "/thong-bao/", "/viec-cua-toi/"


@pytest.fixture(scope="module")
def reported_once(ground) -> int:
    program = make_program("signed")
    make_task(program, "completed", lead=program.parties.get(is_lead=True).agency)
    return make_year_report(program).pk


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of the module writes into a savepoint of its own."""


@pytest.fixture
def report(reported_once) -> ComposedReport:
    return ComposedReport.objects.get(pk=reported_once)


@pytest.fixture
def people(report):
    """Leader, secretary and official of the agency that writes the report."""
    return {role: who(report.issuer) for role, who in _WHO.items()}


_WHO = {Role.LEADER: leader_of, Role.SECRETARY: secretary_of, Role.OFFICIAL: official_of}


def turns(member) -> list[ReportTurn]:
    return [one.turn for one in my_work(member, TODAY).to_move_on]


@pytest.mark.parametrize(
    ("state", "turn", "occasion"),
    [
        ("draft", None, None),
        ("submitted", ReportTurn.APPROVE, Occasion.TO_APPROVE),
        ("returned", ReportTurn.REWRITE, Occasion.REPORT_BACK),
        ("approved", ReportTurn.ISSUE, Occasion.TO_ISSUE),
    ],
)
def test_each_turn_waits_for_those_who_take_it_and_is_told_them_once(state, turn, occasion, report, people):
    others = [
        make_member(make_agency(report.unit, "ngoai", "Cơ quan ngoài"), Role.LEADER),
        secretary_of(report.program.parties.get(signing_order=2).agency),
        make_member(report.issuer, Role.UNIT_ADMIN),
    ]
    advance_report(report, state, actor=people[Role.SECRETARY])
    for day in (TODAY, TODAY, TOMORROW):
        remind(day)
    for role, member in people.items():
        is_its = turn is not None and role in turn.roles
        assert turns(member) == ([turn] if is_its else []), role
        assert told(member, *ABOUT_REPORTS) == ([(occasion.value, 0)] if is_its else []), role
    for member in others:
        assert turns(member) == [] and told(member, *ABOUT_REPORTS) == []


def test_the_leader_reads_it_in_the_portal_and_in_the_letter_with_the_way_to_it(report, people, sign_in):
    leader = with_address(people[Role.LEADER])
    report = advance_report(report, "submitted", actor=people[Role.SECRETARY])
    remind(TODAY)
    address = f"/bao-cao/{report.pk}/soan/"
    client = sign_in(leader)
    assert address in client.get(WORK).content.decode() and address in client.get(LIST).content.decode()
    assert address in OutgoingMail.objects.get(to=leader.user.email).body


def test_whoever_wrote_it_reads_why_it_came_back(report, people, sign_in):
    advance_report(report, "returned", actor=people[Role.SECRETARY])
    remind(TODAY)
    for member in (people[Role.SECRETARY], people[Role.OFFICIAL]):
        client = sign_in(member)
        assert REASON in client.get(WORK).content.decode() and REASON in client.get(LIST).content.decode()


def test_a_letter_tells_nothing_of_a_turn_that_was_taken(report, people):
    leader = with_address(people[Role.LEADER])
    report = advance_report(report, "submitted", actor=people[Role.SECRETARY])
    with clock.standing_at(clock.at(TODAY, 8)):
        tell_whom_it_concerns(TODAY)
        composer.approve_report(report, actor=leader)
        send_digests(TODAY)
    assert not OutgoingMail.objects.filter(to=leader.user.email).exists()
    assert turns(leader) == []


def test_nobody_is_awaited_once_the_paper_is_issued_until_it_is_taken_back(report, people):
    secretary = people[Role.SECRETARY]
    report = advance_report(report, "approved", actor=secretary)
    paper = number_and_issue(PaperKind.YEAR_REPORT, report, actor=secretary)
    assert turns(secretary) == []
    withdraw(paper, actor=secretary, withdrawn_on=TODAY, reason="Sai số liệu")
    assert turns(secretary) == [ReportTurn.ISSUE]


def test_the_report_of_a_conference_waits_for_the_organisers_leader():
    report, conference = make_conference_report([make_program("signed", year=2021)], "submitted")
    leader = leader_of(report.issuer)
    assert [(one.turn, one.title) for one in my_work(leader, TODAY).to_move_on] == [
        (ReportTurn.APPROVE, conference.title)
    ]
    report = composer.approve_report(report, actor=leader)
    secretary = secretary_of(report.issuer)
    assert turns(secretary) == [ReportTurn.ISSUE]
    number_and_issue(PaperKind.CONFERENCE_REPORT, conference, actor=secretary)
    assert turns(secretary) == []


def test_whoever_no_longer_sees_the_report_reads_no_notice_of_it(report, people, sign_in):
    leader = people[Role.LEADER]
    advance_report(report, "submitted", actor=people[Role.SECRETARY])
    remind(TODAY)
    notice = Notice.objects.get(member=leader)
    stranger = make_member(make_agency(report.unit, "la", "Cơ quan lạ"), Role.LEADER)
    Notice.objects.filter(pk=notice.pk).update(member=stranger)
    assert not Notice.objects.visible_to(stranger).exists()
    assert f"/bao-cao/{report.pk}/" not in sign_in(stranger).get(LIST).content.decode()


def test_a_notice_that_was_read_is_kept_while_the_report_waits(report, people):
    report = advance_report(report, "submitted", actor=people[Role.SECRETARY])
    remind(TODAY)
    Notice.objects.update(read_at=clock.at(TODAY, 9))
    later = TODAY + timedelta(days=KEPT_DAYS + 2)
    assert not old_notices(later).exists()
    composer.approve_report(report, actor=people[Role.LEADER])
    composer.take_back_report(report, actor=people[Role.SECRETARY])
    assert old_notices(later).exists()
