"""Reading the log's filters from its address; what makes no sense is said beside its field, and the rest is used."""

from crispy_forms.layout import Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.log.queries import LogFilters
from records import text
from records.audit.enums import AuditAction
from records.audit.history import kinds
from records.fields import DayField, LineField
from records.forms import PortalForm


class LogFilterForm(PortalForm):
    """Who, what, when, from where."""

    words = LineField(label=_("Account or agency"), required=False, max_length=100)
    action = forms.ChoiceField(label=_("Act"), required=False)
    kind = forms.ChoiceField(label=_("Kind of object"), required=False)
    day_from = DayField(label=_("From day"), required=False)
    day_to = DayField(label=_("To day"), required=False)
    address = LineField(label=_("Network address"), required=False, max_length=45)
    request_id = LineField(label=_("Request"), required=False, max_length=36)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="log_%s", **kwargs)
        self.fields["action"].choices = [("", _("All acts")), *AuditAction.choices]
        described = [(kind, str(vocabulary.name)) for kind, vocabulary in kinds().items() if kind]
        ordered = sorted(described, key=lambda pair: text.sort_key(pair[1]))
        self.fields["kind"].choices = [("", _("All kinds")), *ordered]
        self.helper.layout = Layout(
            "words", Row("action", "kind"), Row("day_from", "day_to"), Row("address", "request_id")
        )


def filters_from(query: QueryDict) -> tuple[LogFilters, LogFilterForm]:
    """The filters an address asks for, and the form that says what in it could not be read."""
    form = LogFilterForm(query)
    form.full_clean()
    return LogFilters(**form.cleaned_data), form
