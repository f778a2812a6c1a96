"""Which values of a plan the cells of a row stand for."""

from coordination.intake.enums import Column
from coordination.programs.models import Program
from coordination.tasks.models import Task
from coordination.tasks.schedule import words
from coordination.tasks.services.days import span_of
from coordination.tasks.services.drafts import TaskDraft
from records.errors import RuleBroken

FIELDS: dict[Column, tuple[str, ...]] = {
    Column.AREA: ("area",),
    Column.CONTENT: ("title",),
    Column.LEAD: ("leads",),
    Column.COORDINATORS: ("coordinators", "contributions"),
    Column.TIME: (
        "schedule_kind", "schedule_number", "schedule_until", "start_on", "due_on", "due_time", "follows",
        "within_days", "waves",
    ),
    Column.DELIVERABLE: ("deliverable",),
    Column.TARGET: (
        "target_name", "target_measure", "target_operator", "target_value", "target_unit", "target_words",
    ),
    Column.FUNDING: ("funding",),
    Column.NOTE: ("note",),
}  # fmt: skip
# What the number of a target is follows from its unit, unless the plan says otherwise.
_FOLLOWS = ("target_measure",)


def means_the_same(column: Column, written: TaskDraft, stands: TaskDraft, *, task: Task) -> bool:
    """Whether a cell says what the task says already, in other words: “Quý III” and “Quý III/2022”."""
    if column == Column.TIME:
        return _time_words(written, task.program, task) == task.schedule_words
    if column == Column.COORDINATORS:
        return set(written.coordinators) == set(stands.coordinators)
    if column == Column.TARGET and written.target_value is None and stands.target_value is None:
        return written.target_words == stands.target_words
    return all(getattr(written, name) == getattr(stands, name) for name in FIELDS[column] if name not in _FOLLOWS)


def _time_words(draft: TaskDraft, program: Program, task: Task) -> str:
    """The schedule of a plan in words; blank where its days do not fit."""
    try:
        days = span_of(draft, program, task=task)
    except RuleBroken:
        return ""
    return words(
        draft.schedule_kind,
        number=draft.schedule_number,
        start_on=days.start_on,
        due_on=days.due_on,
        detail=draft.detail,
    )
