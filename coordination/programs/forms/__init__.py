"""The forms of the programs room."""

from coordination.programs.forms.facts import CreateForm, EditForm
from coordination.programs.forms.signing import NumberForm, ReturnForm, SignatureForm, SignerForm
from coordination.programs.forms.steps import ReasonForm, UntilForm
from coordination.programs.forms.text import SectionForm

__all__ = [
    "CreateForm",
    "EditForm",
    "NumberForm",
    "ReasonForm",
    "ReturnForm",
    "SectionForm",
    "SignatureForm",
    "SignerForm",
    "UntilForm",
]
