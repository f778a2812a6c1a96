"""A conference in each of its states, and every act on one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from agencies.models import Membership
from agencies.people.services import register_person
from coordination.conferences import permissions
from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind, AgendaState, ConferenceState, HalfDay, ProgramPurpose, SpeechKind
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from coordination.tasks.models import Task
from records import clock
from tests.factories.conferences import STATES as WALKED
from tests.factories.conferences import make_conference
from tests.factories.programs import make_program
from tests.factories.tasks import make_task
from tests.integration.rights.cast import Cast

STATES = ("not planned", *WALKED)


@dataclass(frozen=True)
class Stage:
    """A conference for each state, organised by the lead party over one signed program; the helper is a guest."""

    cast: Cast
    program: Program
    task: Task
    conferences: dict[str, Conference]


def set_stage(cast: Cast) -> Stage:
    program = make_program("signed", agencies=cast.parties, secretary=cast.secretary)
    task = make_task(program, lead=cast.agencies["party"])
    staged = {}
    for days, state in enumerate(WALKED):
        staged[state] = make_conference(
            state,
            organiser=cast.agencies["lead"],
            actor=cast.secretary,
            held_on=clock.today() + timedelta(days=days),
            signs=[program],
        )
        guest = {"group": "Khách", "agency": cast.agencies["helper"]}
        conferences.record_attendance(staged[state], actor=cast.secretary, **guest)
        conferences.conclude(staged[state], actor=cast.secretary, text="Kết luận")
    return Stage(cast, program, task, staged)


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(Conference, permissions.can_view_conference)]


def reached(stage: Stage) -> set[str]:
    """The states the staged conferences are in."""
    return {conference.state for conference in stage.conferences.values()}


EVERY_STATE = set(ConferenceState.values)


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a conference, asked of the one in this state."""
    unit, organiser = stage.cast.unit, stage.cast.agencies["lead"]
    planning = {
        "can_plan_conference": lambda actor: permissions.can_plan_conference(actor, unit, organiser),
        "plan_conference": lambda actor: conferences.plan_conference(
            unit,
            actor=actor,
            title="Hội nghị",
            full_title="",
            held_on=date(2022, 12, 20),
            half_day=HalfDay.MORNING,
            starts_at=time(8),
            place="",
            review_year=2022,
            plan_year=2023,
            organiser=organiser,
        ),
    }
    at_one = _at(stage.conferences.get(state), stage)
    return planning | (at_one if state in stage.conferences else dict.fromkeys(at_one))


def _at(conference: Conference | None, stage: Stage) -> dict[str, Callable[[Membership], object] | None]:
    item = conference and conference.agenda.order_by("position").first()
    conclusion = conference and conference.conclusions.first()
    person = register_person("Nguyễn Văn An")
    return {
        "can_view_conference": lambda actor: permissions.can_view_conference(actor, conference),
        "can_view_report": lambda actor: permissions.can_view_report(actor, conference),
        "can_keep_record": lambda actor: permissions.can_keep_record(actor, conference),
        "can_run_conference": lambda actor: permissions.can_run_conference(actor, conference),
        "add_program": lambda actor: conferences.add_program(
            conference, stage.program, actor=actor, purpose=ProgramPurpose.REVIEW
        ),
        "add_agenda_item": lambda actor: conferences.add_agenda_item(
            conference, actor=actor, kind=AgendaKind.SPEECH, title="Thêm"
        ),
        "advance_agenda": lambda actor: conferences.advance_agenda(item, actor=actor, state=AgendaState.RUNNING),
        "advance_agenda:minutes": lambda actor: conferences.advance_agenda(
            item, actor=actor, state=item.state, minutes="Đã ghi"
        ),
        "record_attendance": lambda actor: conferences.record_attendance(
            conference, actor=actor, group="Các xã", present=9
        ),
        "record_speech": lambda actor: conferences.record_speech(
            conference, actor=actor, kind=SpeechKind.DIRECTION, speaker_name="Chủ tịch", speaker_title="Chủ tịch"
        ),
        "conclude": lambda actor: conferences.conclude(conference, actor=actor, text="Thêm kết luận"),
        "link_task": lambda actor: conferences.link_task(conclusion, stage.task, actor=actor),
        "record_press": lambda actor: conferences.record_press(conference, actor=actor, title="Bài báo"),
        "add_photo": lambda actor: conferences.add_photo(conference, actor=actor, caption="Ảnh"),
        "name_chair": lambda actor: conferences.name_chair(conference, actor=actor, person=person),
        "name_concluder": lambda actor: conferences.name_concluder(
            conference, actor=actor, person=person, title="Bí thư"
        ),
        "name_highest_guest": lambda actor: conferences.name_highest_guest(
            conference, actor=actor, person=person, title="Bí thư"
        ),
        "open_conference": lambda actor: conferences.open_conference(conference, actor=actor),
        "close_conference": lambda actor: conferences.close_conference(conference, actor=actor),
    }
