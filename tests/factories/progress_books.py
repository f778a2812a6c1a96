"""Workbooks with progress: a program whose tasks can be reported on, and what its office writes and sends back."""

from datetime import date, timedelta
from decimal import Decimal

from agencies.models import Membership
from coordination.intake import services as intake
from coordination.intake.enums import Column
from coordination.intake.models import TaskTable
from coordination.intake.reading.grids import letters
from coordination.models import Task
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.models import ProgressReport
from tests.factories.programs import advance, make_area, make_program
from tests.factories.tasks import make_task, make_upload, official_of
from tests.factories.workbooks import Cells, filled_in, returned, rows_of, seen, taken

# The rows of the tasks in the workbook.
COUNTED, IN_WORDS, TOTAL, FOREIGN = 1, 2, 3, 4
TODAY = date(2022, 3, 30)


def make_reported_program() -> Program:
    """Four tasks of a program in force: counted and under way, in words, a total of two parts, one of another party."""
    found = make_program()
    area = make_area(found.unit)
    parties = [party.agency for party in found.parties.order_by("letterhead_order")]
    make_task(found, title="Vận động hiến đất")
    make_task(found, title="Tuyên truyền", target_value=None, target_words="Nhiều buổi")
    parts = (tasks.TargetDraft(name=name, value=Decimal(20), unit="hộ", part_of=1) for name in ("Xã một", "Xã hai"))
    make_task(found, title="Bàn giao mặt bằng", target_name="Cả huyện", target_value=Decimal(40),
              more_targets=tuple(parts))  # fmt: skip
    make_task(found, title="Việc bên khác", lead=parties[1], area=area)
    found = advance(found, "signed")
    report(Task.objects.get(title="Vận động hiến đất"), 31, result="Đã vận động 31 hộ", obstacles="Thiếu kinh phí",
           expected_on=TODAY + timedelta(days=10))  # fmt: skip
    return Program.objects.get(pk=found.pk)


def report(task: Task, value: int | None, **said) -> ProgressReport:
    """A report by an official of the task's lead agency."""
    lead = task.roles.get(position=1, kind="lead").agency
    quantity = Decimal(value) if value is not None else None
    return tasks.report_progress(task, actor=official_of(lead), value=quantity, percent=None, **said)


def claim(task: Task) -> ProgressReport:
    """The task reported complete."""
    return report(task, 45, claims_completion=True, files=[make_upload()])


def take_in(table: TaskTable, actor: Membership) -> list[Task]:
    """Take the sheet of tasks in as it looks now."""
    return intake.take_in(table, actor=actor, digest=seen(table, actor).digest, sheet=0)


def written(program: Program, official: Membership, cells: Cells) -> ProgressReport:
    """The report a workbook with these cells makes."""
    table, preview = returned(program, official, filled_in(taken(program, official), cells))
    assert preview.errors == []
    before = ProgressReport.objects.count()
    take_in(table, official)
    assert ProgressReport.objects.count() == before + 1
    return ProgressReport.objects.latest("pk")


def ref(content: bytes, number: int, column: Column) -> str:
    """The name Excel gives the cell of a task's row."""
    return f"{letters(rows_of(content)[0].index(column.heading))}{number + 1}"
