"""The work of a province over five years, loaded in bulk: for what must stay quick with a hundred thousand tasks."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db import models

from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, Membership
from coordination.programs.enums import ProgramState
from coordination.programs.models import Area, Program, ProgramParty
from coordination.tasks.enums import RoleKind, ScheduleKind, TaskState
from coordination.tasks.models import Evidence, ProgressReport, Target, Task, TaskRole, TaskStateChange
from records import clock
from records.files.enums import FileKind
from records.files.models import StoredFile
from tests.factories.people import make_agency, make_member, make_unit

YEARS = (2018, 2019, 2020, 2021, 2022)
PARTIES, OUTSIDE, AREAS, REPORTS = 16, 8, 8, 4
LARGEST_PROGRAM = 500
_AT_ONCE = 2000
_ACTS = (
    "Vận động hộ dân", "Tuyên truyền, phổ biến về", "Giám sát", "Phối hợp kiểm tra", "Rà soát, lập danh sách",
    "Tổ chức hội nghị đối thoại về", "Hướng dẫn", "Phản biện xã hội đối với dự thảo về", "Tập huấn nghiệp vụ về",
    "Kiểm tra, đôn đốc", "Xây dựng mô hình", "Phát động phong trào",
)  # fmt: skip
_MATTERS = (
    "bàn giao mặt bằng tuyến đường liên xã", "xây dựng nông thôn mới nâng cao", "tiêm vắc xin phòng dịch bệnh",
    "thu gom, phân loại rác thải tại nguồn", "hiến đất mở rộng đường giao thông", "bình đẳng giới trong gia đình",
    "phòng cháy, chữa cháy khu dân cư", "giảm nghèo bền vững", "tiếp công dân, giải quyết đơn thư",
    "chuyển đổi số cộng đồng", "nước sạch nông thôn", "phòng, chống tội phạm và tệ nạn xã hội",
    "bảo vệ rừng ngập mặn", "đào tạo nghề cho lao động nông thôn", "nhà ở cho hộ nghèo", "văn hóa khu dân cư",
)  # fmt: skip
_PLACES = (
    "Tân Bình", "Đại Bình", "Quảng Lâm", "Quảng An", "Dực Yên", "Tân Lập", "Đầm Hà", "Quảng Tân", "Tiên Yên",
    "Hải Hà", "Ba Chẽ", "Bình Liêu", "Vân Đồn", "Cô Tô", "Uông Bí", "Đông Triều", "Cẩm Phả", "Hạ Long",
)  # fmt: skip
# One title in so many names something nothing else names: a rare word to look for.
RARE_EVERY, RARE_WORD = 2500, "sá sùng"
_AFTER = timedelta(days=12)  # from the beginning of the year until work begins
_FINISHED = (TaskState.COMPLETED, TaskState.AWAITING, TaskState.NOT_COMPLETED)


@dataclass
class Workload:
    """The unit, who works in it and how many tasks there are; the official acts for the first party."""

    unit: AdminUnit
    parties: list[Agency]
    outside: list[Agency]
    members: list[Membership]
    areas: list[Area]
    proof: StoredFile
    secretary: Membership
    official: Membership
    tasks: int = 0
    programs: list[Program] = field(default_factory=list)


def make_workload() -> Workload:
    """A unit of sixteen parties and eight communes, with nothing to do yet."""
    unit = make_unit("KL", "tỉnh Khối Lượng")
    parties = [make_agency(unit, f"ben-{n}", f"Ban {n}", protocol_order=n) for n in range(1, PARTIES + 1)]
    outside = [make_agency(unit, f"xa-{n}", f"UBND xã {_PLACES[n]}") for n in range(OUTSIDE)]
    areas = Area.objects.bulk_create(
        Area(unit=unit, code=f"lv-{n}", name=_MATTERS[n].capitalize(), position=n + 1) for n in range(AREAS)
    )
    sha256 = hashlib.sha256(b"bien ban").hexdigest()
    proof = StoredFile.objects.create(
        name="bien-ban.pdf", kind=FileKind.PDF, size_bytes=8, sha256=sha256, stored_at=clock.now()
    )
    members = [make_member(agency, Role.OFFICIAL) for agency in parties]
    secretary = make_member(parties[0], Role.SECRETARY, username="thu-ky-khoi-luong")
    return Workload(unit, parties, outside, members, areas, proof, secretary, members[0])


def grow(load: Workload, tasks: int) -> None:
    """Add programs and tasks up to a number, with parts, targets, progress and evidence, as the years would have it.

    Shape: forty programs a year when there are a hundred thousand tasks, each with at most `LARGEST_PROGRAM`.
    """
    while load.tasks < tasks:
        count = min(LARGEST_PROGRAM, tasks - load.tasks)
        program = _program(load, len(load.programs))
        load.programs.append(program)
        _fill(load, program, count)
        load.tasks += count


def grow_last_year(load: Workload, *, programs: int, tasks_each: int) -> list[Program]:
    """Add programs of the year before the last one, all closed, each with so many tasks."""
    made = []
    for turn in range(programs):
        program = _program(load, 1 + turn * len(YEARS))
        _fill(load, program, tasks_each)
        load.tasks += tasks_each
        made.append(program)
    load.programs += made
    return made


def _program(load: Workload, place: int) -> Program:
    year, ordinal = YEARS[::-1][place % len(YEARS)], place // len(YEARS) + 1
    ended = year < YEARS[-1]
    program = Program.objects.create(
        unit=load.unit, code=f"KL-{year}-{ordinal:02}", year=year, ordinal=ordinal,
        title=f"Chương trình phối hợp số {ordinal} về {_MATTERS[place % len(_MATTERS)]} năm {year}",
        short_title=f"Phối hợp {_MATTERS[place % len(_MATTERS)]}",
        period_start=date(year, 1, 1), period_end=date(year, 12, 31), drafting_agency=load.parties[0],
        state=ProgramState.CLOSED if ended else ProgramState.IN_FORCE, agreed_on=date(year, 1, 10),
        signed_on=date(year, 1, 20), closed_on=date(year, 12, 31) if ended else None,
        document_number=place + 1, document_symbol="QCPH-HĐND-UBND-MTTQ",
    )  # fmt: skip
    ProgramParty.objects.bulk_create(
        ProgramParty(
            program=program, agency=agency, letterhead_order=turn, signing_order=turn, is_lead=turn == 1
        )
        for turn, agency in enumerate(load.parties, start=1)
    )  # fmt: skip
    return program


def _fill(load: Workload, program: Program, count: int) -> None:
    planned = [_task(load, program, ordinal, load.tasks + ordinal - 1) for ordinal in range(1, count + 1)]
    tasks = Task.objects.bulk_create(planned, batch_size=_AT_ONCE)
    _write(TaskRole, (role for task in tasks for role in _roles(load, task)))
    _write(Target, (Target(task=task, value=Decimal(45), unit="hộ") for task in tasks))
    _write(TaskStateChange, (change for task in tasks for change in _changes(load, task)))
    reports = _write(ProgressReport, (report for task in tasks for report in _reports(load, task)))
    _write(Evidence, (Evidence(report=report, file=load.proof) for report in reports[:: REPORTS // 2]))


def _write(model: type[models.Model], rows: Iterator[models.Model]) -> list[models.Model]:
    return model.objects.bulk_create(rows, batch_size=_AT_ONCE)


def _task(load: Workload, program: Program, ordinal: int, number: int) -> Task:
    """Titles of a verb, a matter and a place; a few name something rare."""
    what = f"{_ACTS[number % len(_ACTS)]} {_MATTERS[number // 7 % len(_MATTERS)]}"
    rare = f", vùng nuôi {RARE_WORD}" if number % RARE_EVERY == 0 else ""
    due_on = program.period_start + timedelta(days=number * 7 % 360)
    state = _state(program, number, due_on)
    done_on = due_on - timedelta(days=3) if number % 8 else due_on + timedelta(days=5)
    is_done, is_reported = state == TaskState.COMPLETED, state in (TaskState.COMPLETED, TaskState.AWAITING)
    return Task(
        program=program, area=load.areas[number % AREAS], ordinal=ordinal, code=f"{program.code}.{ordinal:02}",
        title=f"{what} tại xã {_PLACES[number // 3 % len(_PLACES)]}{rare}", deliverable="Báo cáo kết quả, biên bản",
        state=state, schedule_kind=ScheduleKind.BEFORE_DAY, due_on=due_on,
        confirming_agency=load.parties[(number + 5) % PARTIES], last_percent=100 if is_done else number % 100,
        last_value=Decimal(45) if is_done else Decimal(number % 45), completed_on=done_on if is_reported else None,
        confirmed_on=done_on if is_done else None,
        last_reported_at=None if state == TaskState.NOT_STARTED else clock.at(program.period_start + _AFTER, 9),
    )  # fmt: skip


def _state(program: Program, number: int, due_on: date) -> TaskState:
    """Past years are done but for one in twenty; of this year's, most of what was due by June, and some is late."""
    if program.state == ProgramState.CLOSED:
        return TaskState.COMPLETED if number % 20 else TaskState.NOT_COMPLETED
    turn = number * 7 % 10
    if due_on > date(program.year, 6, 15):
        return TaskState.NOT_STARTED if turn < 5 else TaskState.IN_PROGRESS
    return (TaskState.COMPLETED if turn < 7 else TaskState.AWAITING) if turn < 8 else TaskState.IN_PROGRESS


