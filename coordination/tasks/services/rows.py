"""The rows a plan is made of: parts of agencies, targets, steps. What stays keeps its row, and all that hangs on it."""

from collections.abc import Hashable, Iterable
from typing import Any

from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from agencies.models import Agency
from coordination.tasks import schedule
from coordination.tasks.enums import RECURRING_KINDS, RoleKind, ScheduleKind, StepKind
from coordination.tasks.models import Target, Task, TaskRole, TaskStep
from coordination.tasks.services.drafts import TaskDraft, draft_of, measure_of
from records import clock
from records.errors import RuleBroken
from records.text import fold
from records.wording import day

# Above any place in use: rows that change places stand here for a moment, so that no two hold one place.
_ASIDE = 10_000
_STEP_FIELDS = {StepKind.ITEM: "items", StepKind.WAVE: "waves", StepKind.PERIOD: "schedule_kind"}
Wanted = dict[Hashable, dict[str, Any]]


def write_rows(task: Task, draft: TaskDraft, *, is_new: bool) -> None:
    """All rows of a plan. Why `is_new`: a task just made has none to ask for.

    Raises: RuleBroken when something that has been reported on would be lost.
    """
    _write_roles(task, draft, is_new=is_new)
    _write_targets(task, draft, is_new=is_new)
    write_steps(task, draft, is_new=is_new)


def rows_of_new(task: Task, draft: TaskDraft) -> tuple[list[TaskRole], list[Target]]:
    """The parts of agencies and the targets of a plan just made, to be written with those of many others; groups, parts
    of totals and steps are not among them.
    """
    roles = [TaskRole(task=task, **columns) for columns in (_lead_rows(draft) | _coordinator_rows(draft)).values()]
    targets = [
        Target(
            task=task, position=place, name=one.name, operator=one.operator, value=one.value, unit=one.unit,
            words=one.words, measure=measure_of(one),
        )
        for place, one in enumerate(draft.targets, start=1)
    ]  # fmt: skip
    return roles, targets


def _write_roles(task: Task, draft: TaskDraft, *, is_new: bool) -> None:
    """Leads, coordinators in protocol order with what they contribute, and the members of groups.

    Rule: R-GROUP-2. A group given anew has the members of today; one that has the task already keeps those it had.
    """
    rows = [] if is_new else task.roles.select_related("agency", "office", "group")
    had = {_role_key(role): role for role in rows}
    wanted = _lead_rows(draft) | _coordinator_rows(draft)
    at_work = {key[0] for key in wanted}
    wanted |= _member_rows(draft, list(had.values()), at_work)
    _settle(had, wanted, TaskRole, {"kind": RoleKind.COORDINATOR, "group": None}, task=task)


def _write_targets(task: Task, draft: TaskDraft, *, is_new: bool) -> None:
    """The targets in their order, the one that measures progress first; parts once their totals are there."""
    had = {} if is_new else {_target_key(target): target for target in task.targets.all()}
    _part(list(had.values()), {})
    wanted: Wanted = {}
    for place, target in enumerate(draft.targets, start=1):
        wanted[1 if place == 1 else fold(target.name)] = {
            "position": place,
            "name": target.name,
            "operator": target.operator,
            "value": target.value,
            "unit": target.unit,
            "words": target.words,
            "measure": measure_of(target),
        }
    _settle(had, wanted, Target, {}, task=task)
    if parts := {place: target.part_of for place, target in enumerate(draft.targets, start=1) if target.part_of}:
        _part(list(task.targets.all()), parts)


def _part(rows: list[Target], parts: dict[int, int]) -> None:
    """Let each target be a part of the total at the place named for it, or of none."""
    at = {target.position: target for target in rows}
    changed = [one for one in rows if one.part_of_id != getattr(at.get(parts.get(one.position)), "pk", None)]
    for target in changed:
        target.part_of = at.get(parts.get(target.position))
    if changed:
        Target.objects.bulk_update(changed, ["part_of"])


def write_steps(task: Task, draft: TaskDraft, *, is_new: bool = False) -> None:
    """The parts of the work, the waves, and the turns of recurring work between the task's days.

    Rule: R-STEP-1. Raises: RuleBroken when a step that is done would be lost.
    """
    rows = [] if is_new else task.steps.select_related("agency")
    had = {(step.kind, fold(step.title) or step.position): step for step in rows}
    wanted: Wanted = {}
    for place, item in enumerate(draft.items, start=1):
        wanted[StepKind.ITEM, fold(item.title)] = _step(place, item.title, None, item.due_on, item.agency)
    kind, waves = StepKind.WAVE, draft.waves if draft.schedule_kind == ScheduleKind.WAVES else ()
    if draft.schedule_kind in RECURRING_KINDS:
        days = schedule.Span(task.start_on, task.due_on)
        kind, waves = StepKind.PERIOD, tuple(schedule.turns(draft.schedule_kind, days))
    for place, wave in enumerate(waves, start=1):
        wanted[kind, fold(wave.name) or place] = _step(place, wave.name, wave.start_on, wave.due_on, None)
    lost = [step for key, step in had.items() if key not in wanted and step.done_on is not None]
    if lost:
        told = {"names": "; ".join(step.name for step in lost)}
        raise RuleBroken(_("This is done already and stays: %(names)s") % told, _STEP_FIELDS[lost[0].kind])
    _settle(had, {key: columns | {"kind": key[0]} for key, columns in wanted.items()}, TaskStep, {}, task=task)


