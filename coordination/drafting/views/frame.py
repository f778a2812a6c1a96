"""What stands around every page of the drafting room: contents at the left, facts of the text at the right."""

from django.http import HttpRequest

from coordination.drafting.queries import others_here, outline_rows, tasks_in, unsaved_of
from coordination.programs.models import Program, Section
from coordination.programs.queries import outline_of
from coordination.programs.workflow import EDITABLE_STATES


def frame(request: HttpRequest, program: Program, current: Section | None = None) -> dict:
    """The contents with their states, who else is here, tasks, unsaved text, bases and versions."""
    here, tasks = others_here(request.actor, program), tasks_in(request.actor, program)
    unsaved, entries = unsaved_of(request.actor, program), outline_of(program)
    return {
        "program": program,
        "is_open": program.state in EDITABLE_STATES,
        "entries": entries,
        "rows": outline_rows(entries, here=here, tasks=tasks, unsaved=unsaved, current=current),
        "here": here,
        "tasks": [task for task in tasks if current is not None and task.section_id == current.pk],
        "loose_tasks": sum(task.section_id is None for task in tasks),
        "unsaved": unsaved,
        "bases": list(program.legal_bases.all()),
        "versions": list(program.versions.visible_to(request.actor).defer("snapshot").order_by("-major", "-minor")[:5]),
        "current": current,
    }
