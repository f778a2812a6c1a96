"""Who holds a post from when, until when, by what decision."""

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.people.forms.who import WhoForm
from agencies.people.models import Office, OfficeHolding
from records import clock
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm

LONGEST_DECISION, LONGEST_REASON = 200, 2000


class AppointForm(WhoForm):
    """Who takes the post, from when, by what decision."""

    since = DayField(label=_("Holds it from"), help_text=_("Day/month/year"))
    until = DayField(label=_("Until"), required=False, help_text=_("Only where the last day is known already"))
    decision = LineField(
        label=_("Decision of appointment"),
        max_length=LONGEST_DECISION,
        required=False,
        help_text=_("Number, day and who decided"),
    )
    is_acting = forms.BooleanField(label=_("Acting head: signs as Q."), required=False)

    def __init__(self, *args, office: Office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = clock.today()
        if not office.is_head:
            del self.fields["is_acting"]
        who = [name for name in ("full_name", "person") if name in self.fields]
        acting = [name for name in ("is_acting",) if name in self.fields]
        self.helper.layout = Layout(*who, Row("since", "until"), "decision", *acting)

    def terms(self) -> dict:
        """The cleaned values under the names the services take, without the person."""
        kept = ("since", "until", "decision", "is_acting")
        return {name: self.cleaned_data[name] for name in kept if name in self.cleaned_data}


class EndHoldingForm(PortalForm):
    """Until when a post was held."""

    last_day = DayField(label=_("Last day"), help_text=_("Day/month/year. The post counts as held on this day."))
    ended_by = LineField(
        label=_("Decision that ends it"), max_length=LONGEST_DECISION, required=False, help_text=_("Number and day")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"last_day": clock.today()}, **kwargs)


class CorrectHoldingForm(PortalForm):
    """What was recorded wrongly, put right."""

    since = AppointForm.base_fields["since"]
    until = DayField(label=_("Until"), required=False, help_text=_("Leave empty while the post is held"))
    decision = AppointForm.base_fields["decision"]
    is_acting = AppointForm.base_fields["is_acting"]
    reason = ProseField(
        label=_("Why it is corrected"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the history with what stood before."),
    )

    def __init__(self, *args, holding: OfficeHolding, **kwargs):
        stored = {"since": holding.valid_from, "until": holding.valid_to, "decision": holding.decision}
        super().__init__(*args, initial=stored | {"is_acting": holding.is_acting}, **kwargs)
        if not holding.office.is_head:
            del self.fields["is_acting"]
        acting = [name for name in ("is_acting",) if name in self.fields]
        self.helper.layout = Layout(Row("since", "until"), "decision", *acting, "reason")

    def facts(self) -> dict:
        """The cleaned values under the names the service takes."""
        return {"is_acting": False} | self.cleaned_data
