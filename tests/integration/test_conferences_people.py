"""Inviting to a conference by office held: the list, what goes out, what is answered, and who sees it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from agencies.access.enums import Role
from coordination.conferences import services as conferences
from coordination.conferences.enums import Rank, Reply
from coordination.conferences.models import Attendance, Conference, Invitation
from coordination.conferences.queries.people import invitations_to_answer
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import NotAllowed, RuleBroken
from tests.factories.conferences import make_conference
from tests.factories.gatherings import GROUP, Gathering, make_gathering
from tests.factories.groups import make_group
from tests.factories.people import make_agency, make_holder, make_member, make_office, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(ground) -> Gathering:
    return make_gathering()


@pytest.fixture
def gathering(built) -> Gathering:
    """The gathering of the module with its conference as it is now."""
    return Gathering(built.organiser, built.party, built.commune, built.keeper, Conference.objects.get())


@pytest.fixture
def sent(gathering) -> Gathering:
    """The party and the commune invited, and the invitations gone out."""
    gathering.invite(gathering.party, gathering.commune)
    gathering.send()
    return gathering


def seat_of(agency) -> Invitation:
    return Invitation.objects.select_related("conference", "group").get(agency=agency)


def page(name: str, conference: Conference, *more) -> str:
    return reverse(f"coordination:conference-{name}", args=[conference.slug, *more])


class TestTheList:
    def test_a_post_is_invited_by_its_title_and_holder_of_the_day(self, gathering):
        gathering.invite(gathering.party, gathering.commune)
        told = Invitation.objects.in_seat_order().values_list("number", "title", "person_name", "agency_name")
        assert list(told) == [
            (1, "Chủ tịch", "Lê Thị Cúc", "Ủy ban MTTQ huyện"),
            (2, "Chủ tịch UBND xã Tân Bình", "", "UBND xã Tân Bình"),
        ]
        assert seat_of(gathering.party).full_title == "Chủ tịch, Ủy ban MTTQ huyện"
        assert seat_of(gathering.commune).full_title == "Chủ tịch UBND xã Tân Bình"

    def test_whoever_holds_it_on_the_day_is_noted_not_whoever_holds_it_today(self, gathering):
        post = make_office(gathering.organiser, "Phó Chủ tịch UBND huyện", "PHÓ CHỦ TỊCH")
        make_holder(post, "Phạm Văn Dần", since=gathering.conference.held_on)
        conferences.invite(gathering.conference, actor=gathering.keeper, group=GROUP, offices=[post])
        assert Invitation.objects.get(office=post).person_name == "Phạm Văn Dần"

    def test_a_post_on_the_list_is_left_where_it_is(self, gathering):
        gathering.invite(gathering.party)
        again = gathering.invite(gathering.party, gathering.commune, group="Nhóm khác")
        assert [one.title for one in again] == ["Chủ tịch UBND xã Tân Bình"]
        assert seat_of(gathering.party).group.group == GROUP

    def test_a_group_kept_by_name_is_counted_by_its_seats_and_not_by_hand(self, gathering):
        gathering.invite(gathering.party, gathering.commune)
        assert Attendance.objects.values_list("invited", "present").get(group=GROUP) == (2, None)
        with pytest.raises(RuleBroken) as refused:
            conferences.record_attendance(gathering.conference, actor=gathering.keeper, group=GROUP, invited=9)
        assert refused.value.field == "group"

    def test_an_agency_beyond_the_directory_is_not_invited(self, gathering):
        foreign = make_agency(make_unit(), "xa-la")
        with pytest.raises(NotAllowed), transaction.atomic():
            gathering.invite(foreign)
        assert not Invitation.objects.exists()

    def test_all_communes_are_invited_at_once(self, gathering, sign_in):
        group = make_group(gathering.organiser.unit, [gathering.party, gathering.commune])
        answer = sign_in(gathering.keeper).post(
            page("invite", gathering.conference),
            {"group": GROUP, "agency_group": group.pk, "rank_asked": "deputy"},
        )
        assert answer["Location"] == page("people", gathering.conference)
        assert {one.agency for one in Invitation.objects.all()} == {gathering.party, gathering.commune}

    def test_words_narrow_what_is_offered_without_marks(self, gathering, sign_in):
        shown = sign_in(gathering.keeper).get(page("invite", gathering.conference), {"q": "tan binh"})
        offered = [label for _pk, label in shown.context["form"].fields["agencies"].choices]
        assert offered == ["UBND xã Tân Bình"]

    def test_nobody_chosen_is_said_and_nothing_kept(self, gathering, sign_in):
        answer = sign_in(gathering.keeper).post(
            page("invite", gathering.conference), {"group": GROUP, "rank_asked": "deputy"}
        )
        assert answer.status_code == 422
        assert "agencies" in answer.context["form"].errors
        assert not Attendance.objects.exists()

    def test_a_group_without_seats_is_taken_off_and_one_with_seats_stays(self, gathering, sign_in):
        gathering.invite(gathering.party)
        conferences.record_attendance(gathering.conference, actor=gathering.keeper, group="Khách", invited=1)
        client = sign_in(gathering.keeper)
        for position in ("2", "1"):
            client.post(page("seat", gathering.conference), {"what": "group", "number": position, "to": "off"})
        assert list(Attendance.objects.values_list("group", flat=True)) == [GROUP]

    def test_seats_and_groups_move_up_and_down(self, gathering, sign_in):
        gathering.invite(gathering.party, gathering.commune)
        conferences.record_attendance(gathering.conference, actor=gathering.keeper, group="Khách", invited=1)
        client = sign_in(gathering.keeper)
        client.post(page("seat", gathering.conference), {"what": "seat", "number": "2", "to": "up"})
        client.post(page("seat", gathering.conference), {"what": "group", "number": "2", "to": "up"})
        assert [one.agency for one in Invitation.objects.in_seat_order()] == [gathering.commune, gathering.party]
        assert list(Attendance.objects.values_list("group", flat=True)) == ["Khách", GROUP]
        last = client.post(page("seat", gathering.conference), {"what": "seat", "number": "1", "to": "down"})
        assert last.status_code == 302


class TestSending:
    def test_an_agency_sees_the_conference_only_once_it_is_invited(self, gathering, sign_in):
        official = gathering.member(gathering.commune)
        gathering.invite(gathering.commune)
        address = f"{page('people', gathering.conference)[:-1]}"
        assert not Conference.objects.visible_to(official).exists()
        gathering.send()
        (seen,) = Conference.objects.visible_to(official)
        seen.addressed_for(official)
        assert seen.slug == f"{gathering.conference.slug}-{gathering.organiser.unit.code.lower()}"
        shown = sign_in(official).get(page("people", seen)).content.decode()
        assert "Chủ tịch UBND xã Tân Bình" in shown
        assert sign_in(make_member(make_agency(gathering.commune.unit, "khac"))).get(address + "/").status_code == 404

    def test_two_conferences_of_one_half_day_are_told_apart_by_their_unit(self, sent, sign_in):
        secretary = sent.member(sent.commune, Role.SECRETARY)
        own = make_conference(organiser=sent.commune, actor=secretary, held_on=sent.conference.held_on)
        client = sign_in(secretary)
        assert client.get(page("people", own)).context["conference"] == own
        sent.conference.addressed_for(secretary)
        assert client.get(page("people", sent.conference)).context["conference"] == sent.conference

    def test_only_the_organiser_and_the_invited_see_an_invitation(self, sent):
        party, commune = sent.member(sent.party), sent.member(sent.commune)
        assert {one.agency for one in Invitation.objects.visible_to(sent.keeper)} == {sent.party, sent.commune}
        assert {one.agency for one in Invitation.objects.visible_to(party)} == {sent.party}
        assert {one.agency for one in Invitation.objects.visible_to(commune)} == {sent.commune}

    def test_nothing_is_sent_twice(self, sent, sign_in):
        before = AuditEntry.objects.filter(action=AuditAction.INVITED).count()
        answer = sign_in(sent.keeper).post(page("send", sent.conference), {})
        assert answer.status_code == 422
        assert AuditEntry.objects.filter(action=AuditAction.INVITED).count() == before

    @pytest.mark.parametrize("days", [-1, 8])
    def test_an_answer_is_asked_for_between_today_and_the_conference(self, gathering, days):
        gathering.invite(gathering.party)
        with pytest.raises(RuleBroken) as refused:
            conferences.send_invitations(
                gathering.conference, actor=gathering.keeper, reply_by=clock.today() + timedelta(days=days)
            )
        assert refused.value.field == "reply_by"

    def test_what_was_not_sent_is_taken_off_and_what_was_sent_is_kept_with_its_reason(self, sent, sign_in):
        guest = conferences.Guest("Già làng")
        (draft,) = conferences.invite(sent.conference, actor=sent.keeper, group=GROUP, guest=guest)
        client = sign_in(sent.keeper)
        client.post(page("withdraw", sent.conference, draft.number))
        assert not Invitation.objects.filter(pk=draft.pk).exists()
        number = seat_of(sent.party).number
        unsaid = client.post(page("withdraw", sent.conference, number))
        assert unsaid.status_code == 422
        client.post(page("withdraw", sent.conference, number), {"reason": "Mời nhầm"})
        assert seat_of(sent.party).withdrawal_reason == "Mời nhầm"
        assert Attendance.objects.get(group=GROUP).invited == 1
        assert "Mời nhầm" in client.get(page("people", sent.conference)).content.decode()
        assert sign_in(sent.member(sent.party)).get(page("people", sent.conference)).status_code == 404


class TestAnswering:
    def test_an_agency_answers_until_the_conference_begins(self, sent, sign_in):
        client, number = sign_in(sent.member(sent.party)), seat_of(sent.party).number
        assert client.post(page("answer", sent.conference, number), {"reply": "coming"}).status_code == 302
        assert seat_of(sent.party).reply == Reply.COMING
        conferences.open_conference(sent.conference, actor=sent.keeper)
        late = client.post(page("answer", sent.conference, number), {"reply": "excused", "reason": "Bận"})
        assert late.status_code == 403
        assert seat_of(sent.party).reply == Reply.COMING

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({}, "reply"),
            ({"reply": "awaited"}, "reply"),
            ({"reply": "delegate", "delegate_rank": "deputy"}, "delegate_title"),
            ({"reply": "delegate", "delegate_title": "Phó Chủ tịch"}, "delegate_rank"),
            ({"reply": "excused", "reason": " \n"}, "reason"),
        ],
    )
    def test_what_is_missing_is_said_at_its_field(self, sent, sign_in, data, field):
        answer = sign_in(sent.member(sent.party)).post(
            page("answer", sent.conference, seat_of(sent.party).number), data
        )
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert seat_of(sent.party).reply == Reply.AWAITED

    def test_a_delegate_below_the_rank_asked_for_is_flagged(self, sent, sign_in):
        data = {"reply": "delegate", "delegate_title": "Chuyên viên", "delegate_rank": "official"}
        sign_in(sent.member(sent.party)).post(page("answer", sent.conference, seat_of(sent.party).number), data)
        assert seat_of(sent.party).is_wrong_rank
        shown = sign_in(sent.keeper).get(page("people", sent.conference))
        assert shown.context["counts"].wrong_rank == 1
        deputy = conferences.Delegate("Phó Chủ tịch", Rank.DEPUTY)
        conferences.answer_invitation(seat_of(sent.party), actor=sent.keeper, reply=Reply.DELEGATE, delegate=deputy)
        assert not seat_of(sent.party).is_wrong_rank

    def test_an_invitation_of_another_agency_is_not_there(self, sent, sign_in):
        other = sign_in(sent.member(sent.commune))
        sent.conference.addressed_for(sent.member(sent.commune))
        answer = other.post(page("answer", sent.conference, seat_of(sent.party).number), {"reply": "coming"})
        assert answer.status_code == 404
        assert seat_of(sent.party).reply == Reply.AWAITED

    def test_the_reason_for_staying_away_is_told_to_the_organiser_only(self, sent, sign_in):
        conferences.answer_invitation(
            seat_of(sent.commune), actor=sent.member(sent.commune), reply=Reply.EXCUSED, reason="Nằm viện"
        )
        keeper, other = sign_in(sent.keeper), sign_in(sent.member(sent.party))
        for name in ("people", "history"):
            assert "Nằm viện" in keeper.get(page(name, sent.conference)).content.decode()
            assert "Nằm viện" not in other.get(page(name, sent.conference)).content.decode()

    def test_a_change_of_place_asks_again_those_who_answered(self, sent):
        official = sent.member(sent.party)
        assert [one.seats for one in invitations_to_answer(official, clock.today(), most=9)] == [1]
        conferences.answer_invitation(seat_of(sent.party), actor=official, reply=Reply.COMING)
        assert invitations_to_answer(official, clock.today(), most=9) == []
        facts = {name: getattr(sent.conference, name) for name in ("title", "full_title", "held_on", "half_day")}
        facts |= {name: getattr(sent.conference, name) for name in ("starts_at", "review_year", "plan_year")}
        with clock.standing_at(clock.now() + timedelta(hours=1)):
            conferences.edit_conference(
                sent.conference,
                actor=sent.keeper,
                revision=0,
                organiser=sent.organiser,
                reviews=[],
                signs=[],
                place="Nhà văn hóa",
                year_theme="",
                **facts,
            )
            (asked,) = invitations_to_answer(official, clock.today(), most=9)
            assert asked.asks_again
            conferences.answer_invitation(seat_of(sent.party), actor=official, reply=Reply.COMING)
        assert invitations_to_answer(official, clock.today(), most=9) == []

    def test_the_inbox_leads_to_the_answer_and_empties_itself(self, sent, sign_in):
        official = sent.member(sent.party)
        client = sign_in(official)
        asked = f"{page('people', sent.conference)}#giay-moi"
        assert asked in client.get(reverse("coordination:my-work")).content.decode()
        conferences.answer_invitation(seat_of(sent.party), actor=official, reply=Reply.COMING)
        assert asked not in client.get(reverse("coordination:my-work")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_people_keeps_its_budget(count, gathering, sign_in, django_assert_max_num_queries):
    for number in range(count):
        guest = conferences.Guest(f"Khách {number}")
        conferences.invite(gathering.conference, actor=gathering.keeper, group=f"Nhóm {number}", guest=guest)
    gathering.send()
    client = sign_in(gathering.keeper)
    with django_assert_max_num_queries(27):
        assert client.get(page("people", gathering.conference)).context["counts"].all == count
