"""The story told once, scene by scene, each on its own day, through the services every user goes through."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from agencies.models import Reorganisation
from coordination.models import Area, Conference, EvaluationRound, Program, Task
from coordination.programs import services as programs
from coordination.programs.enums import ProgramKind
from coordination.tasks import services as tasks
from portal.demo import conference_scenes as conference
from portal.demo import outcomes
from portal.demo import program_scenes as scenes
from portal.demo.correspondence import report_on_2021, urge_on
from portal.demo.digital_signing import sign_digitally
from portal.demo.directory import Cast, assemble
from portal.demo.draft_in_consultation import send_a_draft
from portal.demo.event_records import ask_for_reports
from portal.demo.program_texts import front_parts, propaganda_parts
from portal.demo.reminders import remind
from portal.demo.reorganisation import prepare_reform
from portal.demo.report_writing import write_a_report
from portal.demo.shared_work import finish_first_step, put_together, share_out
from portal.demo.working_along import work_along
from records import clock
from reports.issuing.services import issue_program

# The two programs of a year: A between the Committee and the Propaganda Board, B with the Front and the organisations.
LETTERS = ("A", "B")
PARTIES = {"A": ("ubnd", "btg"), "B": scenes.FRONT_PARTIES}
PARTS = {"A": propaganda_parts, "B": front_parts}
TaskKey = tuple[str, int]


@dataclass(frozen=True)
class Eve:
    """Where everyone stands on the evening before the conference: all is prepared, nothing is locked nor signed."""

    cast: Cast
    programs_2021: dict[str, Program]
    programs_2022: dict[str, Program]
    tasks_2022: dict[TaskKey, Task]
    evaluation: EvaluationRound
    conference: Conference


@dataclass(frozen=True)
class Story:
    """What the story left behind: programs of both years by letter, evaluation, conference, the reform prepared."""

    cast: Cast
    programs_2021: dict[str, Program]
    programs_2022: dict[str, Program]
    evaluation: EvaluationRound
    conference: Conference
    reform: Reorganisation


@transaction.atomic
def tell(*, signer: Path | None = None) -> Story:
    """Tell the whole story: 2021, its evaluation, 2022, the conference that signs it. All of it or nothing is kept.

    With `signer`, a folder for the stand-in of the parties' signing tools, the programs of 2022 are signed digitally;
    without it on paper, as in 2021.
    """
    eve = tell_until_the_eve()
    cast = eve.cast
    _hold(eve, signer)
    outcomes.mend(cast, eve.evaluation, eve.tasks_2022["A", 14])
    urge_on(cast)
    _neighbour_program(cast)
    with clock.standing_at(clock.at(conference.CONFERENCE_DAY, 17, 10)):
        reform = prepare_reform(cast)
    remind()
    return Story(cast, eve.programs_2021, eve.programs_2022, eve.evaluation, eve.conference, reform)


@transaction.atomic
def tell_until_the_eve() -> Eve:
    """Tell the story up to the evening before the conference, so that the afternoon itself can be lived through."""
    with clock.standing_at(clock.at(date(2021, 1, 4), 8)):
        cast = assemble()
    old = _live_2021(cast)
    put_together(cast)
    new, tasks_2022 = _begin_2022(cast, old)
    evaluation = conference.evaluate_2021(cast, old)
    ask_for_reports(cast, old["B"])
    report_on_2021(cast, old["B"])
    event = conference.plan_conference(cast, old, new)
    send_a_draft(cast)
    write_a_report(cast, old["A"])
    return Eve(cast, old, new, tasks_2022, evaluation, event)


def _live_2021(cast: Cast) -> dict[str, Program]:
    year: dict[str, Program] = {}
    for letter, rows in zip(LETTERS, scenes.ROWS_2021, strict=True):
        program = scenes.draft_program(cast, 2021, PARTIES[letter], scenes.DAYS_2021, None)
        entered = scenes.enter_tasks_2021(cast, program, rows, scenes.sections_by_area(program, PARTS[letter](2021)))
        program = scenes.settle(cast, program, scenes.DAYS_2021)
        scenes.sign_on_paper(cast, scenes.lock(cast, program, scenes.DAYS_2021), clock.at(date(2021, 1, 22), 15))
        scenes.live_through_2021(cast, entered, rows, letter == "B")
        with clock.standing_at(clock.at(date(2021, 12, 31), 17)):
            program.refresh_from_db()
            programs.open_evaluation(program, actor=cast.secretary)
            year[letter] = tasks.close_program_year(program, actor=cast.secretary)
    return year


def _begin_2022(cast: Cast, old: dict[str, Program]) -> tuple[dict[str, Program], dict[TaskKey, Task]]:
    year: dict[str, Program] = {}
    by_number: dict[TaskKey, Task] = {}
    for letter, rows in zip(LETTERS, scenes.ROWS_2022, strict=True):
        program = scenes.draft_program(cast, 2022, PARTIES[letter], scenes.DAYS_2022, old[letter])
        entered = scenes.enter_tasks_2022(
            cast, program, rows, scenes.sections_by_area(program, PARTS[letter](2022)), _unfinished(old[letter])
        )
        share_out(cast, letter, entered)
        year[letter] = scenes.settle(cast, program, scenes.DAYS_2022)
        finish_first_step(cast, letter, entered)
        scenes.live_through_2022(cast, entered, rows, letter == "B")
        work_along(cast, letter, entered)
        by_number |= {(letter, task.ordinal): task for task in entered}
    return year, by_number


def _unfinished(program: Program) -> dict[int, Task]:
    """The old year's unfinished tasks by the number the new year gives them."""
    if program.parties.count() == 2:
        return {}
    return {number: program.tasks.get(ordinal=ordinal) for number, ordinal in scenes.tasks_2022.CARRIED_OVER.items()}


