"""Every act of those who run the room: the agenda, its papers, the floor."""

import io
from collections.abc import Callable

from agencies.models import Membership
from coordination.conferences import permissions
from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind, SpeechKind
from coordination.conferences.models import Conference
from coordination.partyreports.models import PartyReport
from coordination.programs.models import Program
from coordination.tasks.services import Upload
from tests.factories.files import make_pdf

SPEAKER = {"kind": SpeechKind.CONTRIBUTION, "speaker_name": "Đại biểu", "speaker_title": "Trưởng thôn"}


def prepare(conference: Conference, actor: Membership, *, is_over: bool) -> None:
    """Two speakers wait, or have spoken where the conference was held; a file lies under the second item."""
    for number in (1, 2):
        speaker = SPEAKER | {"speaker_name": f"Đại biểu {number}"}
        conferences.record_speech(conference, actor=actor, is_registered=not is_over, **speaker)
    conferences.attach_file(conference.agenda.get(number=2), actor=actor, file=upload())


def upload() -> Upload:
    content = make_pdf()
    return Upload("tai-lieu.pdf", io.BytesIO(content), len(content))


def acts(conference: Conference | None, program: Program) -> dict[str, Callable[[Membership], object]]:
    """Every predicate and every service about the agenda, its papers and the floor."""
    item, second = conference.agenda.order_by("position")[:2] if conference else (None, None)
    speech = conference and conference.speeches.order_by("position").first()
    paper = second and second.papers.first()
    report = PartyReport.objects.filter(program=program).first()
    return {
        "edit_agenda_item": lambda actor: conferences.edit_agenda_item(
            item, actor=actor, revision=0, kind=AgendaKind.REPORT, title="Đổi tên"
        ),
        "move_agenda_item": lambda actor: conferences.move_agenda_item(item, actor=actor, up=False),
        "remove_agenda_item": lambda actor: conferences.remove_agenda_item(item, actor=actor),
        "edit_speech": lambda actor: conferences.edit_speech(speech, actor=actor, revision=0, **SPEAKER),
        "give_floor": lambda actor: conferences.give_floor(speech, actor=actor),
        "take_floor_back": lambda actor: conferences.take_floor_back(speech, actor=actor),
        "move_speech": lambda actor: conferences.move_speech(speech, actor=actor, up=False),
        "strike_speech": lambda actor: conferences.strike_speech(speech, actor=actor),
        "can_view_paper": lambda actor: permissions.can_view_paper(actor, paper),
        "attach_file": lambda actor: conferences.attach_file(second, actor=actor, file=upload()),
        "attach_report": lambda actor: conferences.attach_report(second, report, actor=actor),
        # Of a paper nobody may read, or that there is none of.
        "attach_issued": lambda actor: conferences.attach_issued(second, "7KQ4M2XD91TP", actor=actor),
        "detach_paper": lambda actor: conferences.detach_paper(paper, actor=actor),
        "hand_over_paper": lambda actor: conferences.hand_over_paper(paper, actor=actor).close(),
    }
