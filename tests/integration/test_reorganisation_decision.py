"""What a decision needs before it is applied, who may apply it, and what happens when two do so at once."""

from datetime import date, timedelta

import pytest

from agencies.access.enums import Role
from agencies.models import Agency, Reorganisation
from agencies.reorganisation import services as acts
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import Heir, PlanUnreadable, StepPlan
from agencies.reorganisation.queries import effects_of
from agencies.units.enums import UnitKind
from coordination.reorganisation import services
from coordination.reorganisation.queries import preview_of
from records import clock
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.conftest import CONFERENCE_DAY
from tests.factories.people import make_member
from tests.factories.programs import make_program
from tests.factories.reorganisations import Land, add, apply, everything, make_act, make_land
from tests.factories.tasks import make_task

DAY, EVE = CONFERENCE_DAY, CONFERENCE_DAY - timedelta(days=1)
UNIT, AGENCY = Subject.UNIT, Subject.AGENCY
RENAME, MERGE, SPLIT, CLOSE, MOVE = StepKind.RENAME, StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE, StepKind.MOVE


@pytest.fixture
def land(db) -> Land:
    return make_land()


@pytest.fixture
def act(land) -> Reorganisation:
    return make_act(land)


def planned(*bodies, heirs=(), **more) -> StepPlan:
    return StepPlan(tuple(body.pk for body in bodies), tuple(Heir(heir.pk) for heir in heirs), **more)


class TestDecision:
    """Number and days are needed to apply, and stand in order."""

    def test_it_is_not_made_after_its_effect(self, land):
        with pytest.raises(RuleBroken) as refusal:
            make_act(land, decided_on=date(2022, 4, 1))
        assert refusal.value.field == "decided_on"
        assert not Reorganisation.objects.exists()

    def test_on_the_same_day_is_in_order(self, land):
        assert make_act(land, decided_on=DAY).decided_on == DAY

    @pytest.mark.parametrize("lacking", ["number", "decided_on", "effective_on"])
    def test_what_is_lacking_is_named_and_stops_it(self, land, lacking):
        act = make_act(land)
        Reorganisation.objects.filter(pk=act.pk).update(**{lacking: "" if lacking == "number" else None})
        act.refresh_from_db()
        add(act, AGENCY, CLOSE, [land.hnd])
        assert lacking in [problem.field for problem in effects_of(act).stops]
        before = everything()
        with pytest.raises(RuleBroken):
            apply(act)
        assert everything() == before

    def test_without_a_step_there_is_nothing_to_apply(self, act):
        assert [problem.field for problem in effects_of(act).stops] == ["steps"]

    def test_not_before_its_day(self, land):
        act = make_act(land, on=DAY + timedelta(days=1))
        add(act, AGENCY, CLOSE, [land.hnd])
        before = everything()
        with pytest.raises(RuleBroken) as refusal:
            apply(act)
        assert "31/3/2022" in str(refusal.value)
        assert everything() == before
        with clock.standing_at(clock.now() + timedelta(days=1)):
            apply(act)
        assert Agency.objects.get(pk=land.hnd.pk).valid_to == DAY


class TestOpenWork:
    """An agency with open work ends only when someone takes it over."""

    def test_the_receiver_is_asked_for(self, act, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        make_task(program, lead=land.btg)
        add(act, AGENCY, CLOSE, [land.btg])
        stops = preview_of(act).stops
        assert [problem.field for problem in stops] == ["heir_0"]
        assert "1 nhiệm vụ đang mở" in stops[0].text
        before = everything()
        with pytest.raises(RuleBroken):
            apply(act)
        assert everything() == before

    def test_nobody_confirms_what_it_leads(self, act, land):
        """Where no third party is left to confirm, it is to be decided before."""
        program = make_program("signed", agencies=[land.ubnd, land.btg])
        make_task(program, lead=land.btg)
        add(act, AGENCY, MERGE, [land.ubnd], [land.btg])
        assert any("xác nhận" in problem.text for problem in preview_of(act).stops)


class TestWho:
    """Unit administrators keep their own unit and those below it; content gives no right."""

    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.SECRETARY, Role.ORGANISER])
    def test_nobody_else_prepares_one(self, land, role):
        with pytest.raises(NotAllowed) as refusal:
            make_act(land, scope=land.district, actor=make_member(land.ubnd, role))
        assert "quản trị" in str(refusal.value)

    def test_a_unit_administrator_keeps_to_the_own_unit(self, land):
        assert make_act(land, scope=land.district, actor=land.unit_admin)
        assert make_act(land, scope=land.north, actor=land.unit_admin)
        for scope in (land.province, land.neighbour):
            with pytest.raises(NotAllowed):
                make_act(land, scope=scope, actor=land.unit_admin)

    def test_an_act_of_another_scope_is_not_even_seen(self, act, land):
        assert not Reorganisation.objects.visible_to(land.unit_admin).filter(pk=act.pk).exists()
        with pytest.raises(NotAllowed) as refusal:
            services.apply(act, actor=land.unit_admin, revision=1, digest="")
        assert refusal.value.decision.hidden


