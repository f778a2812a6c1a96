"""The pages of tasks."""

from coordination.tasks.views.acting import confirm, extend
from coordination.tasks.views.reading import detail, evidence, history
from coordination.tasks.views.reporting import part, progress
from coordination.tasks.views.steps import step
from coordination.tasks.views.stopping import stop
from coordination.tasks.views.unsaved import find_agencies, new_task_draft, task_draft
from coordination.tasks.views.writing import create, edit

__all__ = [
    "confirm",
    "create",
    "detail",
    "edit",
    "evidence",
    "extend",
    "find_agencies",
    "history",
    "new_task_draft",
    "part",
    "progress",
    "step",
    "stop",
    "task_draft",
]
