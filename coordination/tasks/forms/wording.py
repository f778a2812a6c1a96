"""What the task form says about vague wording, on the page and while it is typed."""

from django import forms

from coordination.tasks.clarity import Advice, advice_on
from records.fields import DayField, LineField, ProseField, QuantityField
from records.forms import PortalForm


class WordingForm(PortalForm):
    """The fields that must be clear, as far as they are filled in; one that cannot be read counts as empty."""

    title = LineField(required=False)
    deliverable = ProseField(required=False)
    schedule_kind = forms.CharField(required=False)
    due_on = DayField(required=False)
    target_value = QuantityField(required=False)

    @property
    def advice(self) -> list[Advice]:
        """What could be said more clearly."""
        self.full_clean()
        typed = self.cleaned_data
        return advice_on(
            title=typed.get("title", ""),
            deliverable=typed.get("deliverable", ""),
            schedule_kind=typed.get("schedule_kind", ""),
            due_on=typed.get("due_on"),
            target_value=typed.get("target_value"),
        )


def advice_of(form: PortalForm) -> list[Advice]:
    """What could be said more clearly in a task form as it is shown."""
    return WordingForm({name: form[name].value() for name in WordingForm.base_fields if name in form.fields}).advice
