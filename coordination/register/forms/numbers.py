"""The forms of the register: opening a series, taking, using, voiding and explaining numbers."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.lineage import existing_on
from agencies.models import Agency, Membership
from coordination.register.enums import DocumentType, GapReason
from coordination.register.models import NumberSeries
from coordination.register.services.numbers import LONGEST_SUBJECT
from coordination.register.services.series import LARGEST_NUMBER
from records import clock
from records.fields import DayField, LineField, ProseField, YearField
from records.forms import PortalForm

LONGEST_REASON = 2000
_DAY_HINT = _("Day/month/year")


def whole_number(label, *, most: int = LARGEST_NUMBER, **kwargs) -> forms.IntegerField:
    """A number of a register."""
    out_of_range = _("The number must be between 1 and 99999")
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Enter a number only, for example 2"),
            "min_value": out_of_range,
            "max_value": out_of_range,
        },
        **kwargs,
    )


class SeriesForm(PortalForm):
    """Where the office's register stands: for which agency, type and period, and which number comes next."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none(), empty_label=None)
    document_type = forms.ChoiceField(label=_("Type of document"), choices=DocumentType.choices)
    year = YearField(
        label=_("Year"),
        required=False,
        help_text=_("Leave empty for a Party committee, whose numbers run through its term."),
    )
    valid_from = DayField(label=_("First day of the term"), required=False, help_text=_DAY_HINT)
    valid_to = DayField(label=_("Last day of the term"), required=False, help_text=_DAY_HINT)
    first_number = whole_number(
        _("First number"),
        initial=1,
        help_text=_("Where the paper register already stands at a number, enter the one after it."),
    )

    def __init__(self, *args, actor: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        mine = existing_on(Agency.objects.filter(pk__in=actor.agency_ids()), clock.today())
        self.fields["agency"].queryset = mine.in_protocol_order()
        self.helper.layout = Layout(
            "agency",
            "document_type",
            "year",
            Div("valid_from", "valid_to", css_class="pf-fields"),
            "first_number",
        )

    def clean(self):
        """Either a year or both days of a term."""
        data = super().clean()
        first, last = data.get("valid_from"), data.get("valid_to")
        if not self.errors and bool(first) != bool(last):
            self.add_error("valid_to" if first else "valid_from", _("Enter the first and the last day of the term"))
        return data

    def values(self) -> dict:
        """What was entered, under the names the service takes."""
        data = self.cleaned_data
        term = (data["valid_from"], data["valid_to"]) if data["valid_from"] else None
        return {name: data[name] for name in ("agency", "document_type", "year", "first_number")} | {"term": term}


class ReserveForm(PortalForm):
    """A number for a paper that is kept outside the portal."""

    subject = LineField(
        label=_("What it is for"), max_length=LONGEST_SUBJECT, help_text=_("Such as the title of the paper.")
    )
    number = whole_number(_("Number"), required=False, help_text=_("Leave empty to take the next one."))
    symbol = LineField(
        label=_("Symbol"),
        max_length=60,
        required=False,
        help_text=_("Such as CTPH-UBND-MTTQ, without the number."),
    )
    dated_on = DayField(label=_("Day on the paper"), required=False, help_text=_DAY_HINT)
    skipped = LineField(
        label=_("What became of numbers skipped"),
        max_length=LONGEST_SUBJECT,
        required=False,
        help_text=_("Only where numbers before this one were used on papers kept outside the portal."),
    )

    def __init__(self, *args, series: NumberSeries, **kwargs):
        super().__init__(*args, initial={"number": series.next_number}, **kwargs)
        self.helper.layout = Layout("subject", Div("number", "symbol", css_class="pf-fields"), "dated_on", "skipped")


class GapForm(PortalForm):
    """What became of numbers that were skipped."""

    first = whole_number(_("From number"))
    last = whole_number(_("To number"))
    why = forms.ChoiceField(label=_("What became of them"), choices=GapReason.choices, widget=forms.RadioSelect)
    words = LineField(
        label=_("Explanation"),
        max_length=LONGEST_SUBJECT,
        help_text=_("Such as: programs of 2021 signed on paper before the portal was used."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Div("first", "last", css_class="pf-fields"), "why", "words")


class VoidForm(PortalForm):
    """Why a number is void."""

    reason = ProseField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))


class UseForm(PortalForm):
    """The day a paper with a reserved number left the office."""

    used_on = DayField(label=_("Used on"), help_text=_DAY_HINT)
