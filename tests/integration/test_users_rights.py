"""Who keeps whose account and roles; nobody is left without an administrator; rights follow at the next click."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.access.enums import Role
from agencies.directory.services import end_agency
from agencies.models import Membership, Person, User
from agencies.people import services
from agencies.people.enums import AccountState
from agencies.people.queries import AccountFilters, accounts_listed, state_of
from agencies.units.enums import UnitKind, UnitLevel
from agencies.units.services import end_unit, found_unit
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.people import BEGINNING, make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db

DAY = date(2022, 3, 30)
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


class World:
    """Two units, a commune below the first, an administrator of each and of the portal, and officials."""

    def __init__(self):
        self.unit = make_unit("DT")
        self.office, self.ubnd = make_agency(self.unit, "vp"), make_agency(self.unit, "ubnd")
        commune = found_unit(
            code="DT-X", level=UnitLevel.COMMUNE, kind=UnitKind.COMMUNE, name="xã X", bare_name="X",
            valid_from=BEGINNING, parent=self.unit,
        )  # fmt: skip
        self.commune = make_agency(commune, "ubnd-x")
        self.foreign = make_agency(make_unit("KH"), "ubnd")
        self.system = make_member(self.office, Role.SYSTEM_ADMIN)
        self.keeper = make_member(self.office, Role.UNIT_ADMIN)
        self.official = make_member(self.ubnd)
        self.villager = make_member(self.commune)
        self.stranger = make_member(self.foreign)


@pytest.fixture
def world():
    return World()


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (User, Membership, Person)]


def not_allowed(act) -> str:
    kept = everything()
    with pytest.raises(NotAllowed) as refusal, transaction.atomic():
        act()
    assert everything() == kept
    return str(refusal.value)


def broken(act, field: str | None = None) -> str:
    kept = everything()
    with pytest.raises(RuleBroken) as refusal, transaction.atomic():
        act()
    assert (everything(), refusal.value.field) == (kept, field)
    return str(refusal.value)


def give(world, user, agency, role=Role.OFFICIAL, by=None, **when):
    when = {"since": DAY} | when
    return services.grant_membership(user, agency, role=role, title="Chuyên viên", actor=by or world.keeper, **when)


class TestReach:
    def test_a_unit_administrator_keeps_the_unit_and_those_below(self, world):
        give(world, world.official.user, world.commune)
        give(world, world.villager.user, world.ubnd)
        outside = not_allowed(lambda: give(world, world.official.user, world.foreign))
        assert "ngoài đơn vị của bạn" in outside
        not_allowed(lambda: give(world, world.stranger.user, world.ubnd))

    def test_a_system_administrator_keeps_all(self, world):
        give(world, world.stranger.user, world.ubnd, by=world.system)
        give(world, world.official.user, world.foreign, Role.UNIT_ADMIN, by=world.system)

    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.SECRETARY, Role.ORGANISER])
    def test_nobody_else_keeps_any(self, world, role):
        actor = make_member(world.ubnd, role)
        not_allowed(lambda: give(world, world.official.user, world.ubnd, Role.LEADER, by=actor))
        not_allowed(lambda: services.suspend(world.official.user, reason="x", actor=actor))
        not_allowed(lambda: services.end_membership(world.official, last_day=DAY, actor=actor))
        assert list(User.objects.visible_to(actor)) == [actor.user]
        assert list(Membership.objects.visible_to(actor)) == [actor]

    def test_only_what_is_in_reach_is_listed(self, world):
        listed = set(accounts_listed(world.keeper, AccountFilters(), today=DAY))
        others = {world.system.user, world.official.user, world.villager.user}
        assert listed == {world.keeper.user, *others}
        assert world.stranger.user in accounts_listed(world.system, AccountFilters(), today=DAY)
        assert not User.objects.visible_to(None).exists() and not Membership.objects.visible_to(None).exists()

    def test_an_account_that_acts_elsewhere_too_is_not_shut_out_from_here(self, world):
        give(world, world.official.user, world.foreign, by=world.system)
        not_allowed(lambda: services.suspend(world.official.user, reason="x", actor=world.keeper))
        assert not services.suspend(world.official.user, reason="x", actor=world.system).is_active


class TestNoOneRaisesThemselves:
    @pytest.mark.parametrize("role", Role.values)
    def test_nobody_gives_themselves_a_role(self, world, role):
        """Abuse case 17."""
        for actor in (world.keeper, world.system):
            said = not_allowed(lambda actor=actor: give(world, actor.user, world.ubnd, role, by=actor))
            assert "Không ai tự thay đổi" in said

    def test_nobody_ends_moves_suspends_or_restores_themselves(self, world):
        for actor in (world.keeper, world.system):
            terms = {"role": Role.SYSTEM_ADMIN, "title": "x", "since": TOMORROW, "actor": actor}
            not_allowed(lambda actor=actor: services.end_membership(actor, last_day=DAY, actor=actor))
            not_allowed(lambda actor=actor, terms=terms: services.move_member(actor, world.ubnd, **terms))
            not_allowed(lambda actor=actor: services.suspend(actor.user, reason="x", actor=actor))
            not_allowed(lambda actor=actor: services.restore(actor.user, actor=actor))

    def test_a_second_membership_is_no_way_around(self, world):
        also = services.grant_membership(
            world.official.user, world.office, role=Role.UNIT_ADMIN, title="Quản trị", since=BEGINNING
        )
        not_allowed(lambda: give(world, world.official.user, world.ubnd, Role.SECRETARY, by=also))

    def test_a_unit_administrator_neither_makes_nor_touches_a_system_administrator(self, world):
        not_allowed(lambda: give(world, world.official.user, world.ubnd, Role.SYSTEM_ADMIN))
        for act in (
            lambda: services.suspend(world.system.user, reason="x", actor=world.keeper),
            lambda: services.end_membership(world.system, last_day=DAY, actor=world.keeper),
            lambda: give(world, world.system.user, world.ubnd),
            lambda: services.move_member(
                world.official, world.office, role=Role.SYSTEM_ADMIN, title="x", since=TOMORROW, actor=world.keeper
            ),
        ):
            not_allowed(act)

    def test_a_coming_system_administrator_is_untouchable_already(self, world):
        give(world, world.official.user, world.office, Role.SYSTEM_ADMIN, by=world.system, since=TOMORROW)
        not_allowed(lambda: services.suspend(world.official.user, reason="x", actor=world.keeper))


class TestLastAdministrator:
    def test_the_last_system_administrator_stays(self, world):
        said = broken(lambda: services.end_membership(world.system, last_day=DAY))
        assert "cuối cùng" in said
        broken(lambda: services.suspend(world.system.user, reason="x"))
        terms = {"role": Role.OFFICIAL, "title": "x", "since": TOMORROW}
        broken(lambda: services.move_member(world.system, world.ubnd, **terms))

    def test_one_who_cannot_sign_in_or_will_end_does_not_count(self, world):
        invited, _token = services.invite_person(
            "Lê Văn Bình", username="binh", email="", agency=world.office, role=Role.SYSTEM_ADMIN, title="Quản trị",
            since=BEGINNING, actor=world.system,
        )  # fmt: skip
        passing = make_member(world.ubnd)
        give(world, passing.user, world.office, Role.SYSTEM_ADMIN, by=world.system, until=date(2022, 12, 31))
        suspended = make_member(world.office, Role.SYSTEM_ADMIN)
        services.suspend(suspended.user, reason="Nghỉ việc", actor=world.system)
        broken(lambda: services.end_membership(world.system, last_day=DAY))
        invited.set_password("mot-mat-khau-dai-2022")
        invited.save()
        assert services.end_membership(world.system, last_day=DAY).valid_to == DAY

    def test_another_one_may_take_over(self, world):
        other = make_member(world.ubnd, Role.SYSTEM_ADMIN)
        assert services.end_membership(world.system, last_day=DAY, actor=other).valid_to == DAY

    def test_a_unit_keeps_its_last_administrator_unless_the_system_wants_it_so(self, world):
        below = make_member(world.commune, Role.UNIT_ADMIN)
        said = broken(lambda: services.end_membership(below, last_day=DAY, actor=world.keeper))
        assert "người quản trị hệ thống" in said
        broken(lambda: services.suspend(below.user, reason="x", actor=world.keeper))
        second = make_member(world.commune, Role.UNIT_ADMIN)
        services.end_membership(second, last_day=YESTERDAY, actor=world.keeper)
        assert services.end_membership(below, last_day=DAY, actor=world.system).valid_to == DAY


class TestPeriods:
    def test_a_role_cannot_end_before_it_began(self, world):
        begun = give(world, world.official.user, world.office, since=DAY)
        broken(lambda: services.end_membership(begun, last_day=YESTERDAY, actor=world.keeper), "last_day")
        broken(lambda: give(world, world.villager.user, world.ubnd, since=DAY, until=YESTERDAY), "until")
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.filter(pk=begun.pk).update(valid_to=YESTERDAY)

    def test_roles_live_no_longer_than_their_agency(self, world):
        end_agency(world.ubnd, last_day=date(2022, 6, 30))
        assert give(world, world.villager.user, world.ubnd).valid_to == date(2022, 6, 30)
        broken(lambda: give(world, world.keeper.user, world.ubnd, by=world.system, until=date(2022, 7, 1)), "until")
        broken(lambda: give(world, world.keeper.user, world.ubnd, by=world.system, since=date(2022, 7, 1)), "agency")
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(
                user=world.villager.user, agency=world.ubnd, role=Role.LEADER, title="x", valid_from=date(2022, 7, 1)
            )

    def test_nobody_acts_in_an_agency_that_has_ended(self, world, sign_in):
        client = sign_in(world.official)
        assert client.get("/viec-cua-toi/").status_code == 200
        end_agency(world.ubnd, last_day=YESTERDAY)
        assert client.get("/viec-cua-toi/").status_code == 403

    def test_a_suspended_account_gets_no_role(self, world):
        services.suspend(world.official.user, reason="Nghỉ việc", actor=world.keeper)
        broken(lambda: give(world, world.official.user, world.office))

    def test_the_same_role_is_not_given_twice_at_a_time(self, world):
        broken(lambda: give(world, world.official.user, world.ubnd), "role")
        give(world, world.official.user, world.ubnd, Role.SECRETARY)

    def test_an_ending_is_not_put_off_over_the_next_role(self, world):
        first = give(world, world.villager.user, world.ubnd, until=date(2022, 6, 30))
        give(world, world.villager.user, world.ubnd, since=date(2022, 7, 1))
        broken(lambda: services.end_membership(first, last_day=date(2022, 8, 1), actor=world.keeper), "last_day")

    def test_a_move_after_the_last_day_leaves_that_day_alone(self, world):
        first = give(world, world.villager.user, world.ubnd, until=date(2022, 6, 30))
        terms = {"role": Role.LEADER, "title": "Trưởng", "since": date(2022, 9, 1), "actor": world.keeper}
        services.move_member(first, world.ubnd, **terms)
        first.refresh_from_db()
        assert first.valid_to == date(2022, 6, 30)

    def test_no_role_begins_after_the_unit_has_ended(self, world):
        end_unit(world.commune.unit, last_day=DAY)
        broken(lambda: give(world, world.official.user, world.commune, since=TOMORROW), "agency")

    def test_what_has_ended_is_not_ended_again(self, world):
        services.end_membership(world.official, last_day=YESTERDAY, actor=world.keeper)
        with pytest.raises(Conflict):
            services.end_membership(world.official, last_day=DAY, actor=world.keeper)
        with pytest.raises(Conflict):
            services.move_member(
                world.official, world.office, role=Role.OFFICIAL, title="x", since=TOMORROW, actor=world.keeper
            )


class TestAtTheNextClick:
    def test_a_moved_person_acts_there_and_no_longer_here(self, world, sign_in):
        """Abuse case 15."""
        client = sign_in(world.official)
        assert client.get("/them/").context["shell"].actor == world.official
        moved = services.move_member(
            world.official, world.commune, role=Role.SECRETARY, title="Thư ký", since=DAY, actor=world.keeper
        )
        world.official.refresh_from_db()
        assert (world.official.valid_to, moved.valid_from) == (YESTERDAY, DAY)
        assert client.get("/them/").context["shell"].actor == moved
        assert client.get("/chuong-trinh/tao/").status_code == 200
        kept = AuditEntry.objects.filter(action=AuditAction.MOVED).get()
        assert (kept.before["agency"], kept.after["agency"]) == ("ubnd", "ubnd-x")

    def test_a_role_given_and_moved_on_one_day_leaves_nothing_behind(self, world, sign_in):
        begun = give(world, world.villager.user, world.ubnd)
        client = sign_in(begun)
        assert client.get("/them/").context["shell"].actor == begun
        moved = services.move_member(
            begun, world.office, role=Role.OFFICIAL, title="Chuyên viên", since=DAY, actor=world.keeper
        )
        begun.refresh_from_db()
        assert begun.revoked_at is not None and begun.valid_to == DAY
        assert set(client.get("/them/").context["shell"].memberships) == {world.villager, moved}

    def test_a_role_taken_back_at_once_is_gone_at_once(self, world, sign_in):
        begun = give(world, world.villager.user, world.ubnd, Role.UNIT_ADMIN)
        client = sign_in(begun)
        assert client.get("/quan-tri/nguoi-dung/").status_code == 200
        services.end_membership(begun, last_day=None, actor=world.system)
        assert client.get("/quan-tri/nguoi-dung/").status_code == 403

    def test_a_move_never_begins_before_the_role_it_ends(self, world):
        begun = give(world, world.villager.user, world.ubnd)
        terms = {"role": Role.OFFICIAL, "title": "x", "since": YESTERDAY, "actor": world.keeper}
        broken(lambda: services.move_member(begun, world.office, **terms), "since")
        whole = terms | {"since": world.villager.valid_from}
        broken(lambda: services.move_member(world.villager, world.office, **whole), "since")
        same = terms | {"since": TOMORROW}
        broken(lambda: services.move_member(begun, world.ubnd, **same), "agency")

    def test_a_suspended_account_is_out_and_a_restored_one_in_again(self, world, sign_in):
        """Abuse case 16."""
        client = sign_in(world.official)
        assert client.get("/viec-cua-toi/").status_code == 200
        services.suspend(world.official.user, reason="Nghỉ việc", actor=world.keeper)
        assert client.get("/viec-cua-toi/").status_code == 302
        assert client.post("/nhiem-vu/tao/", {"title": "x"}).status_code in (302, 403)
        services.restore(world.official.user, actor=world.keeper)
        assert sign_in(world.official).get("/viec-cua-toi/").status_code == 200

    def test_a_suspension_has_a_reason_and_is_not_repeated(self, world):
        broken(lambda: services.suspend(world.official.user, reason=" ", actor=world.keeper), "reason")
        services.suspend(world.official.user, reason="Nghỉ việc", actor=world.keeper)
        with pytest.raises(Conflict):
            services.suspend(world.official.user, reason="Nghỉ việc", actor=world.keeper)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=world.official.user_id).update(suspension_reason="")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=world.official.user_id).update(is_active=True)


class TestInvitations:
    def test_person_account_role_and_link_come_together(self, world):
        user, token = services.invite_person(
            "lê văn bình", username="Binh-LV", email="", agency=world.ubnd, role=Role.OFFICIAL, title="Chuyên viên",
            since=DAY, actor=world.keeper,
        )  # fmt: skip
        assert (user.username, user.person.full_name) == ("binh-lv", "Lê Văn Bình")
        assert state_of(user, ()) == AccountState.INVITED
        assert len(token) >= 32 and user.memberships.get().agency == world.ubnd
        acts = AuditEntry.objects.filter(actor_id=world.keeper.pk).order_by("sequence")
        assert [(entry.action, entry.object_kind) for entry in acts] == [
            (AuditAction.CREATED, "agencies.person"),
            (AuditAction.CREATED, "agencies.user"),
            (AuditAction.CREATED, "agencies.membership"),
            (AuditAction.INVITED, "agencies.user"),
        ]
        assert token not in str(list(acts.values()))

    @pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.OFFICIAL])
    def test_nothing_is_left_of_an_invitation_that_is_refused(self, world, role):
        agency = world.ubnd if role == Role.SYSTEM_ADMIN else world.foreign
        terms = {"username": "binh", "email": "", "agency": agency, "title": "x", "since": DAY, "actor": world.keeper}
        not_allowed(lambda: services.invite_person("Lê Văn Bình", role=role, **terms))

    @pytest.mark.parametrize("username", ["", "thu ky", "Thư-ký", "a" * 61, "-a", "a--b", "x@y"])
    def test_a_user_name_that_cannot_be_typed_is_refused(self, world, username):
        terms = {"email": "", "agency": world.ubnd, "role": Role.OFFICIAL, "title": "x", "since": DAY}
        broken(
            lambda: services.invite_person("Lê Văn Bình", username=username, actor=world.keeper, **terms), "username"
        )

    def test_a_person_has_one_account_and_a_user_name_one_owner(self, world):
        terms = {"email": "", "agency": world.ubnd, "role": Role.OFFICIAL, "title": "x", "since": DAY}
        user, _token = services.invite_person("Lê Văn Bình", username="binh", actor=world.keeper, **terms)
        broken(lambda: services.invite_person(user.person, username="b2", actor=world.keeper, **terms), "person")
        broken(lambda: services.invite_person("Lê Văn Bình", username="binh", actor=world.keeper, **terms), "username")


def test_states_are_told_in_their_order(world):
    user = world.official.user
    assert state_of(user, ()) == AccountState.ACTIVE
    assert state_of(user, {user.pk}) == AccountState.LOCKED
    user.set_unusable_password()
    assert state_of(user, {user.pk}) == AccountState.INVITED
    user.is_active = False
    assert state_of(user, {user.pk}) == AccountState.SUSPENDED
