"""Whom an issued paper reaches: an urging letter, an invitation and a notice of conclusions, in the portal itself."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import Agency
from coordination.inbox.queries import my_work
from coordination.lists.services import remind_leads
from coordination.models import Program, Task, UrgingLetter
from coordination.reminders.enums import BY_HAND, BY_LETTER, Occasion
from coordination.reminders.services import tell_whom_it_concerns
from coordination.tasks import services as tasks
from records.models import OutgoingMail
from reports.documents.enums import PaperKind
from reports.issuing.models import IssuedDocument
from reports.verification.services import withdraw
from tests.factories.conferences import make_conference
from tests.factories.papers import make_letter, make_overdue_task, number_and_issue
from tests.factories.people import make_agency, make_member
from tests.factories.programs import secretary_of
from tests.factories.reminders import on, remind, told, with_address
from tests.factories.tasks import official_of

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2022, 3, 30), date(2022, 3, 31)
LIST, WORK = "/thong-bao/", "/viec-cua-toi/"


@pytest.fixture(scope="module")
def issued_once(ground, signed_once) -> int:
    """The key of a letter about two tasks of the second party, issued."""
    program = Program.objects.get(pk=signed_once)
    party = program.parties.get(signing_order=2).agency
    late = [make_overdue_task(program, party, title=f"Việc chậm {number}") for number in (1, 2)]
    letter = make_letter(program, party, tasks=late)
    return number_and_issue(PaperKind.URGING_LETTER, letter, actor=secretary_of(program.drafting_agency)).pk


@pytest.fixture
def issued(issued_once) -> IssuedDocument:
    return IssuedDocument.objects.select_related("urging_letter__addressee").get(pk=issued_once)


@pytest.fixture
def letter(issued) -> UrgingLetter:
    return issued.urging_letter


@pytest.fixture
def party(letter) -> Agency:
    return letter.addressee


@pytest.fixture
def others(signed_program):
    """People who may not see the letter: of a third party, and of an agency with no part in the program."""
    third = signed_program.parties.get(signing_order=3).agency
    return [secretary_of(third), make_member(make_agency(signed_program.unit, "ngoai"), Role.LEADER)]


def taken_back(issued: IssuedDocument) -> None:
    withdraw(issued, actor=issued.issued_by, withdrawn_on=TODAY, reason="Sai thời hạn")


def test_everyone_of_the_addressee_is_told_once_and_nobody_else(issued, party, others):
    readers = [make_member(party, role) for role in (Role.OFFICIAL, Role.LEADER, Role.SECRETARY)]
    keeper = make_member(party, Role.UNIT_ADMIN)
    for day in (TODAY, TODAY, TOMORROW):
        remind(day)
    for reader in readers:
        assert told(reader, Occasion.ASKED) == [("asked", BY_LETTER)]
    for member in (*others, keeper, secretary_of(issued.urging_letter.issuer)):
        assert told(member, Occasion.ASKED) == []


def test_the_page_of_notices_names_number_and_day_and_leads_to_the_letter(issued, letter, party, others, sign_in):
    remind(TODAY)
    reader = sign_in(official_of(party))
    page = reader.get(LIST).content.decode()
    assert issued.printed_number in page and reverse("coordination:letter-detail", args=[letter.pk]) in page
    detail = reader.get(reverse("coordination:letter-detail", args=[letter.pk])).content.decode()
    address = reverse("reports:document-pdf", args=[issued.pk])
    assert issued.printed_number in detail and address in detail
    assert reader.get(address).status_code == 200
    for member in others:
        stranger = sign_in(member)
        assert issued.printed_number not in stranger.get(LIST).content.decode()
        assert stranger.get(address).status_code == 404


def test_the_letter_with_what_is_new_tells_it_once(issued, letter, party):
    with_address(official_of(party))
    remind(TODAY)
    (mail,) = OutgoingMail.objects.all()
    assert issued.printed_number in mail.body and f"/don-doc/{letter.pk}/" in mail.body
    remind(TOMORROW)
    assert not any(issued.printed_number in each.body for each in OutgoingMail.objects.exclude(pk=mail.pk))


def test_a_letter_taken_back_is_not_told_any_more(issued, party, sign_in):
    official = with_address(official_of(party))
    late = make_member(party, Role.LEADER)
    with on(TODAY):
        tell_whom_it_concerns(TODAY)
    taken_back(issued)
    newcomer = make_member(party, Role.OFFICIAL)
    remind(TODAY)
    assert not any(issued.printed_number in mail.body for mail in OutgoingMail.objects.all())
    assert told(newcomer, Occasion.ASKED) == [] and told(late, Occasion.ASKED) == [("asked", BY_LETTER)]
    page = sign_in(official).get(LIST)
    assert page.status_code == 200 and issued.printed_number not in page.content.decode()
    assert my_work(official, TODAY).letters == []


def test_it_stands_among_the_work_until_each_task_was_reported_on(issued, letter, party, others, sign_in):
    official = official_of(party)
    page = sign_in(official).get(WORK).content.decode()
    assert issued.printed_number in page and reverse("reports:document-pdf", args=[issued.pk]) in page
    for member in others:
        assert issued.printed_number not in sign_in(member).get(WORK).content.decode()
    for left, urged in ((1, letter.urged.all()[0]), (0, letter.urged.all()[1])):
        with on(TOMORROW, 9):
            facts = {"value": 32, "percent": None, "causes": "Mưa lũ"}
            tasks.report_progress(Task.objects.get(pk=urged.task_id), actor=official, **facts)
        assert len(my_work(official, TOMORROW).letters) == left


def test_the_page_of_a_task_counts_its_letters(issued, letter, party, signed_program, others, sign_in):
    task = letter.urged.first().task
    address = reverse("coordination:task-detail", args=[task.slug])
    again = make_letter(signed_program, party, tasks=[task])
    second = number_and_issue(PaperKind.URGING_LETTER, again, actor=secretary_of(signed_program.drafting_agency))
    for reader in (official_of(party), secretary_of(signed_program.drafting_agency)):
        panel = sign_in(reader).get(address).content.decode().split('id="don-doc"')[1].split("</section>")[0]
        first, last = panel.split("<li>")[1:]
        assert issued.printed_number in first and "1" in first.split(":")[0]
        assert second.printed_number in last and "2" in last.split(":")[0]
    page = sign_in(others[0]).get(address)
    assert page.status_code == 200 and 'id="don-doc"' not in page.content.decode()


def test_who_was_reminded_by_hand_the_same_day_is_told_of_the_letter_too(issued, letter, party, signed_program):
    official, task = official_of(party), Task.objects.get(pk=letter.urged.first().task_id)
    remind(TODAY)
    remind_leads([task], actor=secretary_of(signed_program.drafting_agency))
    for _each in range(2):
        remind(TODAY)
    assert told(official, Occasion.ASKED) == [("asked", BY_LETTER), ("asked", BY_HAND)]


def test_an_issued_invitation_stands_among_the_work_of_those_invited_until_it_was_held(signed_program, sign_in):
    host, guest = signed_program.drafting_agency, secretary_of(signed_program.parties.get(signing_order=2).agency)
    secretary = secretary_of(host)
    conference = make_conference(
        organiser=host, actor=secretary, held_on=TODAY + timedelta(days=2), reviews=[signed_program]
    )
    assert my_work(guest, TODAY).invitations == []
    paper = number_and_issue(PaperKind.INVITATION, conference, actor=secretary)
    page = sign_in(guest).get(WORK).content.decode()
    assert paper.printed_number in page and reverse("reports:document-pdf", args=[paper.pk]) in page
    for member in (secretary, make_member(make_agency(signed_program.unit, "ngoai"))):
        assert my_work(member, TODAY).invitations == []
    assert my_work(guest, TODAY + timedelta(days=3)).invitations == []


def test_a_notice_of_conclusions_is_new_to_those_who_were_there(signed_program, sign_in):
    host, guest = signed_program.drafting_agency, secretary_of(signed_program.parties.get(signing_order=2).agency)
    secretary = secretary_of(host)
    conference = make_conference("held", organiser=host, actor=secretary, reviews=[signed_program])
    paper = number_and_issue(PaperKind.CONCLUSION_NOTICE, conference, actor=secretary)
    stranger = make_member(make_agency(signed_program.unit, "ngoai"))
    assert paper.printed_number in sign_in(guest).get(WORK).content.decode()
    assert paper.printed_number not in sign_in(stranger).get(WORK).content.decode()
    taken_back(paper)
    assert paper.printed_number not in sign_in(guest).get(WORK).content.decode()
