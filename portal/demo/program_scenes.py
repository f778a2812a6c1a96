"""How the programs came about and how their tasks went: the scenes that walk the program and task services."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.consultation import services as consultation
from coordination.consultation.enums import Silence
from coordination.models import Program, ProgramParty, Section, Task
from coordination.programs import services as programs
from coordination.programs.enums import AgreementGround, ProgramKind, SignatureMethod
from coordination.tasks import services as tasks
from portal.demo import tasks_2021, tasks_2022
from portal.demo.directory import Cast
from portal.demo.evidence import illustrative_proof
from portal.demo.program_texts import BASES_A, BASES_B, Part, front_parts, propaganda_parts
from records import clock, wording

FRONT_PARTIES = ("hdnd", "ubnd", "mttq", "ldld", "hnd", "pn", "ccb", "dtn")
_UNIT_RECIPIENTS = (
    "Thường trực Tỉnh ủy, Thường trực HĐND, UBND tỉnh (để báo cáo)\n"
    "Thường trực Huyện ủy (để báo cáo)\nCác bên ký kết\nCác phòng, ban, ngành, đoàn thể huyện\n"
    "Đảng ủy, HĐND, UBND các xã, thị trấn\nLưu: VT"
)


@dataclass(frozen=True)
class Days:
    """When a program was drafted, opened for comments, settled and locked for signing."""

    drafted: date
    comments_until: date
    settled: date
    locked: date


DAYS_2021 = Days(date(2021, 1, 4), date(2021, 1, 7), date(2021, 1, 8), date(2021, 1, 20))
DAYS_2022 = Days(date(2022, 1, 4), date(2022, 1, 12), date(2022, 1, 14), date(2022, 3, 29))


def draft_program(cast: Cast, year: int, parties: tuple[str, ...], days: Days, continues: Program | None) -> Program:
    """The secretary drafts a program of a year between its parties, the first of them leading."""
    is_front = len(parties) > 2
    between = (
        "Thường trực HĐND, UBND huyện với Ủy ban MTTQ và các tổ chức chính trị – xã hội huyện"
        if is_front
        else "UBND huyện với Ban Tuyên giáo Huyện ủy"
    )
    with clock.standing_at(clock.at(days.drafted, 8, 30)):
        program = programs.create_program(
            actor=cast.secretary,
            year=year,
            kind=ProgramKind.PROGRAM,
            title=f"Chương trình phối hợp công tác năm {year} giữa {between}",
            short_title=between.removesuffix(" huyện") if is_front else between,
            period_start=date(year, 1, 1),
            period_end=date(year, 12, 31),
            parties=[
                programs.PartyDraft(cast.agencies[code], is_lead=position == 0) for position, code in enumerate(parties)
            ],
            drafting_agency=cast.agencies["vp"],
            continues=continues,
            opening=f"{between} thống nhất Chương trình phối hợp công tác năm {year} như sau:",
            effect_clause="Chương trình này có hiệu lực kể từ ngày các bên ký đủ.",
            place="Đầm Hà",
            recipients=_UNIT_RECIPIENTS,
            document_symbol="CTPH-HĐND-UBND-MTTQ" if is_front else "CTPH-UBND-BTGHU",
        )
        programs.set_legal_bases(program, actor=cast.secretary, texts=list(BASES_B if is_front else BASES_A))
        write_parts(cast, program, front_parts(year) if is_front else propaganda_parts(year), None)
    return program


def write_parts(cast: Cast, program: Program, parts: tuple[Part, ...], parent: Section | None) -> None:
    """Write sections with all they hold, below a section or at the top."""
    for part in parts:
        section = programs.write_section(
            program, actor=cast.secretary, numbering=part.numbering, heading=part.heading, body=part.body, parent=parent
        )
        write_parts(cast, program, part.parts, section)


def sections_by_area(program: Program, parts: tuple[Part, ...]) -> dict[str, Section]:
    """Which section of a program's text each area's tasks belong to."""
    content = next(part for part in parts if part.heading == "Nội dung phối hợp")
    by_heading = {section.heading: section for section in program.sections.all()}
    return {area: by_heading[part.heading] for part in content.parts for area in part.areas.split()}


def settle(cast: Cast, program: Program, days: Days) -> Program:
    """Comments are asked for; leaders answer, who is silent until the last day agrees; the text is settled."""
    with clock.standing_at(clock.at(days.drafted + timedelta(days=1), 9)):
        asked = consultation.open_round(
            program, actor=cast.secretary, until=days.comments_until, silence=Silence.AGREEMENT
        )
    leaders = _leaders_of(program)
    with clock.standing_at(clock.at(days.comments_until, 10)):
        for party, leader in leaders.items():
            consultation.declare_no_comments(asked, actor=leader, party=party)
    with clock.standing_at(clock.at(days.settled, 8)):
        program = consultation.close_round(asked, actor=cast.secretary).program
    with clock.standing_at(clock.at(days.settled, 16)):
        for party, leader in leaders.items():
            programs.record_agreement(program, party, actor=leader, ground=AgreementGround.STATED)
        return programs.settle(program, actor=cast.secretary)


def _leaders_of(program: Program) -> dict[ProgramParty, Membership]:
    """Who speaks for each party that has a leader among the demo's accounts."""
    leaders = Membership.objects.filter(role=Role.LEADER, agency__party_to__program=program).select_related("agency")
    by_agency = {leader.agency_id: leader for leader in leaders}
    return {party: by_agency[party.agency_id] for party in program.parties.all() if party.agency_id in by_agency}


