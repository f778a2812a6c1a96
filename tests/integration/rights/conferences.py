"""A conference in each of its states, and every act on one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from agencies.models import Membership
from agencies.people.services import register_person
from coordination.conferences import permissions
from coordination.conferences import services as conferences
from coordination.conferences.enums import (
    AgendaKind,
    AgendaState,
    ConferenceState,
    HalfDay,
    Presence,
    ProgramPurpose,
    Rank,
    Reply,
    SpeechKind,
)
from coordination.conferences.models import AgendaPaper, Commendation, Conference, Invitation
from coordination.programs.models import Program
from coordination.reminders.permissions import can_ask_to_answer
from coordination.reminders.services import ask_to_answer
from coordination.tasks.models import Task
from records import clock
from reports.exports.services import export_invitations
from tests.factories.conferences import STATES as WALKED
from tests.factories.conferences import make_conference
from tests.factories.papers import make_party_report
from tests.factories.programs import make_program
from tests.factories.tasks import make_draft, make_task
from tests.integration.rights import event_records, session
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
    make_party_report(program, cast.agencies["party"], sent=True)
    staged = {}
    for days, state in enumerate(WALKED):
        staged[state] = make_conference(
            state,
            organiser=cast.agencies["lead"],
            actor=cast.secretary,
            held_on=clock.today() - timedelta(days=days),
            signs=[program],
            invited=[cast.agencies["party"]],
        )
        event_records.prepare(staged[state], cast)
        session.prepare(staged[state], cast.secretary, is_over=state == "held")
        guest = {"group": "Khách", "agency": cast.agencies["helper"]}
        conferences.record_attendance(staged[state], actor=cast.secretary, **guest)
        for text in ("Kết luận", "Đã giao", "Chỉ đạo chung"):
            said = conferences.conclude(staged[state], actor=cast.secretary, text=text)
            if text == "Đã giao":
                conferences.link_task(said, task, actor=cast.secretary)
        conferences.settle_conclusion(said, actor=cast.secretary, reason="Không cần nhiệm vụ")
    return Stage(cast, program, task, staged)


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [
        (Conference, permissions.can_view_conference),
        (Invitation, permissions.can_view_invitation),
        (AgendaPaper, permissions.can_view_paper),
        (Commendation, permissions.can_view_commendation),
    ]


def reached(stage: Stage) -> set[str]:
    """The states the staged conferences are in."""
    return {conference.state for conference in stage.conferences.values()}


EVERY_STATE = set(ConferenceState.values)
FACTS = (
    "title", "full_title", "held_on", "half_day", "starts_at", "place", "review_year", "plan_year", "year_theme",
)  # fmt: skip


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
    conclusion, linked, settled = conference.conclusions.order_by("position") if conference else (None, None, None)
    person = register_person("Nguyễn Văn An")
    seat = conference and conference.invitations.select_related("conference").first()
    link = conference and conference.program_links.select_related("program", "conference").first()
    by_name, counted = (conference.attendance.order_by("position")[:2]) if conference else (None, None)
    facts = {name: getattr(conference, name, None) for name in FACTS}
    return {
        "can_view_conference": lambda actor: permissions.can_view_conference(actor, conference),
        "can_view_report": lambda actor: permissions.can_view_report(actor, conference),
        "can_keep_record": lambda actor: permissions.can_keep_record(actor, conference),
        "can_run_conference": lambda actor: permissions.can_run_conference(actor, conference),
        "can_ask_to_answer": lambda actor: can_ask_to_answer(actor, conference),
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
        "can_settle": lambda actor: permissions.can_settle(actor, conference),
        "edit_conclusion": lambda actor: conferences.edit_conclusion(
            conclusion, actor=actor, revision=conclusion.revision, text="Kết luận sửa"
        ),
        "move_conclusion": lambda actor: conferences.move_conclusion(conclusion, actor=actor, up=False),
        "remove_conclusion": lambda actor: conferences.remove_conclusion(conclusion, actor=actor),
        "turn_into_tasks": lambda actor: conferences.turn_into_tasks(
            conference, actor=actor, asked=[conferences.TaskAsked(conclusion, stage.program, make_draft(stage.program))]
        ),
        "unlink_task": lambda actor: conferences.unlink_task(linked, stage.task, actor=actor),
        "settle_conclusion": lambda actor: conferences.settle_conclusion(
            conclusion, actor=actor, reason="Chỉ đạo chung"
        ),
        "unsettle_conclusion": lambda actor: conferences.unsettle_conclusion(settled, actor=actor),
        "record_press": lambda actor: conferences.record_press(conference, actor=actor, title="Bài báo"),
        "add_photo": lambda actor: conferences.add_photo(conference, actor=actor, caption="Ảnh"),
        "can_view_invitation": lambda actor: permissions.can_view_invitation(actor, seat),
        "can_answer_invitation": lambda actor: permissions.can_answer_invitation(actor, seat),
        "edit_conference": lambda actor: conferences.edit_conference(
            conference, actor=actor, revision=0, organiser=conference.organiser, reviews=[], signs=[], **facts
        ),
        "remove_program": lambda actor: conferences.remove_program(link, actor=actor),
        "invite": lambda actor: conferences.invite(
            conference, actor=actor, group="Khách mời", guest=conferences.Guest("Già làng")
        ),
        "send_invitations": lambda actor: conferences.send_invitations(conference, actor=actor),
        "ask_to_answer": lambda actor: ask_to_answer(conference, actor=actor),
        "export_invitations": lambda actor: export_invitations(conference, actor=actor),
        "answer_invitation": lambda actor: conferences.answer_invitation(seat, actor=actor, reply=Reply.COMING),
        "correct_invitation": lambda actor: conferences.correct_invitation(
            seat, actor=actor, title="Chủ tịch", person_name="", rank_asked=Rank.HEAD, group="Được mời"
        ),
        "withdraw_invitation": lambda actor: conferences.withdraw_invitation(seat, actor=actor, reason="Nhầm"),
        "move_seat": lambda actor: conferences.move_seat(seat, actor=actor, up=True),
        "move_group": lambda actor: conferences.move_group(by_name, actor=actor, up=False),
        "drop_group": lambda actor: conferences.drop_group(counted, actor=actor),
        "mark_presence": lambda actor: conferences.mark_presence(seat, actor=actor, presence=Presence.PRESENT),
        "admit": lambda actor: conferences.admit(
            conference, actor=actor, group=by_name, guest=conferences.Guest("Già làng")
        ),
        "name_chairs": lambda actor: conferences.name_chairs(conference, actor=actor, seats=[]),
        "name_chair": lambda actor: conferences.name_chair(conference, actor=actor, person=person),
        "name_concluder": lambda actor: conferences.name_concluder(
            conference, actor=actor, person=person, title="Bí thư"
        ),
        "name_highest_guest": lambda actor: conferences.name_highest_guest(
            conference, actor=actor, person=person, title="Bí thư"
        ),
        "open_conference": lambda actor: conferences.open_conference(conference, actor=actor),
        "close_conference": lambda actor: conferences.close_conference(conference, actor=actor),
        **session.acts(conference, stage.program),
        **event_records.acts(conference),
    }
