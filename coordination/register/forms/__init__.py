"""The forms of the register room."""

from coordination.register.forms.numbers import GapForm, ReserveForm, SeriesForm, UseForm, VoidForm
from coordination.register.forms.papers import AmendForm, IssueForm, NumberForm

__all__ = [
    "AmendForm",
    "GapForm",
    "IssueForm",
    "NumberForm",
    "ReserveForm",
    "SeriesForm",
    "UseForm",
    "VoidForm",
]
