"""What each kind of step means for agencies and for units."""

from dataclasses import replace
from datetime import date

import pytest

from agencies.access.enums import Role
from agencies.models import (
    AdminUnit,
    Agency,
    AgencyName,
    AgencySuccession,
    Membership,
    OfficeHolding,
    OfficeService,
    UnitParent,
    UnitReach,
    UnitSuccession,
)
from agencies.units.enums import SuccessionKind, UnitKind
from coordination.models import TaskRole
from coordination.reorganisation.queries import preview_of
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from tests.factories.people import make_agency, make_holder, make_member
from tests.factories.reorganisations import NUMBER, Land, add, apply, everything, make_act
from tests.integration.reorganising import (
    AGENCY,
    DAY,
    EVE,
    MERGE,
    MOVE,
    UNIT,
    carried_out,
    close_unit,
    close_with_receiver,
    merge_districts,
    merge_into_existing,
    merge_into_new,
    merge_units,
    merge_units_into_existing,
    move_unit,
    named,
    pass_to_new,
    rename_agency,
    rename_unit,
    split_by_shares,
    split_off,
    split_unit,
    working_land,
)


@pytest.fixture
def land(db) -> Land:
    return working_land()


class TestAgencies:
    """What each kind means for agencies."""

    def test_a_renamed_agency_stays_the_same_one_and_keeps_its_old_name_for_old_days(self, land):
        carried_out(land, rename_agency)
        agency = Agency.objects.get(pk=land.btg.pk)
        assert agency.name_on(EVE).name == "Ban Tuyên giáo Huyện ủy"
        assert agency.name_on(DAY).name == agency.current_name == "Ban Tuyên giáo và Dân vận"
        assert not AgencySuccession.objects.exists()
        assert agency.memberships.usable_on(DAY).count() == 3

    def test_merged_agencies_end_the_day_before_and_their_members_go_on_in_the_new_one(self, land):
        carried_out(land, merge_into_new)
        old = AgencySuccession.objects.select_related("successor").order_by("predecessor_id")
        assert [(one.kind, one.share_percent, one.is_main) for one in old] == [(SuccessionKind.MERGED, 100, True)] * 2
        new = old[0].successor
        assert new.valid_from == DAY
        assert new.offices.get().is_head
        roles = Membership.objects.usable_on(DAY).filter(agency=new)
        assert sorted(roles.values_list("role", flat=True)) == ["leader"] * 2 + ["official"] * 2 + ["secretary"] * 2
        assert all(one.valid_from == DAY for one in roles)

    def test_whoever_had_the_same_role_in_both_has_it_once(self, land):
        both = land.members["btg official"]
        Membership.objects.create(
            user=both.user, agency=land.bdv, role=Role.OFFICIAL, title="Cũng ở đây", valid_from=date(2021, 1, 1)
        )
        carried_out(land, merge_into_new)
        assert Membership.objects.usable_on(DAY).filter(user=both.user).count() == 1

    def test_one_agency_passing_to_a_new_one_is_only_called_otherwise(self, land):
        carried_out(land, pass_to_new)
        assert AgencySuccession.objects.get().kind == SuccessionKind.RENAMED

    def test_only_the_main_successor_of_a_split_goes_on_with_the_work(self, land):
        carried_out(land, split_by_shares)
        main, other = AgencySuccession.objects.order_by("-is_main").select_related("successor")
        assert (main.successor_id, main.share_percent, other.share_percent) == (land.bdv.pk, 50, 50)
        assert TaskRole.objects.filter(agency=land.bdv).exists()
        assert not TaskRole.objects.filter(agency=other.successor).exists()
        assert land.members["bdv official"].acts_for(land.btg.pk)
        assert not make_member(other.successor).acts_for(land.btg.pk)

    def test_what_is_split_and_goes_on_keeps_members_and_work(self, land):
        carried_out(land, split_off)
        assert Agency.objects.get(pk=land.btg.pk).valid_to is None
        row = AgencySuccession.objects.get()
        assert (row.kind, row.share_percent, row.is_main) == (SuccessionKind.SPLIT, 30, False)
        assert land.members["btg official"].agency.memberships.usable_on(DAY).count() == 3
        assert TaskRole.objects.filter(agency=land.btg).exists()

    def test_after_closing_nobody_goes_along_and_the_receiver_acts_for_it(self, land):
        carried_out(land, close_with_receiver)
        assert not Membership.objects.usable_on(DAY).filter(agency=land.btg).exists()
        assert Membership.objects.usable_on(DAY).filter(agency=land.bdv).count() == 3
        assert land.members["bdv official"].acts_for(land.btg.pk)
        assert AgencySuccession.objects.get().kind == SuccessionKind.CLOSED

    def test_a_holder_of_a_post_of_what_ends_holds_it_until_the_day_before(self, land):
        carried_out(land, merge_into_new)
        holding = OfficeHolding.objects.get()
        assert (holding.valid_to, holding.ended_by[: len(NUMBER)]) == (EVE, NUMBER)

    def test_an_office_goes_on_serving_the_successor(self, land):
        act = make_act(land)
        add(act, AGENCY, MERGE, [land.ubnd], [""], change=named("UBND huyện mới"))
        apply(act)
        new = AgencySuccession.objects.get().successor
        assert OfficeService.objects.on(DAY).get().served == new
        assert {land.ubnd.pk, new.pk} <= land.members["vp secretary"].agency_ids()

    def test_agencies_below_one_that_ends_stand_below_its_successor(self, land):
        first = make_act(land, on=date(2022, 3, 10))
        add(first, AGENCY, MOVE, [land.hnd], change=lambda plan: replace(plan, parent=land.btg.pk))
        apply(first)
        _act, seen = carried_out(land, merge_into_existing)
        assert [(one.body, one.follows) for one in seen.effects.bodies.placed] == [(land.hnd.pk, True)]
        assert Agency.objects.get(pk=land.hnd.pk).name_on(DAY).parent == land.bdv
        assert Agency.objects.get(pk=land.hnd.pk).name_on(EVE).parent == land.btg

    def test_an_agency_never_stands_below_itself_when_it_takes_over_what_it_stood_below(self, land):
        first = make_act(land, on=date(2022, 3, 10))
        add(first, AGENCY, MOVE, [land.bdv], change=lambda plan: replace(plan, parent=land.btg.pk))
        apply(first)
        carried_out(land, merge_into_existing)
        assert Agency.objects.get(pk=land.bdv.pk).name_on(DAY).parent is None

    def test_it_is_told_once_for_each_body_and_each_task(self, land):
        last = AuditEntry.objects.order_by("-sequence").first().sequence
        carried_out(land, merge_into_new)
        entries = AuditEntry.objects.filter(sequence__gt=last)
        told = entries.filter(action=AuditAction.HANDED_OVER).values_list("object_kind", "object_id")
        tasks = [one for one in told if one[0] == "coordination.task"]
        agencies = [one for one in told if one[0] == "agencies.agency"]
        assert (len(tasks), len(set(tasks)), len(agencies)) == (1, 1, 1)
        assert entries.filter(action=AuditAction.ENDED, object_kind="agencies.agency").count() == 2


