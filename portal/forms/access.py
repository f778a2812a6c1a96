"""Forms before the sign-in is done: name and password, the code, a forgotten password, a new one by link."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from portal.forms.passwords import WHAT_IT_NEEDS, PasswordField
from records import text
from records.fields import LineField
from records.forms import PortalForm

_NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "autofocus": True}


class SignInForm(PortalForm, AuthenticationForm):
    """User name and password. A wrong name and a wrong password get the same answer."""

    username = LineField(label=_("User name"), max_length=150, widget=forms.TextInput(attrs=_NAME))
    password = PasswordField(label=_("Password"))
    error_messages = {
        "invalid_login": _("Wrong user name or password."),
        "inactive": _("Wrong user name or password."),
    }

    def clean_username(self) -> str:
        """One spelling per account, so that capitals do not make a new start for whoever guesses."""
        return text.nfc(self.cleaned_data["username"]).lower()


class CodeForm(PortalForm):
    """The code the phone shows."""

    code = LineField(
        label=_("Six-digit code"),
        help_text=_("It is shown by the authenticator app on your phone and changes every 30 seconds"),
        max_length=20,
        widget=forms.TextInput(attrs=_CODE),
    )

    def clean_code(self) -> str:
        return self.cleaned_data["code"].replace(" ", "")


class RecoveryCodeForm(PortalForm):
    """One of the codes written down when the second factor was set up."""

    code = LineField(
        label=_("Recovery code"),
        help_text=_("Three groups of four letters and digits; capitals and hyphens do not matter"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class ForgottenForm(PortalForm):
    """Who forgot the password."""

    asked = LineField(label=_("User name or work e-mail"), max_length=254, widget=forms.TextInput(attrs=_NAME))


class NewPasswordForm(PortalForm, SetPasswordForm):
    """A new password, twice."""

    new_password1 = PasswordField(label=_("New password"), help_text=WHAT_IT_NEEDS, new=True)
    new_password2 = PasswordField(label=_("New password again"), new=True)
    error_messages = {"password_mismatch": _("The two new passwords differ")}
