"""The forms of posts, people, accounts and roles."""

from agencies.people.forms.holdings import AppointForm, CorrectHoldingForm, EndHoldingForm
from agencies.people.forms.offices import CloseOfficeForm, NewOfficeForm, OfficeForm
from agencies.people.forms.users import (
    AccountFilterForm,
    EndRoleForm,
    InviteForm,
    MoveForm,
    ReasonForm,
    RoleForm,
    account_filters,
)
from agencies.people.forms.who import NameForm

__all__ = [
    "AccountFilterForm",
    "AppointForm",
    "CloseOfficeForm",
    "CorrectHoldingForm",
    "EndHoldingForm",
    "EndRoleForm",
    "InviteForm",
    "MoveForm",
    "NameForm",
    "NewOfficeForm",
    "OfficeForm",
    "ReasonForm",
    "RoleForm",
    "account_filters",
]
