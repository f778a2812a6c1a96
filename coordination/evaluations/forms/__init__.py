"""Forms of the evaluation pages: shape only; what may be graded by whom is the services' matter."""

from coordination.evaluations.forms.grading import ConclusionForm, CrossEvaluationForm
from coordination.evaluations.forms.rounds import ChangeForm, CloseForm, CorrectionForm, OpenForm
from coordination.evaluations.forms.schemes import SchemeForm
from coordination.evaluations.forms.sheet import SheetForm

__all__ = [
    "ChangeForm",
    "CloseForm",
    "ConclusionForm",
    "CorrectionForm",
    "CrossEvaluationForm",
    "OpenForm",
    "SchemeForm",
    "SheetForm",
]
