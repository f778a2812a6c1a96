"""The shape of what comes in about tasks."""

from coordination.tasks.forms.acting import ConfirmForm, ExtendForm, ReturnForm
from coordination.tasks.forms.filtering import FilterForm, filters_from
from coordination.tasks.forms.progress import ProgressForm
from coordination.tasks.forms.writing import TaskForm

__all__ = ["ConfirmForm", "ExtendForm", "FilterForm", "ProgressForm", "ReturnForm", "TaskForm", "filters_from"]
