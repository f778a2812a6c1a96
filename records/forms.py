"""What every form of the portal shares: how it is drawn, how it asks for what is missing, how it takes a refusal."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import pretty_name
from django.http import HttpRequest, QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import text
from records.errors import RuleBroken
from records.fields import FORBIDDEN_CHARACTERS

NOT_LISTED = gettext_lazy("Choose one of the listed values")


class ShownField(forms.BoundField):
    """A field on a page: what was typed comes back without the characters a page cannot show."""

    def value(self):
        value = super().value()
        return text.without_forbidden(value) if isinstance(value, str) else value


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, or None while it is only opened; an empty form that was sent is still a sent one."""
    return request.POST if request.method == "POST" else None


class _Portal:
    """Mixed into both kinds of form."""

    bound_field_class = ShownField

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        _word_once(type(self))
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        # The page writes the form element, its token and its buttons, and shows one summary of all errors.
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def add_refusal(self, refusal: RuleBroken) -> None:
        """Show what a service refused at the field that can mend it, or above the form when it names none here."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class PortalForm(_Portal, forms.Form):
    """A form whose fields are all its own."""


class PortalModelForm(_Portal, forms.ModelForm):
    """A form over the columns of one model."""


def _word_once(form: type[forms.BaseForm]) -> None:
    """Word the errors of the fields each form of this kind begins with, which are copied for every one."""
    if "_is_worded" not in vars(form):
        form._is_worded = True
        for name, field in form.base_fields.items():
            _word_errors(name, field)


def _word_errors(name: str, field: forms.Field) -> None:
    """Missing and foreign values are answered by what to enter or choose, unless the field has its own words."""
    if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = _later(field, name)
    for place, validator in enumerate(field.validators):
        if isinstance(validator, ProhibitNullCharactersValidator):
            field.validators[place] = ProhibitNullCharactersValidator(message=FORBIDDEN_CHARACTERS)
    if isinstance(field, forms.ChoiceField):
        field.error_messages["invalid_choice"] = NOT_LISTED
        field.error_messages["invalid_pk_value"] = NOT_LISTED


def _required_message(field: forms.Field, name: str) -> str:
    """Such as "Enter task name" or "Choose lead agency"; an abbreviation keeps its capitals."""
    label = str(field.label or pretty_name(name))
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(field)s”") % {"field": label}
    spoken = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    if isinstance(field, forms.ChoiceField | forms.FileField):
        return _("Choose %(field)s") % {"field": spoken}
    return _("Enter %(field)s") % {"field": spoken}


# In the language of whoever is told, not of whoever opened the form first.
_later = lazy(_required_message, str)
