"""The forms of the programs room."""

from coordination.programs.forms.agreement import AgreementForm, LetterForm
from coordination.programs.forms.facts import CreateForm, EditForm
from coordination.programs.forms.layout import PaperRulesForm
from coordination.programs.forms.signing import ReturnForm, SignatureForm, SignerForm
from coordination.programs.forms.signing_plan import LastDayForm, PlanForm
from coordination.programs.forms.steps import ReasonForm, SupersedeForm
from coordination.programs.forms.submission import OpinionForm, SubmitForm
from coordination.programs.forms.text import SectionForm

__all__ = [
    "AgreementForm",
    "CreateForm",
    "EditForm",
    "LastDayForm",
    "LetterForm",
    "OpinionForm",
    "PaperRulesForm",
    "PlanForm",
    "ReasonForm",
    "ReturnForm",
    "SectionForm",
    "SignatureForm",
    "SignerForm",
    "SubmitForm",
    "SupersedeForm",
]