class TestUnits:
    """What each kind means for units."""

    def test_agencies_take_the_new_name_of_their_unit_along(self, land):
        carried_out(land, rename_unit)
        assert AdminUnit.objects.get(pk=land.north.pk).current_name == "xã Bắc Hải"
        assert Agency.objects.get(pk=land.agencies["north"].pk).current_name == "UBND xã Bắc Hải"
        assert not UnitSuccession.objects.exists()

    def test_merged_units_pass_with_their_agencies_and_are_below_what_they_were_below(self, land):
        carried_out(land, merge_units)
        new = UnitSuccession.objects.first().successor
        assert (new.current_name, new.valid_from) == ("xã Sơn Hải", DAY)
        agency = Agency.objects.get(unit=new)
        assert (agency.current_name, agency.code) == ("UBND xã Sơn Hải", "ubnd-son-hai")
        assert AgencySuccession.objects.filter(successor=agency).count() == 2
        assert UnitParent.objects.on(DAY).get(unit=new).parent == land.district
        assert UnitReach.objects.filter(above=land.province, below=new).exists()
        assert {land.north.pk, land.south.pk, new.pk} == make_member(agency).unit_ids()

    def test_agencies_pass_to_those_of_the_same_kind_in_a_unit_that_exists(self, land):
        carried_out(land, merge_units_into_existing)
        row = AgencySuccession.objects.get()
        assert (row.successor, row.kind) == (land.agencies["south"], SuccessionKind.MERGED)

    def test_shares_of_a_split_unit_make_the_whole(self, land):
        carried_out(land, split_unit)
        rows = list(UnitSuccession.objects.order_by("-is_main"))
        assert [(one.share_percent, one.is_main, one.kind) for one in rows] == [
            (50, True, SuccessionKind.SPLIT), (50, False, SuccessionKind.SPLIT),
        ]  # fmt: skip
        assert AgencySuccession.objects.filter(predecessor=land.agencies["north"]).count() == 2

    def test_a_closed_unit_has_no_successor_its_agencies_work_has_a_receiver(self, land):
        carried_out(land, close_unit)
        assert AdminUnit.objects.get(pk=land.north.pk).valid_to == EVE
        assert not UnitSuccession.objects.exists()
        assert AgencySuccession.objects.get().successor == land.agencies["south"]

    def test_a_moved_unit_is_kept_by_the_other_one_from_the_day_on(self, land):
        carried_out(land, move_unit)
        parents = UnitParent.objects.filter(unit=land.north).order_by("valid_from")
        assert [(one.parent, one.valid_to) for one in parents] == [(land.district, EVE), (land.neighbour, None)]

    def test_units_below_a_merged_one_follow_to_its_successor(self, land):
        _act, seen = carried_out(land, merge_districts)
        followed = {one.body for one in seen.effects.bodies.placed if one.follows and one.subject == UNIT}
        assert followed == {land.north.pk, land.south.pk}
        assert UnitParent.objects.on(DAY).get(unit=land.north).parent == land.neighbour
        assert UnitReach.objects.filter(above=land.neighbour, below=land.north).exists()

    def test_one_decision_may_found_a_unit_in_one_step_and_join_another_to_it_in_the_next(self, land):
        act = make_act(land)
        add(act, UNIT, MERGE, [land.north], [(UnitKind.COMMUNE, "Sơn Hải")])
        add(act, UNIT, MERGE, [land.south], ["1.h0"])
        apply(act)
        assert UnitSuccession.objects.values("successor").distinct().count() == 1
        assert AgencySuccession.objects.values("successor").distinct().count() == 1


def test_a_prepared_act_changes_nothing(land):
    before = everything()
    act = make_act(land, on=date(2025, 7, 1))
    merge_units(land, act)
    preview_of(act)
    assert everything() == before
    assert clock.today() < act.effective_on


def test_the_office_of_a_founded_agency_can_be_filled_at_once(land):
    carried_out(land, merge_into_new)
    new = AgencySuccession.objects.first().successor
    holder = make_holder(new.offices.get(), "Phạm Thị Hai", since=DAY)
    assert (holder.office.printed_title, holder.office.is_head) == (new.name_on(DAY).head_title, True)


def test_an_agency_of_another_unit_keeps_its_own(land):
    """What an act does not name it does not touch."""
    other = make_agency(land.neighbour, "khac", "Cơ quan khác")
    before = AgencyName.objects.get(agency=other)
    carried_out(land, merge_into_new)
    assert AgencyName.objects.get(agency=other) == before
