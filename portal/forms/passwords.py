"""A password as it is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from records import text

# Said once, beside the field where a new one is typed.
WHAT_IT_NEEDS = _("At least 10 characters, none of the passwords many people use, unlike your user name and office")


class PasswordField(forms.CharField):
    """A password, whole and in one Unicode form: the same letters are the same password on every keyboard."""

    def __init__(self, *, new: bool = False, **kwargs):
        completes = "new-password" if new else "current-password"
        kwargs.setdefault("widget", forms.PasswordInput(attrs={"autocomplete": completes}))
        super().__init__(strip=False, **kwargs)

    def to_python(self, value):
        return text.nfc(super().to_python(value))
