"""Tables of tasks for annexes: the plan of a program, the results of a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.models import AdminUnit, Agency
from coordination.programs.models import Area
from coordination.tasks import schedule, targets
from coordination.tasks.enums import RoleKind
from reports.documents.blocks import Column, Row, Table
from reports.documents.wording import hyphenated

PLAN_COLUMNS = (
    Column("TT", 5, "center"),
    Column("Nội dung nhiệm vụ", 32),
    Column("Cơ quan chủ trì", 14),
    Column("Cơ quan phối hợp", 20),
    Column("Thời gian thực hiện", 13, "center"),
    Column("Sản phẩm, chỉ tiêu", 16),
)


@dataclass(frozen=True)
class Part:
    """An agency's part in a task, by the agency's code."""

    kind: str
    agency: str
    body: str = ""
    office: str = ""
    group: str = ""


@dataclass(frozen=True)
class PlannedTask:
    """A task as a plan prints it; from a frozen version or from the rows of today alike."""

    title: str
    area: str
    when: str
    product: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Names:
    """Short names of agencies and names of areas by their codes, on the paper's day."""

    agencies: dict[str, str]
    areas: dict[str, str]

    def of(self, parts: Iterable[Part], kind: RoleKind) -> str:
        """Who leads or coordinates: the office-holder, the body inside the agency, or the agency itself."""
        named = [self._one(part) for part in parts if part.kind == kind]
        return hyphenated("; ".join(named))

    def of_helpers(self, parts: Iterable[Part]) -> str:
        """Who coordinates: agencies one by one, a group by its name, as papers write it."""
        parts = list(parts)
        groups = dict.fromkeys(part.group for part in parts if part.kind == RoleKind.MEMBER and part.group)
        named = [self._one(part) for part in parts if part.kind == RoleKind.COORDINATOR]
        return hyphenated("; ".join([*named, *groups]))

    def _one(self, part: Part) -> str:
        short = self.agencies.get(part.agency, part.agency)
        if part.office:
            return part.office
        return f"{part.body} ({short})" if part.body else short


def names_on(unit: AdminUnit, day: date) -> Names:
    """The names in a unit, the units directly below it, and of what succeeded to agencies there; three queries.

    Where two share a code the unit's own comes first, then the one that existed on the day.
    """
    here = Q(unit=unit) | Q(unit__parents__parent=unit)
    passed = Q(origins__predecessor__unit=unit) | Q(origins__predecessor__unit__parents__parent=unit)
    agencies = Agency.objects.filter(here | passed).distinct().prefetch_related("names")
    short: dict[str, str] = {}
    for agency in sorted(agencies, key=lambda one: (one.unit_id != unit.pk, not one.holds_on(day), one.pk)):
        short.setdefault(agency.code, agency.name_on(day).short_name)
    return Names(short, {area.code: area.name for area in Area.objects.filter(unit=unit)})


def planned(snapshot: dict) -> PlannedTask:
    """A task out of a frozen version."""
    return PlannedTask(
        title=snapshot["title"],
        area=snapshot["area__code"],
        when=schedule.frozen_words(snapshot),
        product=snapshot["deliverable"] or "; ".join(targets.words(*target) for target in snapshot["targets"]),
        parts=tuple(
            Part(kind, agency, body, office or "", more[0] if more else "")
            for kind, agency, body, office, _does, *more in snapshot["roles"]
        ),
    )


def plan_table(tasks: Iterable[PlannedTask], names: Names, *, caption: str = "") -> Table:
    """The tasks grouped by area in the order the unit gives its areas, numbered through."""
    by_area: dict[str, list[PlannedTask]] = {}
    for task in tasks:
        by_area.setdefault(task.area, []).append(task)
    order = list(names.areas)
    rows, number = [], 0
    for code in sorted(by_area, key=lambda code: order.index(code) if code in order else len(order)):
        rows.append(Row((names.areas.get(code, code),)))
        for task in by_area[code]:
            number += 1
            rows.append(_plan_row(number, task, names))
    return Table(caption=caption, columns=PLAN_COLUMNS, rows=tuple(rows))


def _plan_row(number: int, task: PlannedTask, names: Names) -> Row:
    lead, others = names.of(task.parts, RoleKind.LEAD), names.of_helpers(task.parts)
    return Row((str(number), hyphenated(task.title), lead, others, task.when, hyphenated(task.product)))
