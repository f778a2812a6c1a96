"""What is carried over: check boxes by part, and what the new program is called."""

from crispy_forms.layout import Field, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.carryover.enums import Part
from coordination.carryover.queries import Choice, Offer
from coordination.carryover.queries.offering import RECURRING_KINDS
from coordination.carryover.queries.planning import first_year, renamed
from coordination.findings.models import Finding
from coordination.programs.models import Area
from coordination.tasks.models import Task
from records.fields import LineField, YearField
from records.forms import PortalForm

_LONGEST_LABEL = 160


class SeveralRows(forms.MultipleChoiceField):
    """Several rows of one part, by their numbers."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        return frozenset(int(pk) for pk in super().clean(value))


class CarryOverForm(PortalForm):
    """What goes over from one program to the next."""

    title = LineField(label=_("Program title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    short_title = LineField(label=_("Short title"), max_length=120)
    year = YearField(label=_("Year"), help_text=_("The period and all days move by as many years."))
    area = forms.ModelChoiceField(
        label=_("Area of the new tasks"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("Choose"),
        help_text=_("For conclusions and limitations that become tasks."),
    )

    def __init__(self, *args, offer: Offer, unit_id: int, **kwargs):
        kwargs.setdefault("initial", _usual(offer))
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.fields["area"].queryset = Area.objects.filter(unit_id=unit_id, is_active=True)
        self.offered = {part: rows for part, rows in _rows(offer).items() if rows}
        for part, rows in self.offered.items():
            self.fields[part.value] = SeveralRows(label=part.label, choices=rows, required=False)
        if not {Part.CONCLUSIONS, Part.LIMITATIONS} & self.offered.keys():
            del self.fields["area"]
        self.helper.layout = self._layout()

    def choice(self) -> Choice:
        """The choice as the queries and the service take it."""
        typed = self.cleaned_data
        return Choice(
            year=typed["year"],
            title=typed["title"],
            short_title=typed["short_title"],
            area=typed.get("area"),
            ticked={part: typed[part.value] for part in self.offered},
        )

    def _layout(self) -> Layout:
        parts = [part.value for part in self.offered if part not in (Part.CONCLUSIONS, Part.LIMITATIONS)]
        becoming = [part.value for part in self.offered if part in (Part.CONCLUSIONS, Part.LIMITATIONS)]
        rows = map(_by_the_line, becoming)
        learnt = [Fieldset(gettext("What the year has taught"), *rows, "area")] if becoming else []
        return Layout(
            Fieldset(gettext("New program"), "title", Row("short_title", "year")),
            Fieldset(gettext("What goes over"), *(_by_the_line(part) for part in parts)),
            *learnt,
        )


class ConfirmForm(PortalForm):
    """The preview that was looked at."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    form_token = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)


def _by_the_line(part: str) -> Field | str:
    """Parties stand side by side; whatever is as long as a sentence has a line of its own."""
    return part if part == Part.PARTIES.value else Field(part, wrapper_class="pf-field--lines")


def _usual(offer: Offer) -> dict:
    """Everything but what is continued already and what was finished and does not recur."""
    source, year = offer.source, first_year(offer.source)
    recurring = [task for task in offer.finished if task.schedule_kind in RECURRING_KINDS]
    return {
        "title": renamed(source.title, source, year),
        "short_title": renamed(source.short_title, source, year),
        "year": year,
        Part.PARTIES.value: [str(one.party.pk) for one in offer.parties if one.heir],
        Part.BASES.value: [str(basis.pk) for basis in offer.bases],
        Part.SECTIONS.value: [str(entry.section.pk) for entry in offer.outline],
        Part.UNFINISHED.value: [str(task.pk) for task in offer.unfinished if task.pk not in offer.continued],
        Part.FINISHED.value: [str(task.pk) for task in recurring if task.pk not in offer.continued],
        Part.CONCLUSIONS.value: [str(one.pk) for one in offer.conclusions],
        Part.LIMITATIONS.value: [str(one.pk) for one in offer.limitations],
    }


def _rows(offer: Offer) -> dict[Part, list[tuple[str, str]]]:
    return {
        Part.PARTIES: [(str(one.party.pk), _party(one)) for one in offer.parties],
        Part.BASES: [(str(basis.pk), basis.text) for basis in offer.bases],
        Part.SECTIONS: [(str(one.section.pk), _section(one)) for one in offer.outline],
        Part.UNFINISHED: [(str(task.pk), _task(task, offer)) for task in offer.unfinished],
        Part.FINISHED: [(str(task.pk), _task(task, offer)) for task in offer.finished],
        Part.CONCLUSIONS: [(str(one.pk), _short(one.text)) for one in offer.conclusions],
        Part.LIMITATIONS: [(str(one.pk), _limitation(one, offer)) for one in offer.limitations],
    }


def _party(offered) -> str:
    name = offered.party.agency.current_name
    if offered.heir is None:
        return gettext("%(agency)s (has ended, nobody took it over)") % {"agency": name}
    if offered.was_taken_over:
        return gettext("%(agency)s, now %(heir)s") % {"agency": name, "heir": offered.heir.current_name}
    return name


def _section(entry) -> str:
    # A dash for each level, because choices are one flat list.
    return f"{'– ' * (entry.depth - 1)}{_short(entry.section.name)}"


def _task(task: Task, offer: Offer) -> str:
    label = f"{task.short_code} {_short(task.title)} · {task.schedule_words} · {task.get_state_display()}"
    if task.pk in offer.continued:
        continued = gettext("continued in %(code)s") % {"code": offer.continued[task.pk]}
        return f"{label} · {continued}"
    return label


def _limitation(limitation: Finding, offer: Offer) -> str:
    """With the year it was found in, and the how-manieth year that was where it came back."""
    year = str(limitation.round.year)
    if (years := offer.years.get(limitation.pk, 1)) > 1:
        year = gettext("%(year)s, repeated, year %(n)s") % {"year": year, "n": years}
    return f"{_short(limitation.heading or limitation.text)} · {year}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_LABEL else f"{line[:_LONGEST_LABEL].rpartition(' ')[0]} …"
