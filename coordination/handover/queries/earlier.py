"""How things stood on an earlier day: handovers since then, taken back in the mind. For papers and for judgements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agencies.models import Agency
from coordination.handover.enums import HandoverPart
from coordination.handover.models import Handover
from coordination.programs.models import Program
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import Task

_KIND_OF_PART = {
    HandoverPart.LEAD.value: RoleKind.LEAD,
    HandoverPart.COORDINATOR.value: RoleKind.COORDINATOR,
    HandoverPart.MEMBER.value: RoleKind.MEMBER,
}


@dataclass(frozen=True)
class RoleThen:
    """An agency's part in a task as it was on a day."""

    kind: str
    position: int
    agency: Agency
    body: str = ""
    office: str = ""
    group: str = ""


def roles_on(tasks: Iterable[Task], day: date) -> dict[int, list[RoleThen]]:
    """Who led and who coordinated each task on a day, in order. One query besides the roles, which are fetched.

    Why: a paper of that day names whoever had the part then, whatever was reorganised since.
    """
    roles = {task.pk: [_now(role) for role in task.roles.all()] for task in tasks}
    since = Handover.objects.after(day).filter(task__in=list(roles), part__in=list(_KIND_OF_PART))
    for passed in since.select_related("from_agency", "office"):
        _take_back(roles[passed.task_id], passed)
    return roles


def drafting_agencies_on(programs: Iterable[Program], day: date) -> dict[int, Agency]:
    """The agency that drafted each program and kept its records on a day. One query."""
    drafting = {program.pk: program.drafting_agency for program in programs}
    since = Handover.objects.after(day).filter(program__in=list(drafting), part=HandoverPart.DRAFTING)
    for passed in since.select_related("from_agency").prefetch_related("from_agency__names"):
        drafting[passed.program_id] = passed.from_agency
    return drafting


def parties_led(task_ids: Iterable[int], parties: set[int]) -> dict[int, dict[int, set[int]]]:
    """For each task that passed: by its present lead agency, the parties whose part as lead that was before. One query.

    Why: a program in force keeps its parties, so what their successors do is judged as the parties' own work.
    """
    passed = Handover.objects.filter(task__in=list(task_ids), part=HandoverPart.LEAD).order_by("on", "pk")
    origins: dict[int, dict[int, set[int]]] = {}
    for task, old, new in passed.values_list("task_id", "from_agency_id", "to_agency_id"):
        of_task = origins.setdefault(task, {})
        came_from = {old} & parties if old == new else of_task.pop(old, set()) or {old} & parties
        of_task[new] = of_task.get(new, set()) | came_from
    return origins


def _now(role) -> RoleThen:
    group = role.group.name if role.group_id else ""
    return RoleThen(role.kind, role.position, role.agency, role.body, role.office.title if role.office else "", group)


def _take_back(roles: list[RoleThen], passed: Handover) -> None:
    kind = _KIND_OF_PART[passed.part]
    office = passed.office.title if passed.office else ""
    now = next((r for r in roles if r.kind == kind and r.agency.pk == passed.to_agency_id), None)
    group = now.group if now is not None and kind == RoleKind.MEMBER else ""
    if now is not None and not passed.merged:
        roles.remove(now)
    roles.append(RoleThen(kind, passed.position, passed.from_agency, passed.body, office, group))
    roles.sort(key=lambda role: (role.kind != RoleKind.LEAD, role.position))
