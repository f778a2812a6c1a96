"""Who may do what at a conference: every action × state × actor has one expected answer."""

from dataclasses import dataclass
from datetime import date, time

import pytest

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.conferences import permissions
from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind, AgendaState, HalfDay, ProgramPurpose, SpeechKind
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from coordination.tasks.models import Task
from records.errors import NotAllowed, RuleBroken
from tests.factories.conferences import STATES, make_conference
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_parties, make_program
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db

OK, REFUSED, UNSEEN, TOO_EARLY = "ok", "refused", "unseen", "too early or late"

# The states an action is open in; in the others the same people are refused, or told it is not the moment.
OPEN_IN = {
    "add program": {"planned": OK, "running": OK, "held": REFUSED},
    "add item": {"planned": OK, "running": OK, "held": REFUSED},
    "move item": {"planned": TOO_EARLY, "running": OK, "held": REFUSED},
    "minutes": dict.fromkeys(STATES, OK),
    "attendance": dict.fromkeys(STATES, OK),
    "speech": dict.fromkeys(STATES, OK),
    "conclude": dict.fromkeys(STATES, OK),
    "link task": dict.fromkeys(STATES, OK),
    "press": dict.fromkeys(STATES, OK),
    "photo": dict.fromkeys(STATES, OK),
    "open": {"planned": OK, "running": TOO_EARLY, "held": REFUSED},
    "close": {"planned": TOO_EARLY, "running": OK, "held": REFUSED},
}
KEEPERS = ("secretary A", "organiser A", "secretary of A's office", "organiser of A's office")
OTHERS = ("leader A", "official A", "secretary B", "organiser B", "leader B", "secretary of a guest")
STRANGERS = ("secretary outside", "secretary of another unit", "unit_admin A", "system_admin A")
ACTORS = (*KEEPERS, *OTHERS, *STRANGERS)


@dataclass
class Stage:
    """A organises; B is the other party of the program; a guest agency attends."""

    conference: Conference
    program: Program
    task: Task
    actors: dict[str, Membership]


def set_stage(state: str) -> Stage:
    unit = make_unit()
    a, b = make_parties(unit, 2)
    program = make_program("signed", agencies=[a, b])
    task = make_task(program)
    office, guest = make_agency(unit, "van-phong", serves=[a]), make_agency(unit, "khach")
    keeper = make_member(a, Role.SECRETARY)
    conference = make_conference(state, organiser=a, actor=keeper, signs=[program])
    conferences.record_attendance(conference, actor=keeper, group="Khách", agency=guest)
    conferences.conclude(conference, actor=keeper, text="Kết luận")
    actors = {"secretary A": keeper, "secretary of a guest": make_member(guest, Role.SECRETARY)}
    actors |= _members("A", a, Role.ORGANISER, Role.LEADER, Role.OFFICIAL, Role.UNIT_ADMIN, Role.SYSTEM_ADMIN)
    actors |= _members("B", b, Role.SECRETARY, Role.ORGANISER, Role.LEADER)
    actors |= _members("of A's office", office, Role.SECRETARY, Role.ORGANISER)
    actors |= _members("outside", make_agency(unit, "ngoai"), Role.SECRETARY)
    actors |= _members("of another unit", make_agency(make_unit(), "noi-khac"), Role.SECRETARY)
    return Stage(conference, program, task, actors)


def _members(name: str, agency: Agency, *roles: Role) -> dict[str, Membership]:
    return {f"{role.value} {name}": make_member(agency, role) for role in roles}


def act(action: str, stage: Stage, actor: Membership) -> None:
    conference = stage.conference
    item = conference.agenda.order_by("position").first()
    {
        "add program": lambda: conferences.add_program(
            conference, stage.program, actor=actor, purpose=ProgramPurpose.REVIEW
        ),
        "add item": lambda: conferences.add_agenda_item(conference, actor=actor, kind=AgendaKind.SPEECH, title="Thêm"),
        "move item": lambda: conferences.advance_agenda(item, actor=actor, state=AgendaState.RUNNING),
        "minutes": lambda: conferences.advance_agenda(item, actor=actor, state=item.state, minutes="Đã ghi"),
        "attendance": lambda: conferences.record_attendance(conference, actor=actor, group="Các xã", present=9),
        "speech": lambda: conferences.record_speech(
            conference, actor=actor, kind=SpeechKind.DIRECTION, speaker_name="Chủ tịch", speaker_title="Chủ tịch"
        ),
        "conclude": lambda: conferences.conclude(conference, actor=actor, text="Thêm kết luận"),
        "link task": lambda: conferences.link_task(conference.conclusions.first(), stage.task, actor=actor),
        "press": lambda: conferences.record_press(conference, actor=actor, title="Bài báo"),
        "photo": lambda: conferences.add_photo(conference, actor=actor, caption="Ảnh"),
        "open": lambda: conferences.open_conference(conference, actor=actor),
        "close": lambda: conferences.close_conference(conference, actor=actor),
    }[action]()


def answer(action: str, stage: Stage, actor: Membership) -> str:
    try:
        act(action, stage, actor)
    except NotAllowed as refusal:
        assert refusal.decision.hidden or str(refusal), "a refusal says why"
        return UNSEEN if refusal.decision.hidden else REFUSED
    except RuleBroken:
        return TOO_EARLY
    return OK


def expected(who: str, action: str, state: str) -> str:
    if who in STRANGERS:
        return UNSEEN
    return OPEN_IN[action][state] if who in KEEPERS else REFUSED


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", ACTORS)
def test_each_actor_may_do_exactly_this(who, state):
    stage = set_stage(state)
    actor = stage.actors[who]
    # Opening and closing would change the answers of the others: they are asked last, each of a stage of its own.
    steady = [action for action in OPEN_IN if action not in ("open", "close")]
    answers = {action: answer(action, stage, actor) for action in steady}
    if who in KEEPERS:
        for action in ("open", "close"):
            other = set_stage(state)
            answers[action] = answer(action, other, other.actors[who])
    else:
        answers |= {action: answer(action, stage, actor) for action in ("open", "close")}
    assert answers == {action: expected(who, action, state) for action in OPEN_IN}


@pytest.mark.parametrize("state", STATES)
def test_visible_to_and_can_see_agree(state):
    stage = set_stage(state)
    assert set(stage.actors) == set(ACTORS)
    for who, actor in stage.actors.items():
        listed = Conference.objects.visible_to(actor).filter(pk=stage.conference.pk).exists()
        assert listed == bool(permissions.can_see_conference(actor, stage.conference)) == (who not in STRANGERS), who


@pytest.mark.parametrize("who", ACTORS)
def test_only_those_of_the_organiser_plan_a_conference(who):
    stage = set_stage("planned")
    actor, organiser = stage.actors[who], stage.conference.organiser
    decision = permissions.can_plan_conference(actor, organiser.unit, organiser)
    assert bool(decision) == (who in KEEPERS)
    facts = {"held_on": date(2022, 12, 20), "half_day": HalfDay.MORNING, "starts_at": time(8), "place": ""}
    plan = {"title": "Hội nghị", "full_title": "", "review_year": 2022, "plan_year": 2023, "organiser": organiser}
    if who in KEEPERS:
        assert conferences.plan_conference(organiser.unit, actor=actor, **facts, **plan).organiser == organiser
    else:
        with pytest.raises(NotAllowed):
            conferences.plan_conference(organiser.unit, actor=actor, **facts, **plan)
        assert Conference.objects.count() == 1