def _roles(load: Workload, task: Task) -> Iterator[TaskRole]:
    number = task.ordinal + task.program.ordinal
    yield TaskRole(task=task, kind=RoleKind.LEAD, position=1, agency=load.parties[number % PARTIES])
    helping = (load.parties[(number + 3) % PARTIES], load.outside[number % OUTSIDE])
    for place, agency in enumerate(helping, start=1):
        yield TaskRole(task=task, kind=RoleKind.COORDINATOR, position=place, agency=agency)


def _changes(load: Workload, task: Task) -> Iterator[TaskStateChange]:
    by, begun_on = load.members[task.ordinal % PARTIES], task.program.period_start
    passed = [(TaskState.NOT_STARTED, begun_on)]
    if task.state != TaskState.NOT_STARTED:
        passed.append((TaskState.IN_PROGRESS, begun_on + _AFTER))
    if task.state in _FINISHED:
        passed.append((task.state, task.completed_on or task.due_on))
    before = ""
    for state, on in passed:
        yield TaskStateChange(task=task, from_state=before, to_state=state, at=clock.at(on, 8), by=by)
        before = state


def _reports(load: Workload, task: Task) -> Iterator[ProgressReport]:
    if task.state == TaskState.NOT_STARTED:
        return
    by = load.members[(task.ordinal + task.program.ordinal) % PARTIES]
    for step in range(REPORTS):
        on = task.program.period_start + _AFTER + timedelta(days=30 * step + task.ordinal % 20)
        yield ProgressReport(
            task=task, reported_on=on, entered_at=clock.at(on, 15), by=by, value_before=Decimal(step * 10),
            value=Decimal(step * 10 + 10), percent=(step + 1) * 20,
            result=f"Đã vận động thêm 10 hộ, còn {35 - step * 10} hộ đang tiếp tục vận động.",
            obstacles="Một số hộ đi làm ăn xa." if step % 2 else "",
        )  # fmt: skip
