"""What a task form begins with: a saved plan, or what the program and the last entry say of a new one."""

from collections.abc import Mapping

from agencies.models import Membership
from coordination.programs.models import Program
from coordination.tasks.enums import TaskOrigin
from coordination.tasks.forms.parts import parts_initial
from coordination.tasks.forms.schedule import SCHEDULE_FIELDS, schedule_initial
from coordination.tasks.forms.targets import targets_initial
from coordination.tasks.models import Task
from coordination.tasks.queries import areas_of, parties_of
from coordination.tasks.services import draft_of

# What a further task of the same kind mostly shares with the one before, and what it shares when one follows another.
_SHARED = ("section", "area", "lead", "lead_body", "second_lead", "schedule_kind", "update_cycle")
_SHARED_IN_A_ROW = (
    *_SHARED, *SCHEDULE_FIELDS, "schedule_number", "start_on", "due_on", "coordinators", "other_coordinators", "groups",
)  # fmt: skip
_DIRECTION = ("origin", "direction_number", "direction_on", "direction_issuer", "direction_subject")
_ASKED = ("section", "area", "lead")


def initial_of(task: Task) -> dict:
    """A task's plan as the form's first values."""
    draft = draft_of(task)
    parties = {agency.pk for agency in parties_of(task.program)}
    chosen = [agency.pk for agency in draft.coordinators]
    return {
        "program": task.program.slug,
        "section": _pk(draft.section),
        "area": _pk(draft.area),
        "title": draft.title,
        "lead": _pk(draft.leads[0].agency) if draft.leads else "",
        "lead_body": draft.leads[0].body if draft.leads else "",
        "second_lead": _pk(draft.leads[1].agency) if len(draft.leads) > 1 else "",
        "coordinators": [str(pk) for pk in chosen if pk in parties],
        "other_coordinators": [str(pk) for pk in chosen if pk not in parties],
        "confirming_agency": _pk(draft.confirming_agency),
        "schedule_kind": draft.schedule_kind.value,
        "schedule_number": draft.schedule_number,
        "start_on": draft.start_on,
        "due_on": draft.due_on,
        "legal_due_on": draft.legal_due_on,
        "target_operator": draft.target_operator.value,
        "target_value": draft.target_value,
        "target_unit": draft.target_unit,
        "target_words": draft.target_words,
        "deliverable": draft.deliverable,
        "update_cycle": draft.update_cycle.value,
        "revision": task.revision,
        **schedule_initial(draft),
        **targets_initial(draft),
        **parts_initial(draft),
    }


def first_values(
    program: Program, *, actor: Membership, asked: Mapping[str, str], last: Task | None, in_a_row: bool = False
) -> dict:
    """What a new task begins with: what the address asks for, then the last entry, then what the program leaves open.

    `in_a_row` tells that the last task was saved a moment ago and this one follows it.
    """
    first = _of_program(program, actor)
    if last is not None:
        saved = initial_of(last)
        # A paper of direction mostly gives several tasks.
        directed = _DIRECTION if in_a_row and saved["origin"] == TaskOrigin.DIRECTION else ()
        first |= {name: saved[name] for name in (*(_SHARED_IN_A_ROW if in_a_row else _SHARED), *directed)}
    first |= {name: asked[name] for name in _ASKED if asked.get(name)}
    return {**first, "program": program.slug}


def _of_program(program: Program, actor: Membership) -> dict:
    """Led by the actor's own agency where it is a party; the section and area where there is only one."""
    own = next((agency for agency in parties_of(program) if actor.acts_for(agency.pk)), None)
    sections, areas = list(program.sections.all())[:2], list(areas_of(program)[:2])
    return {
        "lead": _pk(own),
        "section": _pk(sections[0]) if len(sections) == 1 else "",
        "area": _pk(areas[0]) if len(areas) == 1 else "",
    }


def _pk(row) -> str:
    return str(row.pk) if row is not None else ""
