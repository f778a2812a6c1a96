"""Forms of the front door: signing in, preferences, the password, in which membership to act."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership, User
from records import text
from records.fields import LineField
from records.forms import PortalForm, PortalModelForm


class SignInForm(PortalForm, AuthenticationForm):
    """User name and password. A wrong name and a wrong password get the same answer."""

    username = LineField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    error_messages = {
        "invalid_login": _("Wrong user name or password."),
        "inactive": _("Wrong user name or password."),
    }

    def clean_username(self) -> str:
        """One spelling per account, so that capitals do not make a new start for whoever guesses."""
        return text.nfc(self.cleaned_data["username"]).lower()


class PreferencesForm(PortalModelForm):
    """How the account's pages look and speak."""

    class Meta:
        model = User
        fields = ["theme", "language"]
        labels = {"theme": _("Appearance"), "language": _("Language")}
        widgets = {"theme": forms.RadioSelect, "language": forms.RadioSelect}


class PasswordForm(PortalForm, PasswordChangeForm):
    """The old password and, twice, a new one."""

    old_password = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password1 = forms.CharField(
        label=_("New password"),
        help_text=_("At least 10 characters, none of the passwords everyone uses, unlike your user name"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    new_password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    error_messages = {
        "password_incorrect": _("The present password is not right"),
        "password_mismatch": _("The two new passwords differ"),
    }


class ActingForm(PortalForm):
    """The membership to act in, among those the account can use today."""

    membership = forms.ModelChoiceField(
        label=_("Position and agency"), queryset=Membership.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, usable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = usable
