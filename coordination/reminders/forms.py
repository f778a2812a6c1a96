"""Forms of notices, of the rules of reminding, and of calendars."""

import re
from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.reminders.enums import FARTHEST_STEP, LATEST_FOR_LEADERS, MOST_DAYS_BETWEEN, FeedKind, Rhythm
from coordination.reminders.timing import Rules
from records.fields import LineField
from records.forms import PortalForm

_WEEKLY, _NEVER = "week", "never"
# Marks between numbers, as people write lists; a number has at most so many digits.
_BETWEEN_NUMBERS = re.compile(r"[\s,;]+")
_LONGEST_NUMBER = 3


class RhythmForm(PortalForm):
    """How often letters come."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, widget=forms.RadioSelect)

    def clean_rhythm(self) -> Rhythm:
        return Rhythm(self.cleaned_data["rhythm"])


def _days_between() -> Iterator[tuple[str, str]]:
    yield _WEEKLY, gettext("Every week")
    yield "1", gettext("On every working day")
    for number in range(2, MOST_DAYS_BETWEEN + 1):
        yield str(number), gettext("Every %(days)s working days") % {"days": number}


def _leaders_from() -> Iterator[tuple[str, str]]:
    yield _NEVER, gettext("They are not told")
    for number in range(1, LATEST_FOR_LEADERS + 1):
        yield str(number), gettext("From working day %(days)s after the deadline") % {"days": number}


class RulesForm(PortalForm):
    """When the tasks of a unit's programs are called to mind; which days may be set, the service says."""

    days_before = LineField(
        label=_("Working days before the deadline"),
        help_text=_("At most five numbers with commas between them, such as 7, 3, 1. Blank: only on the day."),
        max_length=60,
        required=False,
    )
    on_the_day = forms.BooleanField(label=_("Also on the day of the deadline"), required=False)
    every_days = forms.ChoiceField(
        label=_("After the deadline"),
        help_text=_("First on the next working day, then in this rhythm until the task is reported complete."),
        choices=_days_between,
    )
    leaders_after = forms.ChoiceField(
        label=_("Leaders of the lead agency are told"),
        help_text=_("From that day on every week."),
        choices=_leaders_from,
    )
    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, held: Rules, revision: int, **kwargs):
        first = {
            "days_before": ", ".join(map(str, held.days_before)),
            "on_the_day": held.on_the_day,
            "every_days": str(held.every_days or _WEEKLY),
            "leaders_after": str(held.leaders_after or _NEVER),
            "revision": revision,
        }
        super().__init__(*args, initial=first, **kwargs)

    def clean_days_before(self) -> tuple[int, ...]:
        typed = [part for part in _BETWEEN_NUMBERS.split(self.cleaned_data["days_before"]) if part]
        if not all(part.isascii() and part.isdigit() and len(part) <= _LONGEST_NUMBER for part in typed):
            words = gettext("Enter whole numbers from 1 to %(most)s with commas between them")
            raise forms.ValidationError(words % {"most": FARTHEST_STEP})
        return tuple(sorted({int(part) for part in typed}, reverse=True))

    def clean_every_days(self) -> int | None:
        chosen = self.cleaned_data["every_days"]
        return None if chosen == _WEEKLY else int(chosen)

    def clean_leaders_after(self) -> int | None:
        chosen = self.cleaned_data["leaders_after"]
        return None if chosen == _NEVER else int(chosen)

    def rules(self) -> Rules:
        """The rules as they were filled in."""
        names = ("days_before", "on_the_day", "every_days", "leaders_after")
        return Rules(**{name: self.cleaned_data[name] for name in names})

    def kept_revision(self) -> int:
        """The change the form was opened with; what is no number is none."""
        typed = self.cleaned_data["revision"][:9]
        return int(typed) if typed.isascii() and typed.isdigit() else 0


class ReadForm(PortalForm):
    """Up to which notice everything has been read."""

    up_to = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput)


class FeedForm(PortalForm):
    """Which calendar an address is wanted for."""

    kind = forms.ChoiceField(choices=FeedKind.choices, widget=forms.HiddenInput)

    def clean_kind(self) -> FeedKind:
        return FeedKind(self.cleaned_data["kind"])
