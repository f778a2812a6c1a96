"""What a body of data offers to be asked for: who signs in, which pages and tasks, which forms can be sent."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Count, F

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.tasks.enums import RoleKind, TaskState
from coordination.tasks.models import Task
from tests.bench.data.scales import LAST_YEAR

_SHOWN = 300


@dataclass(frozen=True)
class Subjects:
    """Names of accounts and slugs of pages; `program` and `running` are those the official may write to."""

    reader: str
    leader: str
    official: str
    tasks: tuple[str, ...]
    program: str
    fields: tuple[tuple[str, str], ...]
    running: tuple[tuple[str, int], ...]
    narrowed: str
    last_page: int
    printed: tuple[str, ...]


def subjects() -> Subjects:
    """Of the database this process is connected to: readers who see every task, an official of a large program."""
    program = _largest()
    party = program.parties.get(is_lead=True).agency
    official = Membership.objects.get(agency=party, role=Role.OFFICIAL)
    seen = Task.objects.filter(reports__evidence__isnull=False).order_by("-pk").values_list("code", flat=True)
    of_year = Task.objects.of_year(LAST_YEAR).count()
    narrowed = Task.objects.of_year(LAST_YEAR).filter(state=TaskState.IN_PROGRESS)
    return Subjects(
        reader=_account(Role.SECRETARY),
        leader=_account(Role.LEADER),
        official=official.user.username,
        tasks=tuple(code.lower() for code in dict.fromkeys(islice(seen.iterator(), 3 * _SHOWN)))[:_SHOWN],
        program=program.slug,
        fields=_task_fields(program, party),
        running=tuple(_led_by(party)),
        narrowed=_narrowing(program, narrowed, party.code),
        last_page=max(1, of_year // 25 - 2),
        printed=tuple(one.slug for one in Program.objects.filter(state=ProgramState.CLOSED).order_by("-pk")[:40]),
    )


def _account(role: Role) -> str:
    """Of the agency that is party to every program."""
    return Membership.objects.select_related("user").get(agency__code="bcd", role=role).user.username


def _largest() -> Program:
    running = Program.objects.filter(state=ProgramState.IN_FORCE, year=LAST_YEAR)
    return running.annotate(size=Count("tasks")).order_by("-size", "pk")[0]


def _task_fields(program: Program, lead) -> tuple[tuple[str, str], ...]:
    area = program.unit.areas.order_by("position")[0]
    return (
        ("area", str(area.pk)), ("lead", str(lead.pk)), ("deliverable", "Biên bản bàn giao mặt bằng"),
        ("schedule_kind", "before_day"), ("due_on", f"{date(LAST_YEAR, 12, 20):%d/%m/%Y}"),
    )  # fmt: skip


def _led_by(agency) -> list[tuple[str, int]]:
    """Running tasks of an agency whose target is not reached yet, each with the next value to report."""
    led = {"roles__kind": RoleKind.LEAD, "roles__agency": agency, "state": TaskState.IN_PROGRESS}
    rows = Task.objects.filter(**led, program__state=ProgramState.IN_FORCE, last_value__lt=F("targets__value") - 8)
    return [(code.lower(), int(value) + 1) for code, value in rows.order_by("pk").values_list("code", "last_value")]


def _narrowing(program: Program, tasks, lead: str) -> str:
    area = program.unit.areas.order_by("position")[0].code
    return f"status=in_progress&area={area}&lead={lead}"
