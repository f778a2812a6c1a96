"""The decision of an act, applying it as previewed, undoing it with a reason."""

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import AdminUnit, Membership, Reorganisation
from agencies.units.reach import units_kept_by
from coordination.reorganisation.forms.bodies import BodyField
from records.fields import DayField, LineField
from records.forms import PortalForm


class DecisionForm(PortalForm):
    """What is decided by whom and from when; number and days may be entered later, before applying."""

    title = LineField(
        label=_("What the decision is about"),
        max_length=300,
        help_text=_("In one sentence, as notices show it."),
    )
    number = LineField(
        label=_("Number and symbol"),
        max_length=60,
        required=False,
        help_text=_("Kind, number and symbol as the decision prints them. Needed before applying."),
    )
    issuing_body = LineField(label=_("Issued by"), max_length=200, required=False)
    decided_on = DayField(label=_("Day of the decision"), required=False, help_text=_("Day/month/year"))
    effective_on = DayField(
        label=_("Takes effect on"), required=False, help_text=_("What ends has its last day on the day before.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, actor: Membership, act: Reorganisation | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        rows = ["title", "number", "issuing_body", Row("decided_on", "effective_on"), "revision", "form_token"]
        if act is None:
            kept = units_kept_by(actor).filter(pk__in=AdminUnit.objects.visible_to(actor).values("pk"))
            self.fields["scope"] = BodyField(
                bodies=kept.order_by("level", "name_sorted", "code"),
                label=_("Unit concerned"),
                help_text=_("Everything named in the steps belongs to this unit. Type its name or code."),
                error_messages={"required": _("Choose the unit concerned")},
            )
            rows.insert(1, "scope")
        self.helper.layout = Layout(*rows)

    def decision(self) -> dict:
        """The cleaned values under the names the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("revision", "form_token")}


class ApplyForm(PortalForm):
    """That an act is applied as it was previewed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)


class UndoForm(PortalForm):
    """Why an act is taken back."""

    reason = LineField(label=_("Reason"), max_length=300, help_text=_("Kept in the record of the reorganisation."))
    revision = forms.IntegerField(widget=forms.HiddenInput)
