"""Forms of notices and calendars."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.reminders.enums import FeedKind, Rhythm
from records.forms import PortalForm


class RhythmForm(PortalForm):
    """How often letters come."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, widget=forms.RadioSelect)

    def clean_rhythm(self) -> Rhythm:
        return Rhythm(self.cleaned_data["rhythm"])


class ReadForm(PortalForm):
    """Up to which notice everything has been read."""

    up_to = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput)


class FeedForm(PortalForm):
    """Which calendar an address is wanted for."""

    kind = forms.ChoiceField(choices=FeedKind.choices, widget=forms.HiddenInput)

    def clean_kind(self) -> FeedKind:
        return FeedKind(self.cleaned_data["kind"])
