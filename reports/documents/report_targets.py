"""The annex of targets: what was planned, what was reached, and which share of it, total by total and part by part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coordination.programs.models import Program
from coordination.tasks import targets
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Target, Task, TaskQuerySet
from coordination.tasks.queries import last_figures
from records import wording
from reports.documents.blocks import Column, Row, Table
from reports.documents.tasks_then import tasks_then
from reports.documents.wording import capitalised, hyphenated

TARGET_COLUMNS = (
    Column("TT", 5, "center"),
    Column("Chỉ tiêu", 45),
    Column("Đơn vị tính", 14, "center"),
    Column("Kế hoạch", 12, "center"),
    Column("Thực hiện", 12, "center"),
    Column("Tỷ lệ đạt", 12, "center"),
)


@dataclass(frozen=True)
class Reached:
    """A target with what was reported of it last; None where nothing was."""

    target: Target
    value: Decimal | None

    @property
    def is_total(self) -> bool:
        return self.target.part_of_id is None

    @property
    def share(self) -> str:
        """Units: whole percent; past the target as it is, 100 only where it is reached."""
        if self.value is None:
            return "-"
        percent = self.target.percent_of(self.value)
        return f"{percent if percent < 100 else int(self.value * 100 / self.target.value)}%"


def targets_of_year(programs: Iterable[Program], year: int, *, cut_off: date) -> Table:
    """Every counted target of the tasks of a year, its parts below it, as reported by the cut-off. Three queries.

    Rule: R-FIG-14. Shape: a heading for each program, a numbered row for each total, a row with a dash for each part (a
    commune, a quarter).
    """
    programs = list(programs)
    tasks = tasks_then(programs, cut_off, year, with_all=_with_targets)
    tasks = [task for task in tasks if _is_counted(task)]
    figures = last_figures([target for task in tasks for target in task.targets.all()[1:]], by=cut_off)
    by_program: dict[int, list[tuple[Task, Reached]]] = {}
    for task in tasks:
        by_program.setdefault(task.program_id, []).extend((task, one) for one in _reached(task, figures))
    rows, number = [], 0
    for program in programs:
        reached = by_program.get(program.pk, [])
        rows += [Row((hyphenated(program.short_title),))] if reached else []
        for task, one in reached:
            number += one.is_total
            rows.append(_row(str(number) if one.is_total else "", task, one))
    return Table(columns=TARGET_COLUMNS, rows=tuple(rows))


def _with_targets(tasks: TaskQuerySet) -> TaskQuerySet:
    return tasks.prefetch_related("targets").order_by("program_id", "ordinal")


def _is_counted(task: Task) -> bool:
    return task.state != TaskState.CANCELLED and any(target.is_counted for target in task.targets.all())


def _reached(task: Task, figures: dict[int, Decimal]) -> list[Reached]:
    """The counted targets of a task, each total before its parts; a total nobody counted is what its parts make."""
    every = list(task.targets.all())
    values = {every[0].pk: task.last_value} if every[0].is_counted and task.last_value is not None else {}
    values |= {target.pk: figures[target.pk] for target in every[1:] if target.pk in figures}
    made = []
    for total in (target for target in every if target.is_counted and target.part_of_id is None):
        parts = [target for target in every if target.part_of_id == total.pk]
        counted = [values[part.pk] for part in parts if part.pk in values]
        made.append(Reached(total, values.get(total.pk, sum(counted, Decimal(0)) if counted else None)))
        made += [Reached(part, values.get(part.pk)) for part in parts]
    return made


def _row(number: str, task: Task, one: Reached) -> Row:
    target = one.target
    if not one.is_total:
        name = f"- {hyphenated(target.name or 'Phần còn lại')}"
    else:
        name = hyphenated(f"{task.title}: {target.name}" if target.name else task.title)
    reached = wording.number(one.value) if one.value is not None else "-"
    planned = targets.words("", target.operator, target.value, "", "").strip()
    return Row((number, name, hyphenated(target.unit), capitalised(planned), reached, one.share))
