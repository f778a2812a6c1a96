"""Named reads about tasks."""

from coordination.tasks.queries.history import history_of
from coordination.tasks.queries.lookups import (
    areas_of,
    last_change,
    other_agencies,
    parties_of,
    programs_open_to,
    same_section_tasks,
    search,
)
from coordination.tasks.queries.page import Action, TaskPage, following_of, task_page, with_everything
from coordination.tasks.queries.reported import (
    Part,
    Parts,
    last_figures,
    open_extension_of,
    parts_of,
    waiting_extension_of,
)
from coordination.tasks.queries.rows import TaskRow, quantity_words, rows_of, tone_of, whole_rows
from coordination.tasks.queries.timeline import Event

__all__ = [
    "Action",
    "Event",
    "Part",
    "Parts",
    "TaskPage",
    "TaskRow",
    "areas_of",
    "following_of",
    "history_of",
    "last_change",
    "last_figures",
    "open_extension_of",
    "other_agencies",
    "parties_of",
    "parts_of",
    "programs_open_to",
    "quantity_words",
    "rows_of",
    "same_section_tasks",
    "search",
    "task_page",
    "tone_of",
    "waiting_extension_of",
    "whole_rows",
    "with_everything",
]
