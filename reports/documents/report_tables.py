"""The annexes of a report: what came of each task of the year reviewed, and the tasks of the year planned."""

from collections.abc import Callable, Iterable
from datetime import date

from agencies.models import Agency
from coordination.handover.queries import RoleThen, roles_on
from coordination.programs.models import Program
from coordination.tasks import targets
from coordination.tasks.enums import Bucket, RoleKind, Standing
from coordination.tasks.models import Task, TaskQuerySet
from records import wording
from reports.documents.blocks import Column, Row, Table
from reports.documents.task_tables import PLAN_COLUMNS, Names, Part
from reports.documents.tasks_then import tasks_then
from reports.documents.wording import hyphenated

RESULT_COLUMNS = (
    Column("TT", 4, "center"),
    Column("Nhiệm vụ", 27),
    Column("Chủ trì", 11),
    Column("Phối hợp", 20),
    Column("Thời hạn", 9, "center"),
    Column("Kết quả/chỉ tiêu", 10, "center"),
    Column("Mức độ hoàn thành", 9, "center"),
    Column("Ghi chú", 10),
)
RowWriter = Callable[[int, Task, tuple[Part, ...], Names], Row]
_OUTCOMES = {
    Bucket.DONE_ON_TIME: "Đúng hạn",
    Bucket.DONE_LATE: "Hoàn thành chậm",
    Bucket.IN_TIME: "Trong hạn",
    Bucket.OVERDUE: "Chưa hoàn thành",
    Bucket.NO_DEADLINE: "Thường xuyên",
    "": "Dừng thực hiện",
}


def results_of_year(programs: Iterable[Program], names: Names, *, year: int, cut_off: date, on: date) -> Table:
    """Every task of the programs in a year with what it reached and how it stood on the cut-off day.

    Rule: R-SUCC-5, R-FIG-14: the rows make the figures of that day. `on` is the paper's day: named is who had the
    part then.
    """
    return Table(columns=RESULT_COLUMNS, rows=_rows(programs, names, cut_off, on, _result_row, year=year))


def results_of_party(
    program: Program, agency: Agency, names: Names, *, year: int, cut_off: date, on: date, leads: bool
) -> Table:
    """What came of the tasks of a year that a party led, or that it had another part in, on the paper's day."""

    def is_its(roles: list[RoleThen]) -> bool:
        kinds = {role.kind for role in roles if role.agency.pk == agency.pk}
        return bool(kinds) and (RoleKind.LEAD in kinds) == leads

    return Table(
        columns=RESULT_COLUMNS, rows=_rows([program], names, cut_off, on, _result_row, year=year, is_told=is_its)
    )


def plan_of_year(programs: Iterable[Program], names: Names, *, year: int | None, cut_off: date, on: date) -> Table:
    """Every task of the programs as it is planned, with the agencies that had it on the paper's day.

    Shape: without a year the whole of each program.
    """
    return Table(columns=PLAN_COLUMNS, rows=_rows(programs, names, cut_off, on, _plan_row, year=year))


def _rows(
    programs: Iterable[Program],
    names: Names,
    day: date,
    on: date,
    row_of: RowWriter,
    *,
    year: int | None = None,
    is_told: Callable[[list[RoleThen]], bool] = lambda roles: True,
) -> tuple[Row, ...]:
    """A heading for each program and a numbered row for each of its tasks; five queries for all of them.

    Shape: `is_told` picks tasks by who had which part in them; `year` leaves out those of other years.
    """
    programs = list(programs)
    by_program: dict[int, list[Task]] = {}
    tasks = _listed(programs, day, year, is_told_then=row_of is _result_row)
    roles = roles_on(tasks, on)
    for task in tasks:
        if not is_told(roles[task.pk]):
            continue
        by_program.setdefault(task.program_id, []).append(task)
    rows, number = [], 0
    for program in programs:
        tasks = by_program.get(program.pk, [])
        rows += [Row((hyphenated(program.short_title),))] if tasks else []
        for task in tasks:
            number += 1
            rows.append(row_of(number, task, _parts(roles[task.pk]), names))
    return tuple(rows)


def _listed(programs: list[Program], day: date, year: int | None, *, is_told_then: bool) -> list[Task]:
    """Results are told as they stood on the day, plans as they are."""
    if is_told_then:
        return tasks_then(programs, day, year, with_all=_with_all)
    every = Task.objects.all() if year is None else Task.objects.of_year(year)
    return list(_with_all(every.filter(program__in=programs).judged_on(day)))


def _with_all(tasks: TaskQuerySet) -> TaskQuerySet:
    followed = ("roles__agency", "roles__office", "roles__group", "targets", "steps", "continued_by")
    return tasks.select_related("follows").prefetch_related(*followed).order_by("program_id", "ordinal")


def _result_row(number: int, task: Task, parts: tuple[Part, ...], names: Names) -> Row:
    return Row(
        (
            str(number),
            hyphenated(task.title),
            names.of(parts, RoleKind.LEAD),
            names.of_helpers(parts),
            wording.day(task.deadline) if task.deadline else "Thường xuyên",
            _reached(task),
            _OUTCOMES[task.bucket],
            _note(task),
        )
    )


def _plan_row(number: int, task: Task, parts: tuple[Part, ...], names: Names) -> Row:
    product = task.deliverable or "; ".join(
        targets.words(target.name, target.operator, target.value, target.unit, target.words, target.part_of_id)
        for target in task.targets.all()
    )
    lead, others = names.of(parts, RoleKind.LEAD), names.of_helpers(parts)
    return Row((str(number), hyphenated(task.title), lead, others, task.schedule_words, hyphenated(product)))


def _parts(roles: Iterable[RoleThen]) -> tuple[Part, ...]:
    return tuple(Part(role.kind, role.agency.code, role.body, role.office, role.group) for role in roles)


def _reached(task: Task) -> str:
    """What was reached out of the first target; the percentage where no value is measured."""
    target = next(iter(task.targets.all()), None)
    if target is None or target.value is None:
        return f"{task.last_percent}%"
    reached = wording.number(task.last_value) if task.last_value is not None else "0"
    return f"{reached}/{targets.quantity(target.value, target.unit)}"


def _note(task: Task) -> str:
    """By how many days it was late, or that the next program carries it on."""
    if task.standing == Standing.COMPLETED_LATE:
        return f"Chậm {(task.completed_on - task.deadline).days} ngày"
    if onward := next(iter(task.continued_by.all()), None):
        return f"Chuyển tiếp sang nhiệm vụ {onward.short_code}"
    return hyphenated(task.note)
