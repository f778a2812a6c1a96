"""The roll call at the door: one tick, one seat; counts follow; nobody ticks over somebody else."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from coordination.conferences import services as conferences
from coordination.conferences.enums import Presence, Rank, Reply
from coordination.conferences.models import Attendance, Conference, Invitation
from records import clock
from records.audit.models import AuditEntry
from records.errors import Conflict, RuleBroken
from tests.factories.gatherings import GROUP, Gathering, make_gathering

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(ground) -> Gathering:
    """A conference held today, with the heads of the organiser, a party and a commune invited."""
    gathering = make_gathering(held_on=clock.today())
    gathering.invite(gathering.organiser, gathering.party, gathering.commune)
    gathering.send()
    return gathering


@pytest.fixture
def gathering(built) -> Gathering:
    """The gathering of the module with its conference as it is now."""
    return Gathering(built.organiser, built.party, built.commune, built.keeper, Conference.objects.get())


@pytest.fixture
def door(gathering, sign_in):
    """The organiser's secretary at the door."""
    return sign_in(gathering.keeper)


def seat(number: int) -> Invitation:
    return Invitation.objects.select_related("conference", "group").get(number=number)


def counts() -> dict:
    return Attendance.objects.values("invited", "present", "substitutes", "excused").get(group=GROUP)


def mark(gathering: Gathering, number: int) -> str:
    return reverse("coordination:conference-mark", args=[gathering.conference.slug, number])


def roll_call(gathering: Gathering) -> str:
    return reverse("coordination:conference-roll-call", args=[gathering.conference.slug])


def test_ticks_count_their_group(gathering, door):
    assert counts()["present"] is None
    door.post(mark(gathering, 1), {"presence": "present", "was": ""})
    door.post(mark(gathering, 2), {"presence": "substitute", "was": ""})
    answer = door.post(mark(gathering, 3), {"presence": "excused", "was": ""})
    assert answer["Location"] == f"{roll_call(gathering)}#ghe-3"
    assert counts() == {"invited": 3, "present": 2, "substitutes": 1, "excused": 1}
    door.post(mark(gathering, 2), {"presence": "", "was": "substitute"})
    assert counts() == {"invited": 3, "present": 1, "substitutes": 0, "excused": 1}


def test_two_people_tick_different_seats_from_pages_of_the_same_moment(gathering):
    """Neither page knows of the other's tick, and none is lost."""
    first, second = seat(1), seat(2)
    for stale in (first, second):
        conferences.mark_presence(stale, actor=gathering.keeper, presence=Presence.PRESENT, was=Presence.UNMARKED)
    assert counts()["present"] == 2


def test_a_tick_over_another_persons_different_one_is_refused(gathering, door):
    door.post(mark(gathering, 1), {"presence": "excused", "was": ""})
    late = door.post(mark(gathering, 1), {"presence": "present", "was": ""})
    assert late.status_code == 409
    assert "Vắng có lý do" in late.content.decode()
    assert seat(1).presence == Presence.EXCUSED


def test_the_same_tick_twice_is_one(gathering):
    conferences.mark_presence(seat(1), actor=gathering.keeper, presence=Presence.PRESENT, was=Presence.UNMARKED)
    before = AuditEntry.objects.count()
    conferences.mark_presence(seat(1), actor=gathering.keeper, presence=Presence.PRESENT, was=Presence.UNMARKED)
    assert AuditEntry.objects.count() == before


def test_a_conflict_names_who_ticked_and_when(gathering):
    conferences.mark_presence(seat(1), actor=gathering.keeper, presence=Presence.PRESENT)
    with pytest.raises(Conflict) as refused:
        conferences.mark_presence(seat(1), actor=gathering.keeper, presence=Presence.EXCUSED, was=Presence.UNMARKED)
    assert str(gathering.keeper) in str(refused.value)
    assert "17:30" in str(refused.value)


def test_a_substitute_below_the_rank_asked_for_is_flagged(gathering, door):
    told = {"presence": "substitute", "was": "", "delegate_title": "Chuyên viên", "delegate_rank": "official"}
    door.post(mark(gathering, 2), told)
    assert seat(2).is_wrong_rank
    shown = door.get(roll_call(gathering))
    assert shown.context["call"].counts.wrong_rank == 1
    assert "Chuyên viên" in shown.content.decode()
    door.post(mark(gathering, 2), {**told, "was": "substitute", "delegate_rank": "deputy"})
    assert not seat(2).is_wrong_rank


def test_the_delegate_announced_sits_there_after_one_tap(gathering, door):
    party = gathering.member(gathering.party)
    delegate = conferences.Delegate("Phó Chủ tịch", Rank.DEPUTY, "Đỗ Văn Giáp")
    conferences.answer_invitation(seat(2), actor=party, reply=Reply.DELEGATE, delegate=delegate)
    door.post(mark(gathering, 2), {"presence": "substitute", "was": ""})
    assert (seat(2).seat_title, seat(2).seat_name) == ("Phó Chủ tịch", "Đỗ Văn Giáp")
    door.post(mark(gathering, 2), {"presence": "present", "was": "substitute"})
    assert (seat(2).seat_title, seat(2).seat_name) == ("Chủ tịch", "Lê Thị Cúc")


