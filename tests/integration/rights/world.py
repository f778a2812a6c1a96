"""A small world in which every text is unique: whoever reads a word of it has read the object it stands in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.conferences.models import Conference
from coordination.drafting import services as drafting
from coordination.evaluations.models import EvaluationRound
from coordination.programs import services as programs
from coordination.programs.enums import ProgramKind
from coordination.programs.models import Program, Section
from coordination.register import services as register
from coordination.tasks import services as tasks
from coordination.tasks.models import Task
from records import clock
from reports.documents.enums import PaperKind
from reports.issuing import services as papers
from reports.verification.services import withdraw
from tests.factories.papers import number_and_issue
from tests.factories.programs import ASIDE, ROAD, STATES, advance, make_area, sign, slot_of, step_aside
from tests.factories.tasks import PDF
from tests.integration.rights.cast import Cast, assemble
from tests.integration.rights.composing import compose
from tests.integration.rights.consulting import consult
from tests.integration.rights.corresponding import correspond
from tests.integration.rights.filing import prepare_a_file
from tests.integration.rights.importing import import_tables
from tests.integration.rights.judging import make_old_round, make_round
from tests.integration.rights.keeping import keep_lists
from tests.integration.rights.meeting import make_conference
from tests.integration.rights.merging import merge_agencies
from tests.integration.rights.telling import send_the_week, tell_everyone

_WORD = re.compile(rb"qz\d{4}k")
Owner = tuple[str, int]


@dataclass
class Words:
    """Words nobody else writes, and which object each of them stands in."""

    owners: dict[str, Callable[[], Owner]] = field(default_factory=dict)

    def __call__(self, owner: Callable[[], Owner]) -> str:
        word = f"qz{len(self.owners):04d}k"
        self.owners[word] = owner
        return word

    def settled(self) -> dict[str, Owner]:
        """Each word with its owner, once everything has been made."""
        return {word: owner() for word, owner in self.owners.items()}


def words_in(content: bytes) -> set[str]:
    """The unique words a content holds, in capitals or not."""
    return {word.decode() for word in _WORD.findall(content.lower())}


@dataclass
class World:
    """Everything that was made."""

    here: Cast
    there: Cast
    words: Words = field(default_factory=Words)
    programs: dict[str, Program] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)
    rounds: dict[str, EvaluationRound] = field(default_factory=dict)
    conferences: dict[str, Conference] = field(default_factory=dict)

    def casts(self) -> Iterator[tuple[str, Cast]]:
        yield "here", self.here
        yield "there", self.there


def build() -> World:
    """Two units that do the same kind of work; in the first also programs between two parties the third may not see."""
    world = World(assemble("RA"), assemble("RB"))
    for name, cast in world.casts():
        for state in STATES if name == "here" else ("draft", "signed"):
            _make_program(world, f"{name} {state}", cast, state, cast.parties)
        _make_returned(world, f"{name} returned", cast)
        _make_consulted(world, f"{name} consulted", cast)
    _make_consulted(world, "here, comments closed", world.here, is_closed=True)
    two = [world.here.agencies["lead"], world.here.agencies["third"]]
    _make_program(world, "between two, draft", world.here, "consulting", two)
    _make_program(world, "between two, signed", world.here, "signed", two)
    _make_program(world, "old", world.here, "signed", world.here.parties, year=2021)
    _make_program(world, "older", world.here, "closed", world.here.parties, year=2020)
    for name, cast in world.casts():
        make_conference(world.conferences, world.programs, world.words, name, cast)
        make_round(world.rounds, _evaluated(world, name), world.words, name, cast)
    make_old_round(world.rounds, world.programs["old"], world.words, world.here)
    for name in ("here signed", "here signing", "between two, signed", "there signed"):
        papers.issue_program(world.programs[name], actor=_secretary(world, name))
    for name, cast in world.casts():
        report = number_and_issue(PaperKind.CONFERENCE_REPORT, world.conferences[name], actor=cast.secretary)
        withdraw(report, actor=cast.secretary, withdrawn_on=clock.today(), reason=f"Thu hồi {name}")
        correspond(world.programs, world.words, name, cast)
        compose(world.programs, world.words, name, cast)
        _number(world, name)
        import_tables(world.programs[f"{name} draft"], actor=_secretary(world, name), words=world.words)
        keep_lists(cast, world.programs[f"{name} signed"])
    prepare_a_file(world.programs["here returned"], world.here)
    tell_everyone(world.here, world.there)
    send_the_week(world.here, world.there)
    _merge(world.there)
    return world


def _evaluated(world: World, name: str) -> list[Program]:
    """What the round of a unit covers: here also the program between two."""
    between = [world.programs["between two, signed"]] if name == "here" else []
    return [world.programs[f"{name} signed"], *between]


def _number(world: World, name: str) -> None:
    """The signed program takes a number, and the same series one for a paper kept outside the portal."""
    program, actor = world.programs[f"{name} signed"], _secretary(world, name)
    program = register.assign_number(program, actor=actor, symbol="CTPH-THU")
    series = program.register_entries.get().series
    register.reserve_number(series, actor=actor, subject="Kế hoạch ký trên giấy")


def _merge(cast: Cast) -> None:
    """There one party passes to an agency that had no part in anything, today."""
    keeper = cast.members["party", Role.SYSTEM_ADMIN]
    merge_agencies(cast.unit, [cast.agencies["third"]], cast.agencies["sameunit"], actor=keeper)
    for name in ("third", "sameunit"):
        cast.agencies[name].refresh_from_db()
    for (name, role), member in cast.members.items():
        if name in ("third", "sameunit"):
            cast.members[name, role] = Membership.objects.select_related("user", "agency__unit").get(pk=member.pk)


def _secretary(world: World, name: str) -> Membership:
    return world.there.secretary if name.startswith("there") else world.here.secretary


def _make_program(
    world: World, name: str, cast: Cast, state: str, parties: list[Agency], *, year: int = 2022
) -> Program:
    """A program with a unique word in everything that is written in it, and two tasks that have been worked on."""
    made: dict[str, Program] = world.programs

    def word() -> str:
        return world.words(lambda: ("program", made[name].pk))

    def drafted() -> str:
        return world.words(lambda: ("drafting", made[name].pk))

    actor = cast.secretary
    program = programs.create_program(
        actor=actor,
        year=year,
        kind=ProgramKind.PROGRAM,
        title=f"Phối hợp công tác {word()}",
        short_title=f"Phối hợp {word()}",
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        parties=[programs.PartyDraft(agency, is_lead=place == 0) for place, agency in enumerate(parties)],
        drafting_agency=actor.agency,
        opening=f"Các bên thống nhất {word()}",
        effect_clause=f"Có hiệu lực từ ngày ký {word()}",
        recipients=f"Các bên {word()}",
        place="Nơi thử",
        document_symbol="CTPH-THU",
        foundation=programs.FoundationDraft(kind="Quy chế", title=f"Phối hợp nhiệm kỳ {word()}"),
    )
    made[name] = program
    programs.set_legal_bases(program, actor=actor, texts=[f"Luật {word()}."])
    section = programs.write_section(
        program, actor=actor, numbering="I", heading=f"Mục đích {drafted()}", body=f"Bản đầu {drafted()}"
    )
    programs.edit_section(
        section, actor=actor, revision=1, numbering="I", heading=f"Mục đích {word()}", body=f"Bản sau {word()}"
    )
    _leave_unsaved(program, section, actor)
    _make_tasks(world, program, cast, parties)
    settled = state not in ("draft", "consulting", "revising", "cancelled")
    program = made[name] = advance(program, "agreed" if settled else state, secretary=actor)
    if settled:
        _work(world, program, cast, confirmed=state != "signed")
        made[name] = _advance_on(program, state, actor)
    return made[name]


def _leave_unsaved(program: Program, section: Section, actor: Membership) -> None:
    """What lies beside a text while it is written: unsaved text, a paste being looked at, the writer being there."""
    drafting.keep_draft(program, actor=actor, section=section, body="Chưa lưu", revision=section.revision)
    drafting.keep_paste(program, actor=actor, text="II. Chưa ghi")
    drafting.be_present(program, actor=actor, section=section)


def _advance_on(program: Program, state: str, actor: Membership) -> Program:
    """From agreed to any later state."""
    goal = ROAD.index(ASIDE.get(state, state))
    if goal >= ROAD.index("signing"):
        programs.lock_for_signing(program, actor=actor)
        sign(program, 1 if state == "signing" else None, secretary=actor)
    if goal >= ROAD.index("evaluating"):
        programs.open_evaluation(program, actor=actor)
    if goal >= ROAD.index("closed"):
        tasks.close_program_year(program, actor=actor)
    if state in ASIDE:
        step_aside(program, state, actor)
    return Program.objects.get(pk=program.pk)


def _make_returned(world: World, name: str, cast: Cast) -> None:
    """A program whose first signing version a party returned with a reason."""
    program = _make_program(world, name, cast, "signing", cast.parties)
    reason = world.words(lambda: ("drafting", program.pk))
    third = cast.members["third", Role.LEADER]
    programs.return_version(slot_of(program, third.agency), actor=third, reason=f"Sai tên {reason}")
    programs.lock_for_signing(program, actor=cast.secretary)
    world.programs[name] = Program.objects.get(pk=program.pk)


def _make_consulted(world: World, name: str, cast: Cast, *, is_closed: bool = False) -> None:
    """A draft with a round of comments."""
    program = _make_program(world, name, cast, "draft", cast.parties)
    consult(program, cast, world.words, is_closed=is_closed)
    world.programs[name] = Program.objects.get(pk=program.pk)


def _make_tasks(world: World, program: Program, cast: Cast, parties: list[Agency]) -> None:
    helpers = tuple(cast.agencies[name] for name in ("helper", "helpbelow"))
    for lead, others in ((parties[1], helpers), (parties[0], ())):
        made: list[Task] = []

        def word(made=made) -> str:
            return world.words(lambda: ("task", made[0].pk))

        draft = tasks.TaskDraft(
            title=f"Vận động hộ dân {word()}",
            area=make_area(program.unit),
            leads=(tasks.LeadDraft(lead, f"Ban {word()}"),),
            coordinators=others,
            deliverable=f"Biên bản {word()}",
            start_on=date(program.year, 1, 1),
            due_on=date(program.year, 3, 1),
            target_value=Decimal(45),
            target_unit="hộ",
            note=f"Ghi chú {word()}",
            funding=f"Kinh phí {word()}",
            items=(tasks.ItemDraft(f"Phần việc {word()}", date(program.year, 3, 1)),),
            more_targets=(tasks.TargetDraft(f"Chỉ tiêu {word()}", value=Decimal(4), unit="cuộc"),),
            direction=tasks.DirectionDraft(f"{word()}/UBND", date(2020, 1, 2), f"Cấp trên {word()}"),
        )
        official = cast.official(lead)
        made.append(tasks.create_task(program, actor=official, draft=draft))
        world.tasks.append(made[0])
        typed = {"title": [f"Chưa lưu {word()}"]}
        tasks.keep_unsaved_task(program, actor=official, mark=f"to-{made[0].pk:06}", typed=typed, task=made[0])


def _work(world: World, program: Program, cast: Cast, *, confirmed: bool) -> None:
    """The lead reports with evidence, and the deadline of the first task is moved with a reason."""
    for task in program.tasks.order_by("ordinal"):

        def word(task=task) -> str:
            return world.words(lambda: ("task", task.pk))

        lead = task.roles.get(kind="lead").agency
        proof = PDF + f"% {word()}\n".encode()
        tasks.report_progress(
            task,
            actor=cast.official(lead),
            value=Decimal(45) if task.ordinal == 2 else Decimal(31),
            percent=None,
            result=f"Đã làm {word()}",
            obstacles=f"Vướng {word()}",
            causes=f"Do {word()}",
            figures={task.targets.get(position=2).pk: Decimal(2)},
            proposal=f"Đề nghị {word()}",
            claims_completion=task.ordinal == 2,
            files=[tasks.Upload(f"bien-ban-{word()}.pdf", BytesIO(proof), len(proof))],
        )
        if task.ordinal == 1:
            _ask_and_report_part(task, cast, lead, word)
            tasks.move_due_date(
                task,
                actor=cast.secretary,
                new_due_on=date(program.year, 6, 30),
                reason=f"Mưa bão {word()}",
                decision=f"Thông báo {word()}",
            )
        elif confirmed:
            tasks.confirm_completion(
                Task.objects.get(pk=task.pk), actor=_decider(cast, task.confirming_agency), remark=f"Đạt {word()}"
            )


def _ask_and_report_part(task: Task, cast: Cast, lead: Agency, word: Callable[[], str]) -> None:
    """A later deadline refused once and asked for again, and what one of the coordinators reports of its part."""
    refused = tasks.ask_extension(
        task, actor=cast.official(lead), wanted_due_on=date(task.due_on.year, 5, 31), reason=f"Xin thêm {word()}"
    )
    tasks.refuse_extension(refused, actor=cast.secretary, answer=f"Chưa được {word()}")
    tasks.ask_extension(
        task, actor=cast.official(lead), wanted_due_on=date(task.due_on.year, 6, 30), reason=f"Vẫn xin {word()}"
    )
    role = task.roles.exclude(kind="lead").select_related("agency").first()
    proof = PDF + f"% {word()}\n".encode()
    tasks.report_part(
        role,
        actor=cast.official(role.agency),
        result=f"Phần việc {word()}",
        obstacles=f"Vướng phần {word()}",
        causes=f"Do phần {word()}",
        proposal=f"Đề nghị phần {word()}",
        files=[tasks.Upload(f"phan-viec-{word()}.pdf", BytesIO(proof), len(proof))],
    )


def _decider(cast: Cast, agency: Agency) -> Membership:
    return next(one for (_r, role), one in cast.members.items() if one.agency == agency and role == Role.LEADER)
