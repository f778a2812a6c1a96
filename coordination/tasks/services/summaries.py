"""A plan in plain values, as the audit keeps it."""

from typing import Any

from coordination.tasks import targets
from coordination.tasks.schedule import Wave
from coordination.tasks.services.drafts import ItemDraft, TargetDraft, TaskDraft
from records.audit.services import named
from records.wording import day

_IN_ROWS = ("leads", "coordinators", "contributions", "groups", "waves", "items", "more_targets", "direction")
# What few plans say is told only where it is said, so that entries of plain tasks stay short.
_SELDOM = ("schedule_until", "due_time", "follows", "within_days", "target_name", "target_measure", "proof")


def summary(draft: TaskDraft) -> dict[str, Any]:
    """Everything a plan says by the names its history is told in; rows as lists of words."""
    plain = {name: value for name, value in vars(draft).items() if name not in _IN_ROWS}
    told = {name: str(value) if value is not None else "" for name, value in plain.items()}
    rows = {
        "leads": [named(lead.agency, lead.body or lead.office or "") for lead in draft.leads],
        "coordinators": [_coordinator(draft, agency) for agency in draft.coordinators],
        "groups": [str(group) for group in draft.groups],
        "waves": [_wave(wave) for wave in draft.waves],
        "items": [_item(item) for item in draft.items],
        "more_targets": [_target(target) for target in draft.more_targets],
        "direction": _direction(draft),
    }
    seldom = (*_SELDOM, "groups", "waves", "items", "more_targets", "direction")
    return {name: value for name, value in (told | rows).items() if value or name not in seldom}


def _coordinator(draft: TaskDraft, agency) -> dict[str, Any]:
    adds = draft.contributions.get(agency.pk, "")
    return named(agency) | ({"adds": adds} if adds else {})


def _wave(wave: Wave) -> str:
    days = f"{day(wave.start_on)} – {day(wave.due_on)}" if wave.start_on else day(wave.due_on)
    return f"{wave.name}: {days}" if wave.name else days


def _item(item: ItemDraft) -> str:
    who = f", {item.agency.current_short_name}" if item.agency else ""
    return f"{item.title}: {day(item.due_on)}{who}"


def _target(target: TargetDraft) -> str:
    return targets.words(target.name, target.operator, target.value, target.unit, target.words, target.part_of)


def _direction(draft: TaskDraft) -> str:
    paper = draft.direction
    return f"{paper.number} ({day(paper.issued_on)}), {paper.issuer}" if paper else ""