def test_nothing_is_ticked_before_the_day(gathering, door):
    Conference.objects.update(held_on=clock.today() + timedelta(days=1))
    tomorrow = Gathering(
        gathering.organiser, gathering.party, gathering.commune, gathering.keeper, Conference.objects.get()
    )
    assert door.post(mark(tomorrow, 1), {"presence": "present"}).status_code == 422
    assert "pf-roll__mark" not in door.get(roll_call(tomorrow)).content.decode()
    with pytest.raises(RuleBroken):
        conferences.admit(
            tomorrow.conference,
            actor=gathering.keeper,
            group=Attendance.objects.get(),
            guest=conferences.Guest("Già làng"),
        )
    assert counts()["present"] is None


def test_whoever_came_uninvited_is_seated_and_counted(gathering, door):
    group = Attendance.objects.get(group=GROUP)
    door.post(roll_call(gathering), {"group": group.pk, "title": "Già làng", "name": "Chìu A Sáng"})
    came = Invitation.objects.get(is_walk_in=True)
    assert (came.title, came.presence, came.sent_at) == ("Già làng", Presence.PRESENT, None)
    assert counts() == {"invited": 4, "present": 1, "substitutes": 0, "excused": 0}


def test_the_list_is_narrowed_without_marks_and_stays_so_after_a_tick(gathering, door):
    call = door.get(roll_call(gathering), {"q": "tan binh", "left": "1"}).context["call"]
    assert [one.number for row in call.groups for one in row.invitations] == [3]
    assert call.counts.all == 3
    answer = door.post(f"{mark(gathering, 3)}?q=tan+binh&left=1", {"presence": "present", "was": ""})
    assert answer["Location"] == f"{roll_call(gathering)}?q=tan+binh&left=1#ghe-3"
    assert door.get(roll_call(gathering), {"left": "1", "q": "tan binh"}).context["call"].groups == []


@pytest.mark.parametrize("data", [{"presence": "there"}, {"presence": "present", "was": "x"}, {"presence": "\x00"}])
def test_a_tick_that_is_none_is_refused(gathering, door, data):
    assert door.post(mark(gathering, 1), data).status_code == 422
    assert seat(1).presence == Presence.UNMARKED


def test_only_those_who_keep_the_record_tick(gathering, sign_in):
    party = sign_in(gathering.member(gathering.party))
    assert party.get(roll_call(gathering)).status_code == 403
    assert party.post(mark(gathering, 2), {"presence": "present"}).status_code == 403
    assert counts()["present"] is None


def test_a_seat_that_was_ticked_is_not_withdrawn(gathering):
    conferences.mark_presence(seat(1), actor=gathering.keeper, presence=Presence.PRESENT)
    with pytest.raises(RuleBroken):
        conferences.withdraw_invitation(seat(1), actor=gathering.keeper, reason="Nhầm")


@pytest.mark.parametrize("extra", [0, 2])
def test_the_roll_call_keeps_its_budget(extra, gathering, door, django_assert_max_num_queries):
    for number in range(extra):
        guest = conferences.Guest(f"Khách {number}")
        conferences.invite(gathering.conference, actor=gathering.keeper, group=GROUP, guest=guest)
    with django_assert_max_num_queries(26):
        assert door.get(roll_call(gathering)).context["call"].counts.all == 3 + extra


class TestGroupsWithNumbersOnly:
    """Guests nobody is invited by name are counted at the same door, without typing their group again."""

    @pytest.fixture
    def counted(self, gathering) -> Attendance:
        return conferences.record_attendance(
            gathering.conference, actor=gathering.keeper, group="Thường trực Huyện ủy", agency=gathering.party,
            is_party=True, invited=3,
        )  # fmt: skip

    def sent(self, page) -> dict[str, str]:
        """The form of the group as the page offers it."""
        form = re.search(r'<form class="pf-roll__count".*?</form>', page.content.decode(), re.DOTALL)[0]
        fields = (re.match(r'(\w+)"(?:.*?value="([^"]*)")?', one) for one in form.split('name="')[1:])
        return {field[1]: field[2] or "" for field in fields}

    @pytest.mark.parametrize("where", ["roll-call", "people"])
    def test_a_number_is_enough(self, gathering, counted, door, where: str):
        page, people = (
            reverse(f"coordination:conference-{one}", args=[gathering.conference.slug]) for one in (where, "people")
        )
        answer = door.post(people, self.sent(door.get(page)) | {"present": "2", "excused": "1"})
        assert answer["Location"] == page
        counted.refresh_from_db()
        assert (counted.invited, counted.present, counted.excused) == (3, 2, 1)
        assert (counted.agency, counted.is_party) == (gathering.party, True)

    def test_more_than_were_invited_is_said_beside_what_was_typed(self, gathering, counted, door):
        people = reverse("coordination:conference-people", args=[gathering.conference.slug])
        answer = door.post(people, self.sent(door.get(roll_call(gathering))) | {"present": "4"})
        assert answer.status_code == 422 and answer.context["form"]["present"].value() == "4"
        counted.refresh_from_db()
        assert counted.present is None

    def test_a_search_for_a_seat_hides_them(self, gathering, counted, door):
        assert door.get(roll_call(gathering)).context["call"].counted == [counted]
        assert door.get(roll_call(gathering), {"q": "tan binh"}).context["call"].counted == []