def _hold(eve: Eve, signer: Path | None) -> None:
    cast, day = eve.cast, conference.CONFERENCE_DAY
    versions = [scenes.lock(cast, program, scenes.DAYS_2022) for program in eve.programs_2022.values()]
    with clock.standing_at(clock.at(day, 14)):
        conference.hold_conference(cast, eve.conference, eve.tasks_2022)
    if signer is not None:
        sign_digitally(cast, versions, clock.at(day, 16), signer)
        with clock.standing_at(clock.at(day, 16, 40)):
            for version in versions:
                issue_program(Program.objects.get(pk=version.program_id), actor=cast.secretary)
    else:
        for version in versions:
            scenes.sign_on_paper(cast, version, clock.at(day, 16))
    with clock.standing_at(clock.at(day, 16, 45)):
        conference.close_with_press(cast, eve.conference)


def _neighbour_program(cast: Cast) -> None:
    """Another unit drafts a program of its own in the same portal; nobody in Đầm Hà may see it."""
    member, unit = cast.members["thu-ky-hai-ha"], cast.units["HH"]
    area = Area.objects.create(unit=unit, code="tt", name="Tuyên truyền, tư tưởng", position=1)
    with clock.standing_at(clock.at(date(2022, 3, 1), 9)):
        program = programs.create_program(
            actor=member,
            year=2022,
            kind=ProgramKind.PROGRAM,
            title="Chương trình phối hợp công tác năm 2022 giữa UBND huyện với Ủy ban MTTQ huyện",
            short_title="UBND huyện với Ủy ban MTTQ huyện",
            period_start=date(2022, 1, 1),
            period_end=date(2022, 12, 31),
            parties=[
                programs.PartyDraft(cast.agencies["HH/ubnd"], is_lead=True),
                programs.PartyDraft(cast.agencies["HH/mttq"]),
            ],
            drafting_agency=cast.agencies["HH/vp"],
        )
        tasks.create_task(
            program,
            actor=member,
            draft=tasks.TaskDraft(
                title="Tuyên truyền, vận động nhân dân phòng, chống dịch tại khu dân cư",
                area=area,
                leads=(tasks.LeadDraft(cast.agencies["HH/mttq"]),),
                deliverable="Báo cáo kết quả",
                start_on=date(2022, 3, 1),
                due_on=date(2022, 6, 30),
            ),
        )
