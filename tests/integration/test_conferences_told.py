"""Whom a conference reaches in the portal: seats to answer for, reminders by hand, invitations and conclusions."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from coordination.conferences import services as conferences
from coordination.conferences.enums import Reply
from coordination.conferences.models import Conference, Invitation
from coordination.conferences.queries import invitations_to
from coordination.reminders.enums import INVITED, Occasion
from coordination.reminders.models import Notice
from coordination.reminders.services import ask_to_answer, tell_whom_it_concerns
from records import clock
from records.errors import NotAllowed, RuleBroken
from records.models import OutgoingMail
from reports.documents.enums import PaperKind
from reports.verification.services import withdraw
from tests.factories.conferences import make_conference
from tests.factories.gatherings import Gathering, conference_page, make_gathering
from tests.factories.papers import number_and_issue
from tests.factories.people import make_agency, make_member
from tests.factories.programs import secretary_of
from tests.factories.reminders import on, remind, told, with_address

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2022, 3, 30), date(2022, 3, 31)
LIST, WORK = "/thong-bao/", "/viec-cua-toi/"


@pytest.fixture(scope="module")
def built(ground) -> Gathering:
    """The party and the commune invited, the invitations gone out."""
    gathering = make_gathering(held_on=TODAY + timedelta(days=7))
    gathering.invite(gathering.party, gathering.commune)
    gathering.send()
    return gathering


@pytest.fixture
def sent(built) -> Gathering:
    return Gathering(built.organiser, built.party, built.commune, built.keeper, Conference.objects.get())


def answer(sent: Gathering, agency, reply: Reply = Reply.COMING, actor=None) -> None:
    seat = Invitation.objects.select_related("conference").get(agency=agency)
    conferences.answer_invitation(seat, actor=actor or sent.keeper, reply=reply)


def moved(sent: Gathering, place: str) -> None:
    """The conference at another place."""
    names = ("title", "full_title", "held_on", "half_day", "starts_at", "review_year", "plan_year", "year_theme")
    facts = {name: getattr(sent.conference, name) for name in names}
    lists = {"organiser": sent.organiser, "reviews": [], "signs": []}
    conferences.edit_conference(sent.conference, actor=sent.keeper, revision=0, place=place, **lists, **facts)


class TestSeats:
    def test_whoever_holds_a_seat_is_told_of_it_once_with_its_address(self, sent, sign_in):
        of_party = with_address(sent.member(sent.party))
        of_commune = sent.member(sent.commune, Role.LEADER)
        for day in (TODAY, TODAY, TOMORROW):
            remind(day)
        for member in (of_party, of_commune):
            assert told(member, *INVITED) == [(Occasion.INVITED.value, 0)]
        (mail,) = OutgoingMail.objects.all()
        assert "#giay-moi" in mail.body and sent.conference.title in mail.body
        elsewhere = sent.conference.addressed_for(of_commune)
        address = conference_page("people", elsewhere) + "#giay-moi"
        page = sign_in(of_commune)
        assert address in page.get(LIST).content.decode()
        assert page.get(address).status_code == 200

    def test_an_agency_that_answered_is_not_told(self, sent):
        official = sent.member(sent.party)
        answer(sent, sent.party)
        remind(TODAY)
        assert told(official, *INVITED) == []

    def test_a_notice_already_answered_is_in_no_letter(self, sent):
        official = with_address(sent.member(sent.party))
        with on(TODAY):
            tell_whom_it_concerns(TODAY)
        answer(sent, sent.party)
        remind(TOMORROW)
        assert told(official, *INVITED) == [(Occasion.INVITED.value, 0)]
        assert not OutgoingMail.objects.exists()

    def test_a_change_of_place_is_told_to_those_who_had_answered(self, sent, sign_in):
        official = sent.member(sent.party)
        answer(sent, sent.party)
        with on(TOMORROW):
            moved(sent, "Nhà văn hóa")
        remind(TOMORROW)
        assert told(official, *INVITED) == [(Occasion.INVITED_AGAIN.value, 0)]
        with on(TOMORROW):
            assert conference_page("people", sent.conference) in sign_in(official).get(LIST).content.decode()

    def test_what_is_withdrawn_is_told_to_nobody(self, sent):
        official = sent.member(sent.party)
        seat = Invitation.objects.select_related("conference").get(agency=sent.party)
        conferences.withdraw_invitation(seat, actor=sent.keeper, reason="Mời nhầm")
        remind(TODAY)
        assert told(official, *INVITED) == []


class TestRemindingByHand:
    def test_those_who_owe_an_answer_are_reminded_once_a_day(self, sent):
        official, other = sent.member(sent.party), sent.member(sent.commune)
        answer(sent, sent.commune)
        assert ask_to_answer(sent.conference, actor=sent.keeper) == [sent.party.current_short_name]
        assert told(official) == [(Occasion.ANSWER_ASKED.value, 0)]
        assert told(other) == []
        with pytest.raises(RuleBroken):
            ask_to_answer(sent.conference, actor=sent.keeper)
        with on(TOMORROW):
            assert ask_to_answer(sent.conference, actor=sent.keeper) == [sent.party.current_short_name]
        assert len(told(official)) == 2

    def test_the_letter_says_it_once(self, sent):
        official = with_address(sent.member(sent.party))
        remind(TODAY)
        with on(TOMORROW, hour=7):
            ask_to_answer(sent.conference, actor=sent.keeper)
        remind(TOMORROW)
        first, second = OutgoingMail.objects.order_by("pk")
        assert [mail.body.count(sent.conference.title) for mail in (first, second)] == [1, 1]
        assert len(told(official)) == 2

    def test_nobody_is_left_where_all_have_answered(self, sent):
        for agency in (sent.party, sent.commune):
            answer(sent, agency)
        with pytest.raises(RuleBroken):
            ask_to_answer(sent.conference, actor=sent.keeper)

    def test_once_it_has_begun_nobody_is_asked_any_more(self, sent):
        conferences.open_conference(sent.conference, actor=sent.keeper)
        with pytest.raises(RuleBroken):
            ask_to_answer(sent.conference, actor=sent.keeper)
        assert not Notice.objects.exists()

    def test_only_those_who_run_the_conference_remind(self, sent, sign_in):
        official = sent.member(sent.party, Role.SECRETARY)
        with pytest.raises(NotAllowed):
            ask_to_answer(sent.conference, actor=official)
        address = reverse("coordination:ask-to-answer", args=[sent.conference.slug])
        stranger = make_member(make_agency(sent.organiser.unit, "ngoai"), Role.SECRETARY)
        assert sign_in(official).post(address).status_code == 403
        assert sign_in(stranger).post(address).status_code == 404
        assert sign_in(sent.keeper).get(address).status_code == 405
        assert not Notice.objects.exists()

    def test_the_page_names_who_owes_an_answer_and_reminds(self, sent, sign_in):
        conferences.invite(
            sent.conference, actor=sent.keeper, group="Khách", guest=conferences.Guest("Trưởng Công an huyện")
        )
        sent.send()
        answer(sent, sent.commune)
        client = sign_in(sent.keeper)
        page = client.get(conference_page("people", sent.conference)).content.decode()
        panel = page.split('id="chua-tra-loi"')[1].split("</section>")[0]
        assert sent.party.current_short_name in panel and "Trưởng Công an huyện" in panel
        assert sent.commune.current_short_name not in panel
        client.post(reverse("coordination:ask-to-answer", args=[sent.conference.slug]))
        assert Notice.objects.filter(occasion=Occasion.ANSWER_ASKED).count() == 0
        sent.member(sent.party)
        page = client.post(reverse("coordination:ask-to-answer", args=[sent.conference.slug]), follow=True)
        assert sent.party.current_short_name in "".join(str(one) for one in page.context["messages"])
        assert sent.party.current_short_name in client.get(conference_page("history", sent.conference)).content.decode()


class TestPapers:
    def test_who_holds_a_seat_sees_the_conference_once_among_the_work(self, sent, sign_in):
        """The seat to answer for stands there; the invitation that was issued does not stand beside it."""
        with_seat = sent.member(sent.party)
        program_party = make_member(make_agency(sent.organiser.unit, "tuyen-giao"))
        conferences.record_attendance(
            sent.conference, actor=sent.keeper, group="Ban Tuyên giáo", agency=program_party.agency, invited=2
        )
        paper = number_and_issue(PaperKind.INVITATION, sent.conference, actor=sent.keeper)
        assert invitations_to(with_seat, clock.today(), most=9) == []
        (announced,) = invitations_to(program_party, clock.today(), most=9)
        assert announced.issued.printed_number == paper.printed_number
        assert sign_in(with_seat).get(WORK).content.decode().count(sent.conference.title) == 2  # its line, its button
        answer(sent, sent.party)
        assert invitations_to(with_seat, clock.today(), most=9) == []
        remind(TODAY)
        assert told(program_party, *INVITED) == [(Occasion.INVITED.value, 0)]
        assert told(with_seat, *INVITED) == []

    @pytest.mark.parametrize(
        ("code", "occasion", "facts"),
        [
            (PaperKind.INVITATION, Occasion.INVITED, {"held_on": TODAY + timedelta(days=2)}),
            (PaperKind.CONCLUSION_NOTICE, Occasion.CONCLUDED, {"state": "held"}),
        ],
    )
    def test_those_whom_a_conference_concerns_are_told_of_its_papers_once(
        self, code, occasion, facts, signed_program, sign_in
    ):
        host, guest = signed_program.drafting_agency, signed_program.parties.get(signing_order=2).agency
        secretary = secretary_of(host)
        conference = make_conference(organiser=host, actor=secretary, reviews=[signed_program], **facts)
        paper = number_and_issue(code, conference, actor=secretary)
        reader, stranger = with_address(make_member(guest)), make_member(make_agency(signed_program.unit, "ngoai"))
        for day in (TODAY, TODAY, TOMORROW):
            remind(day)
        assert told(reader, occasion) == [(occasion.value, 0)]
        assert told(secretary, occasion) == told(stranger, occasion) == []
        assert [paper.printed_number in mail.body for mail in OutgoingMail.objects.all()] == [True]
        page = sign_in(reader).get(LIST).content.decode()
        assert paper.printed_number in page and conference_page("documents", conference) in page
        withdraw(paper, actor=secretary, withdrawn_on=TODAY, reason="Sai sót về thời gian")
        newcomer = with_address(make_member(guest))
        remind(TOMORROW)
        assert told(newcomer, occasion) == []
        page = sign_in(reader).get(LIST)
        assert page.status_code == 200 and paper.printed_number not in page.content.decode()
