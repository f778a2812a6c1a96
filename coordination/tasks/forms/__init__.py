"""The shape of what comes in about tasks."""

from coordination.tasks.forms.acting import AskExtensionForm, ConfirmForm, ExtendForm, RefuseExtensionForm, ReturnForm
from coordination.tasks.forms.progress import PartForm, ProgressForm
from coordination.tasks.forms.stopping import StopForm
from coordination.tasks.forms.writing import TaskForm

__all__ = [
    "AskExtensionForm",
    "ConfirmForm",
    "ExtendForm",
    "PartForm",
    "ProgressForm",
    "RefuseExtensionForm",
    "ReturnForm",
    "StopForm",
    "TaskForm",
]
