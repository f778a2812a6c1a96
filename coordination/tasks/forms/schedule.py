"""The fields of the less usual schedules: several quarters, waves, after another task, a time of day."""

import re
from datetime import time

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.tasks.lines import LineFault, read_waves, written_waves
from coordination.tasks.models import Task
from coordination.tasks.services import TaskDraft
from records.fields import LineField, ProseField

_TIME = re.compile(r"^([0-9]{1,2})\s*(?:giờ|h|:|g)\s*([0-9]{1,2})?\s*(?:phút)?$", re.IGNORECASE)
_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
_QUARTER_ERROR = _("Enter a number only: the last quarter, 2–4")
_DAYS_ERROR = _("Enter a number of days, from 1 to 366")
SCHEDULE_FIELDS = ("schedule_until", "due_time", "follows", "within_days", "waves")


class TimeField(LineField):
    """A time of day as officials write it: 16:30, 16h30, 16 giờ 30, 16 giờ."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def clean(self, value):
        typed = super().clean(value.strftime("%H:%M") if isinstance(value, time) else value)
        if not typed:
            return None
        match = _TIME.match(typed)
        hour, minute = (int(match[1]), int(match[2] or 0)) if match else (-1, -1)
        if not (0 <= hour <= 23 and 0 <= minute <= 59):
            raise forms.ValidationError(gettext("Enter a time of day, for example 16:30"), code="invalid")
        return time(hour, minute)

    def prepare_value(self, value):
        return value.strftime("%H:%M") if isinstance(value, time) else super().prepare_value(value)


class ScheduleFields(forms.Form):
    """Mixed into the task form, which knows the program."""

    schedule_until = forms.IntegerField(
        label=_("Until which quarter"),
        help_text=_("Only for “over several quarters”: the first one stands above, the last one here."),
        required=False,
        min_value=2,
        max_value=4,
        widget=forms.TextInput(attrs=_DIGITS),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _QUARTER_ERROR),
    )
    due_time = TimeField(
        label=_("Time of day"), help_text=_("If the deadline names one, for example 16:30."), required=False
    )
    follows = LineField(
        label=_("After which task"),
        help_text=_("Only for “after another task”: its number, for example 02.03."),
        max_length=40,
        required=False,
    )
    within_days = forms.IntegerField(
        label=_("Within how many days"),
        help_text=_("Counted from the day that task is completed."),
        required=False,
        min_value=1,
        max_value=366,
        widget=forms.TextInput(attrs=_DIGITS),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _DAYS_ERROR),
    )
    waves = ProseField(
        label=_("Waves"),
        help_text=_("Only for “in several waves”, one on a line: Wave 1: 01/3/2022 – 15/3/2022"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_waves(self):
        """The waves as they were typed, each on its line."""
        try:
            return tuple(read_waves(self.cleaned_data["waves"], year=self.program.year))
        except LineFault as fault:
            raise forms.ValidationError(str(fault)) from fault

    def clean_follows(self):
        """The task before, by its number within the program or its whole code."""
        typed = self.cleaned_data["follows"].strip().upper()
        if not typed:
            return None
        number = typed.rpartition(".")[2]
        ordinal = int(number) if number.isascii() and number.isdigit() and len(number) <= 4 else 0
        found = Task.objects.visible_to(self.actor).filter(program=self.program, ordinal=ordinal)
        found = found.select_related("follows").first()
        if found is None or typed not in (found.code, found.short_code, number, number.lstrip("0")):
            raise forms.ValidationError(gettext("No task of this program has this number, for example 02.03"))
        return found

    def schedule_values(self) -> dict:
        """What the plan says of its schedule besides kind, number and days."""
        typed = self.cleaned_data
        return {
            "schedule_until": typed.get("schedule_until"),
            "due_time": typed.get("due_time"),
            "follows": typed.get("follows"),
            "within_days": typed.get("within_days"),
            "waves": typed.get("waves") or (),
        }


def schedule_initial(draft: TaskDraft) -> dict:
    """The same fields as a saved plan fills them."""
    return {
        "schedule_until": draft.schedule_until,
        "due_time": draft.due_time,
        "follows": draft.follows.short_code if draft.follows else "",
        "within_days": draft.within_days,
        "waves": written_waves(draft.waves),
    }


def schedule_layout() -> list:
    """The fields in their order on the page, folded away by whoever asks."""
    return [
        Div("schedule_until", "due_time", css_class="pf-fields"),
        Div("follows", "within_days", css_class="pf-fields"),
        "waves",
    ]
