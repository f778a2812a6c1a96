"""Tasks: who leads and who coordinates, by when, to what target, and what was reported and proved."""

from coordination.tasks.models.changes import DECISIONS, DueDateChange, TaskStateChange
from coordination.tasks.models.directions import DirectionPaper
from coordination.tasks.models.extensions import ExtensionRequest
from coordination.tasks.models.reports import ActualFigure, Evidence, PartReport, ProgressReport
from coordination.tasks.models.roles import TaskRole
from coordination.tasks.models.steps import TaskStep
from coordination.tasks.models.targets import Target
from coordination.tasks.models.tasks import Task, TaskQuerySet
from coordination.tasks.models.unsaved import UnsavedTask

__all__ = [
    "DECISIONS",
    "ActualFigure",
    "DirectionPaper",
    "DueDateChange",
    "Evidence",
    "ExtensionRequest",
    "PartReport",
    "ProgressReport",
    "Target",
    "Task",
    "TaskQuerySet",
    "TaskRole",
    "TaskStateChange",
    "TaskStep",
    "UnsavedTask",
]