def lock(cast: Cast, program: Program, days: Days):
    """The version all parties will sign is frozen."""
    with clock.standing_at(clock.at(days.locked, 17, 10)):
        return programs.lock_for_signing(program, actor=cast.secretary)


def sign_on_paper(cast: Cast, version, moment) -> None:
    """Every party signs on paper at one sitting; the secretary records it."""
    with clock.standing_at(moment):
        for slot in version.slots.order_by("position"):
            programs.record_signature(slot, actor=cast.secretary, method=SignatureMethod.PAPER, signed_on=clock.today())


def confirming(lead: str, is_front: bool) -> str:
    """Who confirms a task's result: the other side of its program."""
    if not is_front:
        return "ubnd" if lead == "btg" else "btg"
    return {"ubnd": "hdnd", "hdnd": "mttq"}.get(lead, "ubnd")


def _confirming_member(cast: Cast, agency: str):
    return cast.members[
        {"ubnd": "chu-tich-ubnd", "hdnd": "chu-tich-hdnd", "btg": "truong-ban-tuyen-giao", "mttq": "chu-tich-mttq"}[
            agency
        ]
    ]


def enter_tasks_2021(cast: Cast, program: Program, rows: tuple, sections: dict[str, Section]) -> list[Task]:
    """The year's tasks are entered while the program is drafted."""
    entered = []
    with clock.standing_at(clock.at(DAYS_2021.drafted, 10)):
        for lead, others, area, month, _late, title, _reached, target, unit in rows:
            draft = _draft(
                cast, program, lead, others, area, sections, title, target, unit,
                start=date(2021, max(1, month - 2), 4), due=_last_day(2021, month),
            )  # fmt: skip
            entered.append(tasks.create_task(program, actor=cast.secretary, draft=draft))
    return entered


def live_through_2021(cast: Cast, entered: list[Task], rows: tuple, is_front: bool) -> None:
    """Each task is reported and confirmed on its day; three are still short of their target when the year closes."""
    for task, (lead, _others, _area, month, late, _title, reached, _target, _unit) in zip(entered, rows, strict=True):
        due = _last_day(2021, month)
        day = due - timedelta(days=3) if not late else due + timedelta(days=late)
        done = late is not None
        _report(cast, task, lead, day, reached, 100 if done else None, done)
        if done:
            with clock.standing_at(clock.at(day + timedelta(days=2), 15)):
                tasks.confirm_completion(task, actor=_confirming_member(cast, confirming(lead, is_front)))


def enter_tasks_2022(
    cast: Cast, program: Program, rows: tuple, sections: dict[str, Section], carried: dict[int, Task]
) -> list[Task]:
    """The new year's tasks; those the old year left unfinished are carried over with what they had reached."""
    entered = []
    with clock.standing_at(clock.at(DAYS_2022.drafted, 10)):
        for number, lead, others, area, start, due, _standing, _percent, _reached, target, unit, _last, title in rows:
            if number in carried:
                entered.append(
                    tasks.carry_over(
                        carried[number],
                        into=program,
                        actor=cast.secretary,
                        section=sections[area],
                        start_on=_day(start),
                        due_on=_day(due),
                        title=title,
                    )
                )
                continue
            draft = _draft(
                cast, program, lead, others, area, sections, title, target, unit, start=_day(start), due=_day(due)
            )
            entered.append(tasks.create_task(program, actor=cast.secretary, draft=draft))
    return entered


def live_through_2022(cast: Cast, entered: list[Task], rows: tuple, is_front: bool) -> None:
    """What was reported by 30/3/2022: some done, some waiting to be confirmed, some late, some not begun."""
    for task, row in zip(entered, rows, strict=True):
        _number, lead, _others, _area, _start, _due, standing, percent, reached, _target, _unit, last, _title = row
        if standing == "new":
            continue
        claims = standing in ("done", "waiting")
        _report(cast, task, lead, _day(last), reached, percent, claims)
        if standing == "done":
            with clock.standing_at(clock.at(_day(last) + timedelta(days=1), 15)):
                tasks.confirm_completion(task, actor=_confirming_member(cast, confirming(lead, is_front)))


def _draft(cast: Cast, program, lead, others, area, sections, title, target, unit, *, start, due) -> tasks.TaskDraft:
    is_front = program.parties.count() > 2
    return tasks.TaskDraft(
        title=title,
        area=cast.areas[area],
        section=sections[area],
        leads=(tasks.LeadDraft(cast.agencies[lead]),),
        coordinators=tuple(cast.agencies[code] for code in others.split()),
        deliverable=f"{wording.number(target)} {unit}, có minh chứng kèm theo",
        start_on=start,
        due_on=due,
        target_value=Decimal(target),
        target_unit=unit,
        confirming_agency=cast.agencies[confirming(lead, is_front)],
    )


def _report(cast: Cast, task: Task, lead: str, day: date, reached: int, percent: int | None, claims: bool) -> None:
    proof = illustrative_proof()
    files = [tasks.Upload(f"minh-chung-{task.code}.pdf", io.BytesIO(proof), len(proof))] if claims else []
    with clock.standing_at(clock.at(day, 8, 40)):
        tasks.report_progress(
            task,
            actor=cast.official_of(lead),
            value=Decimal(reached),
            percent=percent,
            result="Đã hoàn thành theo chỉ tiêu được giao." if claims else "Đang triển khai theo kế hoạch.",
            claims_completion=claims,
            files=files,
        )


def _day(written: str) -> date:
    day, month = written.split("/")
    return date(2022, int(month), int(day))


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


ROWS_2021 = (tasks_2021.PROGRAM_1, tasks_2021.PROGRAM_2)
ROWS_2022 = (tasks_2022.PROGRAM_1, tasks_2022.PROGRAM_2)
