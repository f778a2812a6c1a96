"""In which order and how the parties of a version sign, and until when."""

from collections.abc import Sequence

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.programs.enums import SignatureMethod
from coordination.programs.models import ProgramVersion, SignatureSlot
from coordination.programs.models.versions import MOST_RANKS
from coordination.programs.services import SlotPlan
from records.fields import DayField
from records.forms import PortalForm

SEALED = "sealed"


class PlanForm(PortalForm):
    """One row for each party: its rank, and whether it signs on paper, digitally, or digitally with its seal."""

    def __init__(self, *args, slots: Sequence[SignatureSlot], **kwargs):
        super().__init__(*args, **kwargs)
        self.slots = slots
        rows = []
        for slot in slots:
            rank, way = f"rank-{slot.pk}", f"planned-{slot.pk}"
            self.fields[rank] = _rank_field(slot)
            self.fields[way] = forms.ChoiceField(
                label=_("Way of signing"),
                choices=[*SignatureMethod.choices, (SEALED, _("Signed digitally, with the agency's seal"))],
                initial=SEALED if slot.is_sealed else slot.planned,
            )
            rows.append(Fieldset(slot.agency_name, rank, way))
        self.helper.layout = Layout(*rows)

    def plans(self) -> list[SlotPlan]:
        """What was chosen, as the service takes it."""
        return [self._plan(slot) for slot in self.slots]

    def _plan(self, slot: SignatureSlot) -> SlotPlan:
        way = self.cleaned_data[f"planned-{slot.pk}"]
        planned = SignatureMethod.DIGITAL if way == SEALED else way
        return SlotPlan(slot.pk, self.cleaned_data[f"rank-{slot.pk}"], planned, way == SEALED)


class LastDayForm(PortalForm):
    """Until when the parties sign."""

    until = DayField(
        label=_("Last day for signing"),
        required=False,
        help_text=_("Day/month/year. Afterwards no signature is taken until a later day is set. Empty: no last day."),
    )

    def __init__(self, *args, version: ProgramVersion, **kwargs):
        super().__init__(*args, initial={"until": version.sign_until}, **kwargs)


def _rank_field(slot: SignatureSlot) -> forms.IntegerField:
    said = _("Enter a whole number from 1 to 16")
    return forms.IntegerField(
        label=_("Round of signing"),
        min_value=1,
        max_value=MOST_RANKS,
        initial=slot.rank,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": said, "min_value": said, "max_value": said},
    )
