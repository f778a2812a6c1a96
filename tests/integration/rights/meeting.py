"""A conference in which everything is said in words nobody else writes."""

from collections.abc import Callable
from datetime import time

from agencies.access.enums import Role
from coordination.conferences import services as conferences
from coordination.conferences.enums import (
    AgendaKind,
    AgendaState,
    CommendationForm,
    Commended,
    HalfDay,
    Reply,
    SpeechKind,
)
from coordination.conferences.models import Conference
from coordination.conferences.queries.seats import Seat
from coordination.programs.models import Program
from records import clock
from tests.integration.rights.cast import Cast
from tests.integration.rights.session import upload

Words = Callable[[Callable[[], tuple[str, object]]], str]


def make_conference(
    made: dict[str, Conference],
    programs: dict[str, Program],
    words: Words,
    name: str,
    cast: Cast,
) -> None:
    """A conference in session that reviews and signs, with a guest; every part has its words."""

    def word() -> str:
        return words(lambda: ("conference", made[name].pk))

    actor = cast.secretary
    made[name] = conference = conferences.plan_conference(
        cast.unit,
        actor=actor,
        title=f"Hội nghị {word()}",
        full_title=f"Hội nghị đánh giá {word()}",
        held_on=clock.today(),
        half_day=HalfDay.AFTERNOON,
        starts_at=time(14),
        place=f"Hội trường {word()}",
        review_year=2021,
        plan_year=2022,
        organiser=cast.agencies["lead"],
        reviews=[programs["between two, signed"]] if name == "here" else [],
        signs=[programs[f"{name} returned"]],
    )
    lead = cast.agencies["lead"]
    conferences.name_chairs(conference, actor=actor, seats=[Seat(lead, lead.current_name, f"Chủ tịch {word()}")])
    item = conferences.add_agenda_item(
        conference, actor=actor, kind=AgendaKind.REPORT, title=f"Báo cáo {word()}", presenter=f"Chủ tịch {word()}"
    )
    conferences.attach_file(item, actor=actor, file=upload(), title=f"Tài liệu {word()}")
    guest = conferences.Guest(f"Khách mời {word()}", agency=cast.agencies["helper"], name=f"Người {word()}")
    conferences.invite(conference, actor=actor, group=f"Được mời {word()}", guest=guest)
    conferences.send_invitations(conference, actor=actor)
    seat = conference.invitations.select_related("conference").get()
    conferences.answer_invitation(seat, actor=actor, reply=Reply.EXCUSED, reason=f"Bận {word()}")
    _commend(conference, cast, words)
    conference = made[name] = conferences.open_conference(conference, actor=actor)
    conferences.advance_agenda(item, actor=actor, state=AgendaState.RUNNING, minutes=f"Đã nghe {word()}")
    conferences.record_attendance(conference, actor=actor, group=f"Khách {word()}", agency=cast.agencies["helper"])
    conferences.record_speech(
        conference,
        actor=actor,
        kind=SpeechKind.DIRECTION,
        speaker_name=f"Đại biểu {word()}",
        speaker_title=f"Bí thư {word()}",
        agenda_item=item,
        summary=f"Phát biểu {word()}",
    )
    conclusion = conferences.conclude(conference, actor=actor, text=f"Kết luận {word()}")
    conferences.link_task(conclusion, programs[f"{name} signed"].tasks.first(), actor=actor)
    conferences.record_press(conference, actor=actor, title=f"Bài báo {word()}")
    conferences.add_photo(conference, actor=actor, caption=f"Ảnh {word()}")
    heard = conferences.Heard(f"Báo cáo {word()}", presenter=f"Chủ tịch {word()}")
    conferences.hear_report(conference, actor=actor, heard=heard)


def _commend(conference: Conference, cast: Cast, words: Words) -> None:
    """What a party proposes stays between it and the organiser until it is granted."""
    party = cast.agencies["party"]

    def word() -> str:
        return words(lambda: ("proposal by", (conference.pk, party.pk)))

    proposal = conferences.Proposal(
        Commended.COLLECTIVE, f"Chi hội {word()}", CommendationForm.LETTER, f"Thành tích {word()}", f"Cấp {word()}"
    )
    conferences.propose_commendation(
        conference, actor=cast.members["party", Role.LEADER], proposed_by=party, proposal=proposal
    )
