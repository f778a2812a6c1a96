"""Posts of agencies and who holds them: one head a day, seats, lives of agencies, titles by date, whole names."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.access.enums import Role
from agencies.directory.services import end_agency
from agencies.models import Office, OfficeHolding, OfficeTitle, Person
from agencies.people import services
from agencies.people.queries import grouped, holders_today, offices_of_person, people_called, posts_of
from agencies.units.services import end_unit
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.people import make_agency, make_holder, make_member, make_office, make_unit

pytestmark = pytest.mark.django_db

DAY = date(2022, 3, 30)
EARLIER, LATER = date(2021, 1, 1), date(2022, 6, 1)


@pytest.fixture
def ubnd():
    return make_agency(make_unit("DT"), "ubnd", "UBND huyện", protocol_order=20)


@pytest.fixture
def head(ubnd):
    return make_office(ubnd, "Chủ tịch UBND huyện", "CHỦ TỊCH", is_head=True)


@pytest.fixture
def deputies(ubnd):
    return make_office(ubnd, "Phó Chủ tịch UBND huyện", "PHÓ CHỦ TỊCH", authority="KT", seats=2)


def refused(act, field: str | None) -> str:
    """The words of the refusal; nothing was saved."""
    kept = list(OfficeHolding.objects.order_by("pk").values()) + list(Office.objects.order_by("pk").values())
    with pytest.raises(RuleBroken) as refusal, transaction.atomic():
        act()
    assert refusal.value.field == field
    assert kept == list(OfficeHolding.objects.order_by("pk").values()) + list(Office.objects.order_by("pk").values())
    return str(refusal.value)


class TestOneHead:
    def test_two_heads_at_once_are_refused_by_name(self, head):
        make_holder(head, "Trần Việt Dũng", since=EARLIER)
        other = services.register_person("Đặng Văn Tuấn")
        said = refused(lambda: services.appoint(other, head, since=DAY), "since")
        assert "Trần Việt Dũng" in said and "01/01/2021" in said

    def test_an_acting_head_beside_a_head_is_refused(self, head):
        make_holder(head, "Trần Việt Dũng", since=EARLIER)
        other = services.register_person("Đặng Văn Tuấn")
        refused(lambda: services.appoint(other, head, since=DAY, is_acting=True), "since")

    def test_an_acting_head_follows_the_day_after(self, head):
        held = make_holder(head, "Trần Việt Dũng", since=EARLIER)
        services.end_holding(held, last_day=DAY)
        acting = make_holder(head, "Đặng Văn Tuấn", since=DAY + timedelta(days=1), is_acting=True)
        assert acting.is_acting

    def test_a_second_post_of_head_is_refused(self, ubnd, head):
        refused(lambda: make_office(ubnd, "Đồng Chủ tịch", "ĐỒNG CHỦ TỊCH", is_head=True), "is_head")

    def test_only_a_head_can_be_acting(self, deputies):
        person = services.register_person("Đặng Văn Tuấn")
        refused(lambda: services.appoint(person, deputies, since=DAY, is_acting=True), "is_acting")

    def test_the_database_refuses_what_no_service_would_write(self, ubnd, head, deputies):
        one, two = (services.register_person(f"Người Thứ {word}") for word in ("Nhất", "Nhì"))
        OfficeHolding.objects.create(person=one, office=head, valid_from=EARLIER)
        for impossible in (
            {"office": head, "valid_from": DAY},
            {"office": head, "valid_from": DAY, "is_acting": True},
            {"office": head, "valid_from": DAY, "seat": 2},
            {"office": deputies, "valid_from": DAY, "seat": 3},
            {"office": deputies, "valid_from": DAY, "seat": 0},
            {"office": deputies, "valid_from": DAY, "is_acting": True},
            {"office": deputies, "valid_from": DAY, "valid_to": DAY - timedelta(days=1)},
            {"office": deputies, "valid_from": ubnd.valid_from - timedelta(days=1), "valid_to": DAY},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                OfficeHolding.objects.create(person=two, **impossible)
        with pytest.raises(IntegrityError), transaction.atomic():
            Office.objects.create(agency=ubnd, title="Trưởng", printed_title="TRƯỞNG", is_head=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Office.objects.filter(pk=head.pk).update(seats=2)

    def test_the_database_refuses_a_move_onto_a_taken_day(self, head):
        first = make_holder(head, "Trần Việt Dũng", since=EARLIER, until=DAY)
        make_holder(head, "Đặng Văn Tuấn", since=DAY + timedelta(days=1))
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficeHolding.objects.filter(pk=first.pk).update(valid_to=None)


class TestSeats:
    def test_a_post_of_two_seats_takes_two_and_no_third(self, deputies):
        seats = [make_holder(deputies, name, since=EARLIER).seat for name in ("Lê Văn Bình", "Ngô Thị Cúc")]
        assert sorted(seats) == [1, 2]
        third = services.register_person("Hồ Văn Đức")
        refused(lambda: services.appoint(third, deputies, since=DAY), "since")

    def test_one_person_does_not_take_both_seats(self, deputies):
        held = make_holder(deputies, "Lê Văn Bình", since=EARLIER)
        refused(lambda: services.appoint(held.person, deputies, since=DAY), "since")

    def test_a_seat_that_was_left_is_taken_again(self, deputies):
        held = make_holder(deputies, "Lê Văn Bình", since=EARLIER)
        make_holder(deputies, "Ngô Thị Cúc", since=EARLIER)
        services.end_holding(held, last_day=DAY)
        assert make_holder(deputies, "Hồ Văn Đức", since=DAY + timedelta(days=1)).seat == held.seat

    def test_seats_are_not_taken_away_under_their_holders(self, deputies):
        for name in ("Lê Văn Bình", "Ngô Thị Cúc"):
            make_holder(deputies, name, since=EARLIER)
        facts = {"title": deputies.title, "printed_title": "PHÓ CHỦ TỊCH", "authority": "KT", "protocol_order": 5}
        refused(lambda: services.change_office(deputies, seats=1, **facts), "seats")
        assert services.change_office(deputies, seats=3, **facts).seats == 3


class TestLives:
    def test_an_office_cannot_end_before_it_began(self, head):
        held = make_holder(head, "Trần Việt Dũng", since=EARLIER)
        refused(lambda: services.end_holding(held, last_day=EARLIER - timedelta(days=1)), "last_day")
        refused(lambda: make_holder(head, "Đặng Văn Tuấn", since=DAY, until=EARLIER), "until")

    def test_nobody_holds_a_post_outside_the_life_of_its_agency(self, ubnd, head):
        refused(lambda: make_holder(head, "Trần Việt Dũng", since=ubnd.valid_from - timedelta(days=1)), "since")
        end_agency(ubnd, last_day=DAY)
        refused(lambda: make_holder(head, "Trần Việt Dũng", since=DAY + timedelta(days=1)), "since")
        refused(lambda: make_holder(head, "Trần Việt Dũng", since=EARLIER), "until")
        assert make_holder(head, "Trần Việt Dũng", since=EARLIER, until=DAY).valid_to == DAY

    def test_a_closed_agency_gets_no_new_post(self, ubnd):
        end_agency(ubnd, last_day=DAY - timedelta(days=1))
        refused(lambda: make_office(ubnd, "Phó Chủ tịch", "PHÓ CHỦ TỊCH"), None)

    def test_a_closed_post_is_not_filled_and_not_closed_over_its_holder(self, deputies, head):
        held = make_holder(deputies, "Lê Văn Bình", since=EARLIER)
        refused(lambda: services.close_office(deputies, last_day=DAY), "last_day")
        services.end_holding(held, last_day=DAY)
        services.close_office(deputies, last_day=DAY)
        refused(lambda: make_holder(deputies, "Ngô Thị Cúc", since=DAY + timedelta(days=1)), "since")
        with pytest.raises(Conflict):
            services.close_office(deputies, last_day=DAY)
        refused(lambda: services.close_office(head, last_day=DAY), None)

    def test_what_has_ended_is_not_ended_again(self, head):
        held = make_holder(head, "Trần Việt Dũng", since=EARLIER, until=DAY - timedelta(days=1))
        with pytest.raises(Conflict):
            services.end_holding(held, last_day=DAY)

    def test_an_ending_is_not_put_off_over_the_next_holder(self, head):
        held = make_holder(head, "Trần Việt Dũng", since=EARLIER, until=DAY)
        make_holder(head, "Đặng Văn Tuấn", since=DAY + timedelta(days=1))
        refused(lambda: services.end_holding(held, last_day=LATER), "last_day")
        facts = {"since": EARLIER, "decision": "", "is_acting": False, "reason": "Nhầm"}
        refused(lambda: services.correct_holding(held, until=LATER, **facts), "since")

    def test_nothing_begins_after_the_unit_has_ended(self, ubnd, head):
        end_unit(ubnd.unit, last_day=DAY)
        refused(lambda: make_holder(head, "Trần Việt Dũng", since=DAY + timedelta(days=1)), "since")
        assert make_holder(head, "Trần Việt Dũng", since=DAY).valid_to is None

    def test_a_wrong_entry_is_corrected_with_a_reason_that_stays(self, head):
        held = make_holder(head, "Trần Việt Dũng", since=EARLIER)
        facts = {"since": date(2021, 7, 1), "until": None, "decision": "Số 5", "is_acting": False}
        refused(lambda: services.correct_holding(held, reason=" ", **facts), "reason")
        services.correct_holding(held, reason="Gõ nhầm ngày", **facts)
        entry = AuditEntry.objects.filter(object_id=held.pk, action=AuditAction.CHANGED).latest("sequence")
        assert (entry.before["since"], entry.after["since"]) == ("2021-01-01", "2021-07-01")
        assert entry.after["reason"] == "Gõ nhầm ngày"


class TestTitles:
    def test_who_held_it_before_keeps_the_title_of_that_time(self, ubnd, head):
        make_holder(head, "Trần Việt Dũng", since=EARLIER, until=date(2021, 12, 31))
        make_holder(head, "Đặng Văn Tuấn", since=date(2022, 1, 1))
        facts = {"printed_title": "CHỦ TỊCH", "authority": "TM", "seats": 1, "protocol_order": 1}
        services.change_office(head, title="Chủ tịch UBND thành phố", since=date(2022, 1, 1), **facts)
        (post,) = posts_of(ubnd, DAY)
        assert [(held.person.full_name, held.title) for held in (*post.holders, *post.others)] == [
            ("Đặng Văn Tuấn", "Chủ tịch UBND thành phố"),
            ("Trần Việt Dũng", "Chủ tịch UBND huyện"),
        ]
        assert [title.title for title in post.earlier_titles] == ["Chủ tịch UBND huyện"]

    def test_a_new_title_needs_its_first_day_and_never_goes_back_before_the_last(self, head):
        facts = {"printed_title": "CHỦ TỊCH", "authority": "TM", "seats": 1, "protocol_order": 1}
        refused(lambda: services.change_office(head, title="Chủ tịch mới", **facts), "since")
        services.change_office(head, title="Chủ tịch mới", since=DAY, **facts)
        refused(lambda: services.change_office(head, title="Chủ tịch cũ", since=EARLIER, **facts), "since")
        services.change_office(head, title="Chủ tịch mới nhất", since=DAY, **facts)
        assert OfficeTitle.objects.filter(office=head).count() == 2

    def test_a_title_stands_once_in_an_agency(self, ubnd, head):
        refused(lambda: make_office(ubnd, "Chủ tịch  UBND huyện", "CHỦ TỊCH"), "title")


class TestOrder:
    def test_people_stand_in_protocol_order_and_then_by_given_name(self, ubnd, deputies, head):
        btg = make_agency(ubnd.unit, "btg", "Ban Tuyên giáo", protocol_order=10)
        make_holder(make_office(btg, "Trưởng Ban", "TRƯỞNG BAN", is_head=True), "Vũ Văn Yên", since=EARLIER)
        for name in ("Lê Văn Đạt", "Trần Thị Dung"):
            make_holder(deputies, name, since=EARLIER)
        make_holder(head, "Ngô Văn Bá", since=EARLIER)
        member = make_member(ubnd)
        groups = grouped(holders_today(member, DAY), DAY)
        assert [[held.person.full_name for held in group.held] for group in groups] == [
            ["Vũ Văn Yên"],
            ["Ngô Văn Bá", "Trần Thị Dung", "Lê Văn Đạt"],
        ]

    def test_one_person_holds_several_offices_at_once_and_over_time(self, ubnd, head, deputies):
        first = make_holder(deputies, "Đặng Văn Tuấn", since=EARLIER, until=date(2021, 6, 30))
        hdnd = make_agency(ubnd.unit, "hdnd", "Thường trực HĐND", protocol_order=10)
        chair = make_office(hdnd, "Chủ tịch HĐND huyện", "CHỦ TỊCH", is_head=True)
        services.appoint(first.person, head, since=date(2021, 7, 1))
        services.appoint(first.person, chair, since=date(2021, 7, 1))
        now, before = offices_of_person(make_member(ubnd), first.person, DAY)
        assert [held.title for held in now] == ["Chủ tịch HĐND huyện", "Chủ tịch UBND huyện"]
        assert [held.title for held in before] == ["Phó Chủ tịch UBND huyện"]

    def test_posts_of_another_unit_are_not_told_of_a_person(self, ubnd, head):
        held = make_holder(head, "Đặng Văn Tuấn", since=EARLIER)
        foreign = make_office(make_agency(make_unit(), "ubnd"), "Chủ tịch nơi khác", "CHỦ TỊCH", is_head=True)
        services.appoint(held.person, foreign, since=EARLIER)
        now, _before = offices_of_person(make_member(ubnd), held.person, DAY)
        assert [one.title for one in now] == ["Chủ tịch UBND huyện"]


class TestNames:
    @pytest.mark.parametrize(
        ("typed", "kept", "given"),
        [
            ("Trần Việt Dũng", "Trần Việt Dũng", "Dũng"),
            ("  trần   việt dũng ", "Trần Việt Dũng", "Dũng"),
            ("TRẦN VIỆT DŨNG", "Trần Việt Dũng", "Dũng"),
            ("H'Hen Niê", "H'Hen Niê", "Niê"),
            ("Y Thái", "Y Thái", "Thái"),
        ],
    )
    def test_a_name_is_kept_whole_with_its_capitals(self, typed, kept, given):
        person = services.register_person(typed)
        assert (person.full_name, person.given_name) == (kept, given)

    def test_a_person_is_addressed_by_the_given_name(self):
        assert str(services.register_person("Đặng Văn Tuấn").addressed) == "đồng chí Tuấn"

    def test_one_word_is_no_name(self):
        refused(lambda: services.register_person("Dũng"), "full_name")

    @pytest.mark.parametrize(
        "typed", ["tran viet dung", "Trần Việt Dũng", "viet dung", "DUNG", "Tra\u0302\u0300n Việt"]
    )
    def test_people_are_found_without_marks(self, ubnd, head, typed):
        held = make_holder(head, "Trần Việt Dũng", since=EARLIER)
        assert list(people_called(make_member(ubnd), typed)) == [held.person]

    def test_strangers_are_not_found(self, ubnd):
        services.register_person("Trần Việt Dũng")
        foreign = make_agency(make_unit(), "ubnd")
        make_holder(make_office(foreign, "Chủ tịch", "CHỦ TỊCH", is_head=True), "Trần Việt Dũng", since=EARLIER)
        assert list(people_called(make_member(ubnd), "tran viet dung")) == []
        assert Person.objects.count() == 2


class TestWho:
    @pytest.mark.parametrize(
        ("role", "place", "may"),
        [
            (Role.SECRETARY, "own", True),
            (Role.SECRETARY, "office", True),
            (Role.SECRETARY, "sibling", False),
            (Role.OFFICIAL, "own", False),
            (Role.LEADER, "own", False),
            (Role.ORGANISER, "own", False),
            (Role.UNIT_ADMIN, "sibling", True),
            (Role.UNIT_ADMIN, "elsewhere", False),
            (Role.SYSTEM_ADMIN, "elsewhere", True),
        ],
    )
    def test_secretaries_and_administrators_in_reach_keep_posts(self, ubnd, head, role, place, may):
        places = {
            "own": ubnd,
            "office": make_agency(ubnd.unit, "vp", "Văn phòng", serves=[ubnd]),
            "sibling": make_agency(ubnd.unit, "btg"),
            "elsewhere": make_agency(make_unit(), "khac"),
        }
        actor = make_member(places[place], role)
        person = services.register_person("Đặng Văn Tuấn")
        if may:
            held = services.appoint(person, head, since=DAY, actor=actor)
            entry = AuditEntry.objects.filter(object_id=held.pk, action=AuditAction.CREATED).latest("sequence")
            assert (entry.actor_id, entry.after["decision"]) == (actor.pk, "")
        else:
            with pytest.raises(NotAllowed) as refusal, transaction.atomic():
                services.appoint(person, head, since=DAY, actor=actor)
            hidden = place == "elsewhere"
            assert (refusal.value.decision.hidden, "UBND huyện" in str(refusal.value)) == (hidden, not hidden)
            assert not OfficeHolding.objects.exists()
