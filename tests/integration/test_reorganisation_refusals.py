"""What a reorganisation may not do: each refusal names its reason beside the field, and nothing changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from agencies.directory.services import Naming, end_agency, found_agency
from agencies.models import Agency, Reorganisation
from agencies.reorganisation import services as acts
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import Fate, Heir, StepPlan, UnitNaming
from agencies.reorganisation.queries.bodies import naming_of
from agencies.units.enums import UnitKind
from agencies.units.services import end_unit
from records.errors import RuleBroken
from tests.conftest import CONFERENCE_DAY
from tests.factories.reorganisations import Land, add, apply, everything, make_act, make_land, usual_step

DAY, EVE = CONFERENCE_DAY, CONFERENCE_DAY - timedelta(days=1)
UNIT, AGENCY = Subject.UNIT, Subject.AGENCY
RENAME, MERGE, SPLIT, CLOSE, MOVE = StepKind.RENAME, StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE, StepKind.MOVE


@pytest.fixture
def land(db) -> Land:
    return make_land()


@pytest.fixture
def act(land) -> Reorganisation:
    return make_act(land)


def refused(act, subject, kind, plan, field: str) -> str:
    """Adding a step is refused beside a field; why. Nothing was written."""
    before, revision = everything(), act.revision
    with pytest.raises(RuleBroken) as refusal:
        acts.add_step(act, actor=act.prepared_by, revision=revision, subject=subject, kind=kind, plan=plan)
    assert refusal.value.field == field
    assert everything() == before
    assert not act.steps.exists()
    return str(refusal.value)


def planned(*bodies, heirs=(), **more) -> StepPlan:
    return StepPlan(tuple(body.pk for body in bodies), tuple(Heir(heir.pk) for heir in heirs), **more)


def later_agency(land: Land, since: date) -> Agency:
    """An agency of the district that begins on a day."""
    naming = Naming(**vars(_naming(land.bdv, "Cơ quan mới")))
    return found_agency(land.district, code="moi", kind=land.bdv.kind, naming=naming, valid_from=since)


class TestBodies:
    """What the decision acts on is there, is in the scope, and has no later history."""

    def test_nothing_chosen(self, act):
        assert "ít nhất một" in refused(act, AGENCY, MERGE, StepPlan(()), "bodies")

    def test_what_has_ended(self, act, land):
        end_agency(land.btg, last_day=date(2022, 1, 31))
        assert "đã kết thúc ngày 31/01/2022" in refused(act, AGENCY, CLOSE, planned(land.btg), "bodies")

    def test_what_was_succeeded_already_names_the_successor(self, act, land):
        first = make_act(land, on=date(2022, 3, 10))
        add(first, AGENCY, MERGE, [land.btg], [land.bdv])
        apply(first)
        why = refused(act, AGENCY, MERGE, planned(land.btg, heirs=[land.mttq]), "bodies")
        assert "nay là Ban Dân vận Huyện ủy" in why

    def test_what_did_not_exist_the_day_before(self, act, land):
        new = later_agency(land, DAY)
        assert "mới có từ ngày 30/3/2022" in refused(act, AGENCY, CLOSE, planned(new), "bodies")

    def test_a_day_before_a_later_act_on_the_same_body(self, land):
        later = make_act(land)
        add(later, AGENCY, RENAME, [land.btg], change=_named("Ban Một"))
        apply(later)
        earlier = make_act(land, on=date(2022, 3, 10))
        assert "30/3/2022" in refused(earlier, AGENCY, CLOSE, planned(land.btg), "bodies")

    def test_a_day_before_something_else_passed_to_it(self, land):
        later = make_act(land)
        add(later, AGENCY, MERGE, [land.btg], [land.bdv])
        apply(later)
        earlier = make_act(land, on=date(2022, 3, 10))
        plan = planned(land.bdv, agency_naming=_naming(land.bdv, "Ban Một"))
        assert "30/3/2022" in refused(earlier, AGENCY, RENAME, plan, "bodies")

    def test_what_lies_outside_the_scope(self, land):
        act = make_act(land, scope=land.district)
        why = refused(act, AGENCY, CLOSE, planned(land.agencies["of_neighbour"]), "bodies")
        assert "huyện Một" in why
        assert "huyện Một" in refused(act, UNIT, CLOSE, planned(land.neighbour), "bodies")

    def test_two_steps_that_change_the_same_body(self, act, land):
        add(act, AGENCY, RENAME, [land.btg], change=_named("Ban Một"))
        act.refresh_from_db()
        with pytest.raises(RuleBroken) as refusal:
            acts.add_step(
                act, actor=land.admin, revision=act.revision, subject=AGENCY, kind=CLOSE, plan=planned(land.btg)
            )
        assert (refusal.value.field, "bước 1" in str(refusal.value)) == ("bodies", True)

    def test_an_agency_changed_by_itself_and_with_its_unit(self, act, land):
        add(act, UNIT, MERGE, [land.north], [land.south])
        act.refresh_from_db()
        plan = planned(land.agencies["north"])
        with pytest.raises(RuleBroken) as refusal:
            acts.add_step(act, actor=land.admin, revision=act.revision, subject=AGENCY, kind=CLOSE, plan=plan)
        assert refusal.value.field == "bodies"


class TestSuccessors:
    """A successor is there on the day, goes on, lies in the scope, and is not what passes to it."""

    def test_one_that_begins_later(self, land):
        act = make_act(land, on=date(2022, 3, 1))
        new = later_agency(land, date(2022, 3, 15))
        assert "15/3/2022" in refused(act, AGENCY, MERGE, planned(land.btg, heirs=[new]), "heir_0")

    def test_one_that_has_ended(self, act, land):
        end_agency(land.bdv, last_day=date(2022, 2, 28))
        assert "28/02/2022" in refused(act, AGENCY, MERGE, planned(land.btg, heirs=[land.bdv]), "heir_0")

    def test_a_unit_that_has_ended(self, act, land):
        end_unit(land.south, last_day=date(2022, 2, 28))
        plan = planned(land.north, heirs=[land.south])
        assert "28/02/2022" in refused(act, UNIT, MERGE, plan, "heir_0")

    def test_itself(self, act, land):
        refused(act, AGENCY, MERGE, planned(land.btg, land.bdv, heirs=[land.bdv]), "heir_0")

    def test_the_same_one_twice(self, act, land):
        heirs = (Heir(land.bdv.pk, 50), Heir(land.bdv.pk, 50, False))
        refused(act, AGENCY, SPLIT, StepPlan((land.btg.pk,), heirs), "heir_0")

    def test_one_of_another_scope(self, land):
        act = make_act(land, scope=land.district)
        refused(act, AGENCY, MERGE, planned(land.btg, heirs=[land.agencies["of_neighbour"]]), "heir_0")

    def test_none_for_a_merger(self, act, land):
        refused(act, AGENCY, MERGE, planned(land.btg), "heir_0")

    def test_two_that_would_succeed_each_other(self, act, land):
        """A circle: what ends by one step cannot take over in another."""
        add(act, AGENCY, MERGE, [land.btg], [land.bdv])
        act.refresh_from_db()
        with pytest.raises(RuleBroken):
            acts.add_step(
                act, actor=land.admin, revision=act.revision, subject=AGENCY, kind=MERGE,
                plan=planned(land.bdv, heirs=[land.btg]),
            )  # fmt: skip
        assert act.steps.count() == 1

    def test_nothing_described_under_that_key(self, act, land):
        refused(act, AGENCY, MERGE, StepPlan((land.btg.pk,), (Heir("9.h0"),)), "heir_0")


class TestShares:
    """Whole percents that make 100; less only when the body goes on with the rest."""

    @pytest.mark.parametrize(
        ("shares", "field"),
        [
            ((60, 50), "share_1"),
            ((60, 30), "share_1"),
            ((0, 100), "share_0"),
            ((50, 101), "share_1"),
            ((-1, 101), "share_0"),
        ],
    )
    def test_they_make_the_whole(self, act, land, shares, field):
        first, second = shares
        heirs = (Heir(land.bdv.pk, first), Heir(land.mttq.pk, second, False))
        refused(act, AGENCY, SPLIT, StepPlan((land.btg.pk,), heirs), field)

    def test_a_rest_stays_with_the_body_that_goes_on(self, act, land):
        heirs = (Heir(land.bdv.pk, 100, False),)
        refused(act, AGENCY, SPLIT, StepPlan((land.btg.pk,), heirs, goes_on=True), "share_0")

    @pytest.mark.parametrize("mains", [(False, False), (True, True)])
    def test_exactly_one_goes_on_with_the_work(self, act, land, mains):
        heirs = (Heir(land.bdv.pk, 50, mains[0]), Heir(land.mttq.pk, 50, mains[1]))
        refused(act, AGENCY, SPLIT, StepPlan((land.btg.pk,), heirs), "main")

    def test_one_successor_alone_is_no_split(self, act, land):
        refused(act, AGENCY, SPLIT, StepPlan((land.btg.pk,), (Heir(land.bdv.pk),)), "heir_0")


class TestPlaces:
    """Nothing lies below itself, below its equals, or where it lies already."""

    def test_a_circle_of_agencies(self, land):
        first = make_act(land, on=date(2022, 3, 10))
        add(first, AGENCY, MOVE, [land.hnd], change=lambda plan: replace(plan, parent=land.mttq.pk))
        apply(first)
        act = make_act(land)
        why = refused(act, AGENCY, MOVE, planned(land.mttq, parent=land.hnd.pk), "parent")
        assert "dưới" in why or "trực thuộc" in why

    def test_below_itself(self, act, land):
        refused(act, AGENCY, MOVE, planned(land.hnd, parent=land.hnd.pk), "parent")

    def test_a_unit_below_its_equal(self, act, land):
        refused(act, UNIT, MOVE, planned(land.north, parent=land.south.pk), "parent")

    def test_where_it_lies_already(self, act, land):
        refused(act, UNIT, MOVE, planned(land.north, parent=land.district.pk), "parent")

    def test_below_what_has_ended(self, act, land):
        end_agency(land.mttq, last_day=date(2022, 2, 28))
        refused(act, AGENCY, MOVE, planned(land.hnd, parent=land.mttq.pk), "parent")


class TestUnitsAndTheirAgencies:
    """Of every agency of a unit that ends it is said what becomes of it."""

    def test_none_is_forgotten(self, act, land):
        plan = replace(usual_step(act, UNIT, MERGE, [land.north], [land.south]), fates=())
        why = refused(act, UNIT, MERGE, plan, f"fate_{land.agencies['north'].pk}_0")
        assert "UBND xã Bắc Sơn" in why

    def test_it_passes_within_the_successor_of_its_unit(self, act, land):
        plan = usual_step(act, UNIT, MERGE, [land.north], [land.south])
        fate = Fate(land.agencies["north"].pk, (Heir(land.ubnd.pk),))
        refused(act, UNIT, MERGE, replace(plan, fates=(fate,)), f"fate_{land.agencies['north'].pk}_0")

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"code": "HM"}, "heir_0_code"),
            ({"code": "chữ thường"}, "heir_0_code"),
            ({"bare_name": "", "name": ""}, "heir_0_bare_name"),
            ({"kind": UnitKind.SPECIAL_ZONE}, "heir_0_kind"),
        ],
    )
    def test_a_new_unit_is_described_wholly_and_in_the_words_of_its_time(self, act, land, change, field):
        plan = usual_step(act, UNIT, MERGE, [land.north, land.south], [(UnitKind.COMMUNE, "Sơn Hải")])
        refused(act, UNIT, MERGE, replace(plan, units=(replace(plan.units[0], **change),)), field)

    def test_two_new_agencies_do_not_share_a_code(self, act, land):
        plan = usual_step(act, UNIT, MERGE, [land.north, land.south], [(UnitKind.COMMUNE, "Sơn Hải")])
        twice = (plan.agencies[0], replace(plan.agencies[0], key="1.a0x9"))
        refused(act, UNIT, MERGE, replace(plan, agencies=twice), "agency_a0x0_code")

    def test_a_new_name_is_new(self, act, land):
        plan = planned(land.north, unit_naming=UnitNaming(UnitKind.COMMUNE, "xã Bắc Sơn", "Bắc Sơn"))
        refused(act, UNIT, RENAME, plan, "bare_name")
        refused(act, AGENCY, RENAME, planned(land.btg, agency_naming=_naming(land.btg, land.btg.current_name)), "name")

    def test_a_kind_of_another_level_is_no_name_for_a_unit(self, act, land):
        plan = planned(land.north, unit_naming=UnitNaming(UnitKind.DISTRICT, "huyện Bắc Sơn", "Bắc Sơn"))
        refused(act, UNIT, RENAME, plan, "kind")


def _named(name: str):
    return lambda plan: replace(plan, agency_naming=replace(plan.agency_naming, name=name, short_name=name))


def _naming(agency: Agency, name: str):
    return replace(naming_of(agency.name_on(EVE)), name=name)
