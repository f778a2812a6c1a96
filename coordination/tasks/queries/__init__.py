"""Named reads about tasks."""

from coordination.tasks.queries.history import history_of
from coordination.tasks.queries.listing import TaskList, TaskRow, rows_of, task_list
from coordination.tasks.queries.lookups import (
    areas_of,
    last_change,
    other_agencies,
    parties_of,
    programs_open_to,
    same_section_tasks,
    search,
)
from coordination.tasks.queries.page import Action, Event, TaskPage, task_page, with_everything

__all__ = [
    "Action",
    "Event",
    "TaskList",
    "TaskPage",
    "TaskRow",
    "areas_of",
    "history_of",
    "last_change",
    "other_agencies",
    "parties_of",
    "programs_open_to",
    "rows_of",
    "same_section_tasks",
    "search",
    "task_list",
    "task_page",
    "with_everything",
]
