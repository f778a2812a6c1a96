"""The pages of tasks."""

from coordination.tasks.views.acting import confirm, extend, progress
from coordination.tasks.views.reading import detail, evidence, history, listed
from coordination.tasks.views.writing import create, edit

__all__ = ["confirm", "create", "detail", "edit", "evidence", "extend", "history", "listed", "progress"]
