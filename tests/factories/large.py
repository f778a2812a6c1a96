"""The largest joint program there is room for: sixteen parties, forty sections, three hundred tasks, 400 comments."""

from dataclasses import dataclass, replace

from agencies.models import Agency, Membership
from coordination.consultation.models import ConsultationRound
from coordination.consultation.queries import places_of
from coordination.programs import services as programs
from coordination.programs.models import Program, Section
from coordination.tasks import services as tasks
from tests.factories.consultations import make_comment, make_round, party_of, writer_of
from tests.factories.people import make_unit
from tests.factories.programs import make_parties, make_program, secretary_of
from tests.factories.tasks import make_task

PARTIES, SECTIONS, TASKS, COMMENTS = 16, 40, 300, 400
_SENTENCE = (
    "Các bên thường xuyên trao đổi thông tin, phối hợp tuyên truyền, vận động Nhân dân thực hiện chủ trương của Đảng, "
    "chính sách, pháp luật của Nhà nước; kịp thời giải quyết những vấn đề nổi cộm, được Nhân dân quan tâm. "
)


@dataclass(frozen=True)
class LargeProgram:
    """The program, who drafts it, its parties in the order of the letterhead and its sections in reading order."""

    program: Program
    secretary: Membership
    parties: list[Agency]
    sections: list[Section]


def make_large_program() -> LargeProgram:
    """A draft with eight main sections of four sub-items each, about 1,000 letters a clause, tasks spread over them."""
    parties = make_parties(make_unit("LON"), PARTIES)
    secretary = secretary_of(parties[0])
    program = make_program("draft", agencies=parties, secretary=secretary)
    program.sections.all().delete()
    sections = _write(program, secretary)
    for number in range(TASKS):
        lead, other = parties[number % PARTIES], parties[(number + 1) % PARTIES]
        make_task(
            program,
            lead=lead,
            coordinators=(other,),
            section=sections[number % SECTIONS],
            title=f"Nhiệm vụ thứ {number + 1}: phối hợp vận động các hộ bàn giao mặt bằng",
        )
    return LargeProgram(program, secretary, parties, sections)


def make_large_round(large: LargeProgram) -> ConsultationRound:
    """An open round on it: every party comments 25 times, on all parts of the text and on the tasks."""
    round = make_round(large.program, actor=large.secretary)
    places = places_of(round.version)
    parties = [party_of(round, turn) for turn in range(1, PARTIES + 1)]
    writers = [writer_of(party.agency) for party in parties]
    for number in range(COMMENTS):
        make_comment(
            round,
            parties[number % PARTIES],
            actor=writers[number % PARTIES],
            place=places[number * 7 % len(places)],
            text=f"Ý kiến thứ {number}",
        )
    return round


def reword(large: LargeProgram) -> None:
    """Another text in every second section and another title on every second task of its draft."""
    for section in large.program.sections.order_by("position")[::2]:
        facts = {"numbering": section.numbering, "heading": section.heading, "body": f"{section.body} Nghiêm túc."}
        programs.edit_section(section, actor=large.secretary, revision=section.revision, **facts)
    for task in large.program.tasks.order_by("ordinal")[::2]:
        draft = replace(tasks.draft_of(task), title=f"{task.title}, đợt hai")
        tasks.edit_task(task, actor=large.secretary, revision=task.revision, draft=draft)


def _write(program: Program, secretary: Membership) -> list[Section]:
    sections: list[Section] = []
    for main in range(SECTIONS // 5):
        head = programs.write_section(
            program, actor=secretary, numbering=str(main + 1), heading=f"Phần thứ {main + 1}", body=_SENTENCE
        )
        below = [
            programs.write_section(
                program,
                actor=secretary,
                numbering=letter,
                heading="",
                body=f"Điểm {letter}. {_SENTENCE * 4}",
                parent=head,
            )
            for letter in ("a", "b", "c", "d")
        ]
        sections += [head, *below]
    return sections
