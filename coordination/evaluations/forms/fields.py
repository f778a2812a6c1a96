"""The fields forms of this room share."""

import re
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.evaluations.models import GradeBand
from records.fields import LineField, ProseField, QuantityField
from records.forms import PortalForm

_BETWEEN_CODES = re.compile(r"[\s,;]+")
LONGEST_CODE = 30


class OpenedForm(PortalForm):
    """A form that carries the fingerprint of what stood when it was opened, so that nobody is overwritten unseen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=8000, required=False)

    @property
    def opened_on(self) -> str | None:
        """The fingerprint that came with it; None where none came."""
        return self.cleaned_data.get("seen") if "seen" in self.data else None


class ScoreField(QuantityField):
    """A score between 0 and 100 in Vietnamese writing; whether it is in range is asked by the service."""

    default_error_messages = {"invalid": _("Enter a score between 0 and 100, for example 93,5")}

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "6"}))
        super().__init__(max_digits=7, decimal_places=2, **kwargs)


class WholeField(forms.IntegerField):
    """A whole number between two others, in a small box."""

    def __init__(self, *, least: int, most: int, **kwargs):
        words = _("Enter a whole number between %(least)s and %(most)s") % {"least": least, "most": most}
        digits = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "4"})
        kwargs.setdefault("widget", digits)
        messages = {"invalid": words, "min_value": words, "max_value": words}
        super().__init__(min_value=least, max_value=most, error_messages=messages, **kwargs)


class CodesField(LineField):
    """Codes of tasks, with a comma, a semicolon or a space between them; gives them as a list."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 1000)
        super().__init__(required=False, **kwargs)

    def clean(self, value) -> list[str]:
        codes = [code for code in _BETWEEN_CODES.split(super().clean(value)) if code]
        too_long = next((code for code in codes if len(code) > LONGEST_CODE), None)
        if too_long:
            raise ValidationError(_("“%(code)s…” is no code of a task"), params={"code": too_long[:LONGEST_CODE]})
        return list(dict.fromkeys(codes))


def remark(label: str, **kwargs) -> ProseField:
    """A short text beside a score."""
    kwargs.setdefault("required", False)
    return ProseField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)


def grade(label: str, bands: Iterable[GradeBand], **kwargs) -> forms.ChoiceField:
    """A grade of the scheme, by its words."""
    choices = [("", _("Choose a grade")), *((band.label, band.label) for band in bands)]
    return forms.ChoiceField(label=label, choices=choices, **kwargs)