class TestTogether:
    """Two administrators at once: whoever comes second reads what changed first."""

    def test_an_old_revision_is_a_conflict(self, act, land):
        add(act, AGENCY, CLOSE, [land.hnd])
        with pytest.raises(Conflict):
            acts.add_step(act, actor=land.admin, revision=1, subject=AGENCY, kind=CLOSE, plan=planned(land.mttq))
        assert act.steps.count() == 1

    def test_an_applied_act_is_neither_changed_nor_applied_again(self, act, land):
        add(act, AGENCY, CLOSE, [land.hnd])
        seen = apply(act)
        before = everything()
        with pytest.raises(Conflict):
            services.apply(act, actor=land.admin, revision=act.revision, digest=seen.digest)
        with pytest.raises(Conflict):
            acts.discard(act, actor=land.admin, revision=act.revision)
        with pytest.raises(Conflict):
            acts.remove_step(act.steps.get(), actor=land.admin, revision=act.revision)
        assert everything() == before

    def test_a_world_that_changed_is_previewed_anew(self, act, land):
        add(act, AGENCY, MERGE, [land.btg], [land.bdv])
        act.refresh_from_db()
        seen = preview_of(act)
        make_member(land.btg)
        before = everything()
        with pytest.raises(services.PreviewChanged):
            services.apply(act, actor=land.admin, revision=act.revision, digest=seen.digest)
        assert everything() == before
        assert len(preview_of(act).effects.people.members) == len(seen.effects.people.members) + 1


class TestLastAdministrator:
    """Nobody is left without an administrator by a reorganisation."""

    def test_the_last_one_of_the_portal_does_not_go_with_a_closed_agency(self, land):
        act = make_act(land)
        add(act, AGENCY, CLOSE, [land.agencies["of_province"]])
        before = everything()
        with pytest.raises(RuleBroken):
            apply(act)
        assert everything() == before

    def test_one_whose_agency_is_merged_goes_on(self, land):
        act = make_act(land)
        add(act, AGENCY, MERGE, [land.vp], [land.ubnd])
        apply(act)
        roles = land.unit_admin.user.memberships.usable_on(DAY)
        assert [(role.role, role.agency) for role in roles] == [(Role.UNIT_ADMIN, land.ubnd)]


def test_steps_that_name_what_another_founds_keep_it(act, land):
    add(act, UNIT, MERGE, [land.north], [(UnitKind.COMMUNE, "Sơn Hải")])
    add(act, UNIT, MERGE, [land.south], ["1.h0"])
    act.refresh_from_db()
    with pytest.raises(RuleBroken):
        acts.remove_step(act.steps.get(position=1), actor=land.admin, revision=act.revision)
    assert act.steps.count() == 2


@pytest.mark.parametrize(
    "broken",
    [
        {}, [], None, "x",  {"bodies": ["1"]}, {"bodies": [True]}, {"bodies": [1], "more": 1},
        {"bodies": [1], "heirs": [{"body": None, "share": 100, "is_main": True}]},
    ],
)  # fmt: skip
def test_a_plan_nobody_wrote_is_never_carried_out(broken):
    whole = StepPlan((1,)).to_json()
    with pytest.raises(PlanUnreadable):
        StepPlan.from_json({**whole, **broken} if isinstance(broken, dict) and broken else broken)
