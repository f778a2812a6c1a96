"""Forms of the front door, by subject."""

from portal.forms.access import CodeForm, ForgottenForm, NewPasswordForm, RecoveryCodeForm, SignInForm
from portal.forms.account import ActingForm, OwnPasswordForm, PasswordForm, PhoneForm, PreferencesForm
from portal.forms.policy import PolicyForm

__all__ = [
    "ActingForm",
    "CodeForm",
    "ForgottenForm",
    "NewPasswordForm",
    "OwnPasswordForm",
    "PasswordForm",
    "PhoneForm",
    "PolicyForm",
    "PreferencesForm",
    "RecoveryCodeForm",
    "SignInForm",
]
