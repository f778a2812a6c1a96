"""Forms of the account page and those it leads to."""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership, User
from portal.forms.passwords import WHAT_IT_NEEDS, PasswordField
from portal.passwords import knows_password
from records.fields import LineField
from records.forms import PortalForm, PortalModelForm

_NOT_RIGHT = _("The present password is not right")


class PreferencesForm(PortalModelForm):
    """How the account's pages look and speak."""

    class Meta:
        model = User
        fields = ["theme", "language"]
        labels = {"theme": _("Appearance"), "language": _("Language")}
        widgets = {"theme": forms.RadioSelect, "language": forms.RadioSelect}


class PasswordForm(PortalForm, PasswordChangeForm):
    """The old password and, twice, a new one."""

    old_password = PasswordField(label=_("Present password"))
    new_password1 = PasswordField(label=_("New password"), help_text=WHAT_IT_NEEDS, new=True)
    new_password2 = PasswordField(label=_("New password again"), new=True)
    error_messages = {"password_mismatch": _("The two new passwords differ")}

    def __init__(self, request: HttpRequest, data=None):
        self.request = request
        super().__init__(request.user, data)

    def clean_old_password(self) -> str:
        password = self.cleaned_data["old_password"]
        if not knows_password(self.request, password):
            raise ValidationError(_NOT_RIGHT, code="password_incorrect")
        return password


class OwnPasswordForm(PortalForm):
    """The password once more, before something about the account's ways in changes."""

    password = PasswordField(label=_("Present password"))

    def __init__(self, request: HttpRequest, data=None, **kwargs):
        self.request = request
        super().__init__(data, **kwargs)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not knows_password(self.request, password):
            raise ValidationError(_NOT_RIGHT, code="password_incorrect")
        return password


class PhoneForm(OwnPasswordForm):
    """The first code of a phone, and the password."""

    code = LineField(
        label=_("Six-digit code"),
        help_text=_("As the phone shows it now"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )
    field_order = ["code", "password"]

    def clean_code(self) -> str:
        return self.cleaned_data["code"].replace(" ", "")


class ActingForm(PortalForm):
    """The membership to act in, among those the account can use today."""

    membership = forms.ModelChoiceField(
        label=_("Position and agency"), queryset=Membership.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, usable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = usable
