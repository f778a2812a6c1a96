"""Who may do what in an evaluation: every action × state × actor has one expected answer."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.evaluations import permissions
from coordination.evaluations import services as evaluations
from coordination.evaluations.enums import FindingKind
from coordination.evaluations.models import EvaluationRound
from records.errors import NotAllowed
from tests.factories.evaluations import keeper_of, make_round
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_parties, make_program

pytestmark = pytest.mark.django_db

OK, REFUSED, UNSEEN = "ok", "refused", "unseen"
STATES = ("open", "closed")
ACTIONS = ("self A", "self B", "A on B", "B on A", "A on itself", "finding", "verify", "conclude", "close")

# While the round is open; nobody may do anything once it is closed. A drafts; B is the other party.
MAY = {
    "secretary A": {"self A", "A on B", "finding", "verify", "close"},
    "leader A": {"self A", "A on B", "conclude"},
    "official A": {"self A", "A on B"},
    "organiser A": set(),
    "secretary of A's office": {"self A", "A on B", "finding", "verify", "close"},
    "secretary B": {"self B", "B on A"},
    "leader B": {"self B", "B on A"},
    "official B": {"self B", "B on A"},
}
STRANGERS = ("secretary outside", "secretary of another unit", "unit_admin A", "system_admin A")
ACTORS = (*MAY, *STRANGERS)


@dataclass
class Stage:
    round: EvaluationRound
    a: Agency
    b: Agency
    actors: dict[str, Membership]


def set_stage(state: str) -> Stage:
    unit = make_unit()
    a, b = make_parties(unit, 2)
    program = make_program("signed", agencies=[a, b])
    office = make_agency(unit, "van-phong", serves=[a])
    outside = make_agency(unit, "ngoai")
    elsewhere = make_agency(make_unit(), "noi-khac")
    actors = {"secretary A": keeper_of(program)}
    for role in (Role.LEADER, Role.OFFICIAL, Role.ORGANISER, Role.UNIT_ADMIN, Role.SYSTEM_ADMIN):
        actors[f"{role.value} A"] = make_member(a, role)
    for role in (Role.SECRETARY, Role.LEADER, Role.OFFICIAL):
        actors[f"{role.value} B"] = make_member(b, role)
    actors["secretary of A's office"] = make_member(office, Role.SECRETARY)
    actors["secretary outside"] = make_member(outside, Role.SECRETARY)
    actors["secretary of another unit"] = make_member(elsewhere, Role.SECRETARY)
    return Stage(make_round(state, programs=[program]), a, b, actors)


def act(action: str, stage: Stage, actor: Membership) -> None:
    round, a, b = stage.round, stage.a, stage.b
    score = {"actor": actor, "score": Decimal(90)}
    {
        "self A": lambda: evaluations.submit_self(round, agency=a, **score),
        "self B": lambda: evaluations.submit_self(round, agency=b, **score),
        "A on B": lambda: evaluations.submit_cross(round, agency=b, by_agency=a, **score),
        "B on A": lambda: evaluations.submit_cross(round, agency=a, by_agency=b, **score),
        "A on itself": lambda: evaluations.submit_cross(round, agency=a, by_agency=a, **score),
        "finding": lambda: evaluations.add_finding(round, actor=actor, kind=FindingKind.STRENGTH, text="Tốt"),
        "verify": lambda: evaluations.verify(round, agency=b, **score),
        "conclude": lambda: evaluations.conclude(round, actor=actor, agency=b, grade="Hoàn thành"),
        "close": lambda: evaluations.close_round(round, actor=actor, narrative="Chốt."),
    }[action]()


def expected(who: str, action: str, state: str) -> str:
    if who in STRANGERS:
        return UNSEEN
    return OK if state == "open" and action in MAY[who] else REFUSED


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", ACTORS)
def test_each_actor_may_do_exactly_this(who, state):
    stage = set_stage(state)
    actor = stage.actors[who]
    answers = {}
    # Closing comes last: it would change the answers of the others.
    for action in ACTIONS:
        try:
            act(action, stage, actor)
        except NotAllowed as refusal:
            answers[action] = UNSEEN if refusal.decision.hidden else REFUSED
            assert refusal.decision.hidden or str(refusal), "a refusal says why"
        else:
            answers[action] = OK
    assert answers == {action: expected(who, action, state) for action in ACTIONS}


@pytest.mark.parametrize("state", STATES)
def test_visible_to_and_can_see_agree(state):
    stage = set_stage(state)
    for who, actor in stage.actors.items():
        listed = EvaluationRound.objects.visible_to(actor).filter(pk=stage.round.pk).exists()
        assert listed == bool(permissions.can_see_round(actor, stage.round)) == (who not in STRANGERS), who


@pytest.mark.parametrize("state", STATES)
def test_single_scores_are_the_drafting_secretaries_results_everyones_once_closed(state):
    stage = set_stage(state)
    keepers = {"secretary A", "secretary of A's office"}
    for who in MAY:
        actor = stage.actors[who]
        assert bool(permissions.can_see_cross_scores(actor, stage.round)) == (who in keepers), who
        assert bool(permissions.can_see_results(actor, stage.round)) == (who in keepers or state == "closed"), who


def test_the_actors_are_all_on_stage():
    assert set(set_stage("open").actors) == set(ACTORS)


@pytest.mark.parametrize("role", list(Role))
def test_only_secretaries_of_the_drafting_agency_open_a_round(role):
    program = make_program("signed")
    actor = make_member(program.drafting_agency, role)
    other = make_member(program.parties.last().agency, role)
    allowed = permissions.can_open_round(actor, program.unit, [program])
    assert bool(allowed) == (role == Role.SECRETARY)
    assert not permissions.can_open_round(other, program.unit, [program])
