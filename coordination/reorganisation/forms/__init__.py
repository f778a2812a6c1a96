"""The forms of reorganisations: the decision, the bodies of a step, what becomes of them, why it is undone."""

from coordination.reorganisation.forms.decision import ApplyForm, DecisionForm, UndoForm
from coordination.reorganisation.forms.picking import PickForm
from coordination.reorganisation.forms.starting import HeirChoice, starting_step
from coordination.reorganisation.forms.step import StepForm

__all__ = ["ApplyForm", "DecisionForm", "HeirChoice", "PickForm", "StepForm", "UndoForm", "starting_step"]
