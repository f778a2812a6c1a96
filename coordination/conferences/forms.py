"""Forms of the conference pages: shape only; the rules are the services' matter."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.lineage import existing_on
from agencies.models import Agency, Membership
from coordination.conferences.enums import AgendaKind, AgendaState, ConferenceState, HalfDay, SpeechKind
from coordination.conferences.models import AgendaItem, Conference
from coordination.conferences.workflow import AGENDA_MOVES
from coordination.programs.models import Program
from coordination.tasks.models import Task
from records import clock
from records.fields import DayField, LineField, ProseField, SeveralField, YearField
from records.forms import PortalForm

NOT_CHOSEN = _("Not chosen")


class HourField(forms.TimeField):
    """A time of day typed as 14:00, 14h00 or 14h."""

    default_error_messages = {"invalid": _("Not a real time. Use hours and minutes, for example 14:00")}
    widget = forms.TimeInput(attrs={"inputmode": "numeric", "autocomplete": "off"}, format="%H:%M")

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%Hh%M", "%Hh"], **kwargs)

    def to_python(self, value):
        return super().to_python(value.replace("\x00", "?") if isinstance(value, str) else value)


class CountField(forms.IntegerField):
    """A number of people; an unknown one stays empty."""

    default_error_messages = {
        "invalid": _("Enter a whole number of people"),
        "min_value": _("Enter a whole number of people"),
        "max_value": _("The number is too large"),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "6"}))
        super().__init__(min_value=0, max_value=9999, required=False, **kwargs)


def offer(field: forms.ModelChoiceField, agencies, day: date) -> None:
    """List the agencies that exist on a day; one that does not is refused by the service, with its reason.

    Rule: R-SUCC-6.
    """
    field.queryset = agencies.select_related("unit")
    first = [("", field.empty_label)] if getattr(field, "empty_label", None) is not None else []
    offered = existing_on(field.queryset, day).in_protocol_order()
    field.choices = [*first, *((agency.pk, field.label_from_instance(agency)) for agency in offered)]


def _text(label: str, rows: int = 3, **kwargs) -> ProseField:
    return ProseField(label=label, max_length=20000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ConferenceForm(PortalForm):
    """What is known when a conference is planned."""

    title = LineField(label=_("Title of the conference"), max_length=300)
    full_title = _text(_("Full title"), rows=2, required=False, help_text=_("As papers print it"))
    held_on = DayField(label=_("Day"), help_text=_("Day/month/year"))
    half_day = forms.ChoiceField(label=_("Half of the day"), choices=HalfDay.choices, widget=forms.RadioSelect)
    starts_at = HourField(label=_("Begins at"), required=False, help_text=_("For example 14:00"))
    place = LineField(label=_("Place"), required=False, max_length=150)
    review_year = YearField(label=_("Year reviewed"))
    plan_year = YearField(label=_("Year planned"))
    year_theme = LineField(label=_("Theme of the year"), required=False, max_length=300)
    organiser = forms.ModelChoiceField(label=_("Organised by"), queryset=Agency.objects.none(), empty_label=None)
    reviews = SeveralField(
        label=_("Programs to review"),
        queryset=Program.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    signs = SeveralField(
        label=_("Programs to sign"),
        queryset=Program.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, actor: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        own = Agency.objects.visible_to(actor).filter(pk__in=actor.agency_ids(), unit_id=actor.unit_id)
        offer(self.fields["organiser"], own, self._day_typed())
        for name in ("reviews", "signs"):
            self.fields[name].queryset = Program.objects.visible_to(actor).order_by("-year", "code")
            self.fields[name].label_from_instance = _program_label

    def _day_typed(self) -> date:
        """The day of the conference as far as it can be read, otherwise today."""
        try:
            return self.fields["held_on"].clean(self.data.get("held_on"))
        except forms.ValidationError:
            return clock.today()


class AgendaItemForm(PortalForm):
    """One more item of the agenda."""

    title = LineField(label=_("Agenda item"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind of item"), choices=AgendaKind.choices)
    starts_at = HourField(label=_("Begins at"), required=False, help_text=_("For example 14:00"))
    presenter_agency = forms.ModelChoiceField(
        label=_("Presenting agency"), queryset=Agency.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    presenter = LineField(
        label=_("Presenter"), required=False, max_length=250, help_text=_("Title and name, as the agenda prints them")
    )
    program = forms.ModelChoiceField(
        label=_("Program"), queryset=Program.objects.none(), required=False, empty_label=NOT_CHOSEN
    )

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self.fields["presenter_agency"], Agency.objects.visible_to(actor), conference.held_on)
        visible = Program.objects.visible_to(actor).filter(conference_links__conference=conference)
        self.fields["program"].queryset = visible.distinct().order_by("code")
        self.fields["program"].label_from_instance = _program_label


class MinutesForm(PortalForm):
    """Where an agenda item stands and what its minutes say."""

    state = forms.ChoiceField(label=_("State of the item"), choices=AgendaState.choices, widget=forms.RadioSelect)
    minutes = _text(_("Minutes"), rows=8, required=False)

    def __init__(self, *args, item: AgendaItem, **kwargs):
        super().__init__(*args, initial={"state": item.state, "minutes": item.minutes}, **kwargs)
        moves = AGENDA_MOVES[item.state] if item.conference.state == ConferenceState.RUNNING else ()
        reachable = {item.state, *moves}
        self.fields["state"].choices = [choice for choice in AgendaState.choices if choice[0] in reachable]


class AttendanceForm(PortalForm):
    """How many of one group came; a group already listed is corrected."""

    group = LineField(label=_("Group"), max_length=200, help_text=_("The name of a group listed above corrects it"))
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    is_party = forms.BooleanField(label=_("Party to a program"), required=False)
    invited = CountField(label=_("Invited"), help_text=_("Leave empty when unknown"))
    present = CountField(label=_("Present"), help_text=_("Leave empty when unknown"))
    substitutes = CountField(label=_("Of them substitutes"))
    excused = CountField(label=_("Absent with leave"))

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self.fields["agency"], Agency.objects.visible_to(actor), conference.held_on)

    def clean(self):
        cleaned = super().clean()
        for name in ("substitutes", "excused"):
            cleaned[name] = cleaned.get(name) or 0
        return cleaned


class CloseForm(PortalForm):
    """When the conference ended, as its minutes will say."""

    ended_at = HourField(
        label=_("Ended at"), required=False, help_text=_("For the minutes, for example 16:45. Leave empty when unknown")
    )


class SpeechForm(PortalForm):
    """Who took the floor, by the titles of that day."""

    kind = forms.ChoiceField(label=_("Kind of speech"), choices=SpeechKind.choices)
    speaker_name = LineField(label=_("Name of the speaker"), max_length=120)
    speaker_title = LineField(
        label=_("Title of the speaker"), max_length=250, help_text=_("As it was on the day of the conference")
    )
    agenda_item = forms.ModelChoiceField(
        label=_("Agenda item"), queryset=AgendaItem.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    summary = _text(_("What was said"), rows=5, required=False)

    def __init__(self, *args, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agenda_item"].queryset = conference.agenda.all()


class ConclusionForm(PortalForm):
    """One conclusion: what, by whom, by when."""

    text = _text(_("Conclusion"))
    agencies = SeveralField(
        label=_("Given to"), queryset=Agency.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    due_on = DayField(label=_("Due date"), required=False, help_text=_("Day/month/year"))

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        own = Agency.objects.visible_to(actor).filter(unit_id__in=actor.unit_ids())
        self.fields["agencies"].label_from_instance = lambda agency: agency.current_short_name
        offer(self.fields["agencies"], own, conference.held_on)


class TaskLinkForm(PortalForm):
    """A task that carries out a conclusion."""

    task = forms.ModelChoiceField(label=_("Task"), queryset=Task.objects.none(), empty_label=_("Choose a task"))

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        planned = Program.objects.covering(conference.plan_year).values("pk")
        tasks = Task.objects.visible_to(actor).filter(program_id__in=planned).order_by("code")
        self.fields["task"].queryset = tasks
        self.fields["task"].label_from_instance = lambda task: f"{task.code} – {task.title}"


def _program_label(program: Program) -> str:
    return f"{program.code} – {program.short_title}"
