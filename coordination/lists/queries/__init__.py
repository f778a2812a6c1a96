"""Named reads about lists of tasks."""

from coordination.lists.queries.conditions import found_by, seen_in_year
from coordination.lists.queries.kept import (
    areas_for,
    binned_tasks,
    changes_undoable,
    chosen_tasks,
    pinned_views,
    rows_of_change,
    views_kept,
)
from coordination.lists.queries.lines import Line, Lines
from coordination.lists.queries.listing import TaskList, ordered, task_list

__all__ = [
    "Line",
    "Lines",
    "TaskList",
    "areas_for",
    "binned_tasks",
    "changes_undoable",
    "chosen_tasks",
    "found_by",
    "ordered",
    "pinned_views",
    "rows_of_change",
    "seen_in_year",
    "task_list",
    "views_kept",
]