def let_steps_follow(task: Task) -> None:
    """After a deadline has moved: recurring work has the turns until then, the last wave ends with the task.

    Raises: RuleBroken when a turn that is done, or the beginning of the last wave, lies behind the new deadline.
    """
    if task.schedule_kind in RECURRING_KINDS:
        write_steps(task, draft_of(task))
    last = task.steps.filter(kind=StepKind.WAVE).order_by("position").last()
    if task.schedule_kind != ScheduleKind.WAVES or last is None:
        return
    if last.start_on is not None and task.due_on < last.start_on:
        told = {"day": day(last.start_on)}
        raise RuleBroken(_("The last wave begins on %(day)s; the deadline cannot lie before it") % told, "new_due_on")
    last.due_on = task.due_on
    last.save(update_fields=["due_on"])


def _step(place: int, title: str, start_on, due_on, agency: Agency | None) -> dict[str, Any]:
    return {"position": place, "title": title, "start_on": start_on, "due_on": due_on, "agency": agency}


def _role_key(role: TaskRole) -> tuple:
    return (role.agency_id, role.body, role.office_id)


def _target_key(target: Target) -> Hashable:
    return 1 if target.position == 1 else fold(target.name)


def _lead_rows(draft: TaskDraft) -> Wanted:
    return {
        (lead.agency.pk, lead.body, lead.office.pk if lead.office else None): {
            "kind": RoleKind.LEAD,
            "position": place,
            "agency": lead.agency,
            "body": lead.body,
            "office": lead.office,
            "contribution": "",
            "group": None,
        }
        for place, lead in enumerate(draft.leads, start=1)
    }


def _coordinator_rows(draft: TaskDraft) -> Wanted:
    return {
        (agency.pk, "", None): _role(RoleKind.COORDINATOR, place, agency)
        | {"contribution": draft.contributions.get(agency.pk, "")}
        for place, agency in enumerate(in_protocol_order(draft.coordinators), start=1)
    }


def _member_rows(draft: TaskDraft, had: list[TaskRole], at_work: set[int]) -> Wanted:
    """One row for each agency, under the first group that brings it, whatever other groups it belongs to."""
    rows: Wanted = {}
    for group in draft.groups:
        kept = [role.agency for role in had if role.group_id == group.pk]
        for agency in in_protocol_order(kept or group.members_on(clock.today())):
            if agency.pk not in at_work:
                at_work.add(agency.pk)
                role = _role(RoleKind.MEMBER, len(rows) + 1, agency)
                rows[agency.pk, "", None] = role | {"contribution": "", "group": group}
    return rows


def _role(kind: RoleKind, place: int, agency: Agency) -> dict[str, Any]:
    return {"kind": kind, "position": place, "agency": agency, "body": "", "office": None, "group": None}


def in_protocol_order(agencies: Iterable[Agency]) -> list[Agency]:
    """Agencies as papers list them."""
    return sorted(agencies, key=lambda agency: (agency.protocol_order, agency.name_sorted, agency.pk))


def _settle(had: dict, wanted: Wanted, model: type[Model], aside: dict[str, Any], *, task: Task) -> None:
    """Remove what is no longer wanted, change what stays in place, add what is new."""
    _remove([row for key, row in had.items() if key not in wanted], model)
    changed, new = [], []
    for key, columns in wanted.items():
        row = had.get(key)
        if row is None:
            new.append(model(task=task, **columns))
        elif any(getattr(row, name) != value for name, value in columns.items()):
            changed.append((row, columns))
    _stand_aside([row for row, columns in changed if _moves(row, columns)], model, aside)
    for row, columns in changed:
        for name, value in columns.items():
            setattr(row, name, value)
    if changed:
        model.objects.bulk_update([row for row, _columns in changed], list(next(iter(changed))[1]))
    model.objects.bulk_create(new)


def _moves(row: Model, columns: dict[str, Any]) -> bool:
    return any(name in columns and getattr(row, name) != columns[name] for name in ("kind", "position"))


def _stand_aside(rows: list[Model], model: type[Model], columns: dict[str, Any]) -> None:
    for place, row in enumerate(rows, start=1):
        row.position = _ASIDE + place
        for name, value in columns.items():
            setattr(row, name, value)
    if rows:
        model.objects.bulk_update(rows, ["position", *columns])


def _remove(rows: list[Model], model: type[Model]) -> None:
    """What has been reported on stays.

    Raises: RuleBroken naming it.
    """
    if not rows:
        return
    try:
        model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    except ProtectedError as kept:
        if model is Target:
            raise RuleBroken(
                _("A target with reported figures stays; change its words or number"), "more_targets"
            ) from kept
        names = "; ".join(sorted({one.role.shown_name for one in kept.protected_objects}))
        raise RuleBroken(
            _("%(names)s: its part has been reported, so it stays in the task") % {"names": names}, "coordinators"
        ) from kept
