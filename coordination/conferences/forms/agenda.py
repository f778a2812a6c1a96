"""Forms of the agenda, its papers and its minutes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership
from coordination.conferences.enums import AgendaKind, AgendaState, ConferenceState
from coordination.conferences.forms.fields import NOT_CHOSEN, HourField, offer, program_label, text_field
from coordination.conferences.models import AgendaItem, Conference
from coordination.conferences.models.papers import issued_papers
from coordination.conferences.workflow import AGENDA_MOVES
from coordination.partyreports.models import PartyReport
from coordination.programs.models import Program
from coordination.tasks.services import Upload
from records.fields import LineField
from records.forms import PortalForm

ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"


class MinutesCount(forms.IntegerField):
    """How many minutes something takes; not known is empty."""

    default_error_messages = {
        "invalid": _("Enter a whole number of minutes"),
        "min_value": _("Enter a duration from 1 to 600 minutes"),
        "max_value": _("Enter a duration from 1 to 600 minutes"),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "6"}))
        super().__init__(min_value=1, max_value=600, required=False, **kwargs)


class RevisionField(forms.IntegerField):
    """Which state of the text the form was opened on."""

    def __init__(self):
        super().__init__(min_value=0, max_value=2_000_000_000, required=False, widget=forms.HiddenInput)

    def clean(self, value):
        """What is missing or cannot be read is the first state: whoever wrote meanwhile is met on the conflict page."""
        try:
            return super().clean(value) or 0
        except forms.ValidationError:
            return 0


class AgendaItemForm(PortalForm):
    """One item of the agenda: a new one, or one that is changed."""

    title = LineField(label=_("Agenda item"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind of item"), choices=AgendaKind.choices)
    starts_at = HourField(label=_("Begins at"), required=False, help_text=_("For example 14:00"))
    duration_minutes = MinutesCount(
        label=_("Duration in minutes"), help_text=_("Empty: until the next item begins, where both times are given")
    )
    presenter_agency = forms.ModelChoiceField(
        label=_("Presenting agency"), queryset=Agency.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    presenter = LineField(
        label=_("Presenter"), required=False, max_length=250, help_text=_("Title and name, as the agenda prints them")
    )
    program = forms.ModelChoiceField(
        label=_("Program"),
        queryset=Program.objects.none(),
        required=False,
        empty_label=NOT_CHOSEN,
        help_text=_("Its figures and charts are shown when the item is projected"),
    )

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self.fields["presenter_agency"], Agency.objects.visible_to(actor), conference.held_on)
        visible = Program.objects.visible_to(actor).filter(conference_links__conference=conference)
        self.fields["program"].queryset = visible.distinct().order_by("code")
        self.fields["program"].label_from_instance = program_label


class AgendaChangeForm(AgendaItemForm):
    """An item of the agenda as it is planned, with the state it was opened on."""

    revision = RevisionField()


def planned(item: AgendaItem) -> dict:
    """An item as the form that changes it shows it."""
    return {
        "title": item.title,
        "kind": item.kind,
        "starts_at": item.starts_at,
        "duration_minutes": item.duration_minutes,
        "presenter_agency": item.presenter_agency,
        "presenter": item.presenter,
        "program": item.program,
        "revision": item.revision,
    }


class MinutesForm(PortalForm):
    """Where an agenda item stands and what its minutes say."""

    state = forms.ChoiceField(label=_("State of the item"), choices=AgendaState.choices, widget=forms.RadioSelect)
    minutes = text_field(_("Minutes"), rows=12, required=False)
    revision = RevisionField()

    def __init__(self, *args, item: AgendaItem, **kwargs):
        super().__init__(*args, initial=minuted(item), **kwargs)
        moves = AGENDA_MOVES[item.state] if item.conference.state == ConferenceState.RUNNING else ()
        reachable = {item.state, *moves}
        self.fields["state"].choices = [choice for choice in AgendaState.choices if choice[0] in reachable]


def minuted(item: AgendaItem) -> dict:
    """An item as the form of its minutes shows it."""
    return {"state": item.state, "minutes": item.minutes, "revision": item.revision}


class StepForm(forms.Form):
    """One button that moves an item on."""

    state = forms.ChoiceField(choices=AgendaState.choices)


class PaperForm(PortalForm):
    """A paper to lay under an item: a file, the report of a party or an issued paper."""

    title = LineField(
        label=_("Title of the file"), max_length=300, required=False, help_text=_("Empty: the name of the file")
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF, Word, Excel, JPG or PNG, at most 20 MB; whoever sees the conference may open it"),
    )
    report = forms.ModelChoiceField(
        label=_("Report of a party"), queryset=PartyReport.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    issued = forms.ChoiceField(
        label=_("Issued paper"),
        required=False,
        help_text=_("Those who may read it today may read it here; nobody else sees it"),
    )

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        programs = conference.program_links.values("program_id")
        reports = PartyReport.objects.visible_to(actor).filter(program_id__in=programs)
        self.fields["report"].queryset = reports.select_related("agency", "program").prefetch_related("agency__names")
        self.fields["report"].label_from_instance = _report_label
        self.fields["issued"].choices = [("", NOT_CHOSEN), *_issued(actor, conference)]

    def clean(self):
        """Exactly one of the three."""
        found = super().clean()
        chosen = [name for name in ("file", "report", "issued") if found.get(name)]
        if not self.errors and len(chosen) != 1:
            words = _("Choose a file, a report or an issued paper") if not chosen else _("Choose one paper at a time")
            self.add_error("file", words)
        return found

    def upload(self) -> Upload | None:
        file = self.cleaned_data["file"]
        return Upload(file.name, file.file, file.size) if file else None


def _report_label(report: PartyReport) -> str:
    return f"{report.agency.current_short_name} – {report.program.code}, {report.year}"


def _issued(actor: Membership, conference: Conference) -> list[tuple[str, str]]:
    """The issued papers of the conference and its programs that the actor may read, each code once."""
    programs = conference.program_links.values("program_id")
    readable = issued_papers().visible_to(actor).exclude(code="")
    rows = readable.filter(conference=conference) | readable.filter(program_id__in=programs)
    return list({one.code: (one.code, f"{one.printed_number} {one.title}".strip()) for one in rows}.values())
