"""Forms of the conference pages: shape only; the rules are the services' matter."""

from coordination.conferences.forms.agenda import AgendaChangeForm, AgendaItemForm, MinutesForm, PaperForm, StepForm
from coordination.conferences.forms.conclusions import (
    ConclusionEditForm,
    ConclusionForm,
    SettleForm,
    TaskLinkForm,
    Triage,
)
from coordination.conferences.forms.people import (
    AnswerForm,
    AttendanceForm,
    CorrectionForm,
    InviteForm,
    MarkForm,
    SendForm,
    WalkInForm,
    WithdrawalForm,
)
from coordination.conferences.forms.planning import CloseForm, ConferenceForm
from coordination.conferences.forms.records import (
    CommendForm,
    GrantForm,
    HeardForm,
    PhotoForm,
    PressForm,
    ReasonForm,
    stored_commendation,
    stored_heard,
    stored_photo,
    stored_press,
)
from coordination.conferences.forms.speeches import SpeechChangeForm, SpeechForm

__all__ = [
    "AgendaChangeForm",
    "AgendaItemForm",
    "AnswerForm",
    "AttendanceForm",
    "CloseForm",
    "CommendForm",
    "ConclusionEditForm",
    "ConclusionForm",
    "ConferenceForm",
    "CorrectionForm",
    "GrantForm",
    "HeardForm",
    "InviteForm",
    "MarkForm",
    "MinutesForm",
    "PaperForm",
    "PhotoForm",
    "PressForm",
    "ReasonForm",
    "SendForm",
    "SettleForm",
    "SpeechChangeForm",
    "SpeechForm",
    "StepForm",
    "TaskLinkForm",
    "Triage",
    "WalkInForm",
    "WithdrawalForm",
    "stored_commendation",
    "stored_heard",
    "stored_photo",
    "stored_press",
]
