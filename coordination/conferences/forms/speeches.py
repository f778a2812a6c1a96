"""Forms of those who take the floor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from coordination.conferences.enums import ConferenceState, SpeechKind
from coordination.conferences.forms.agenda import MinutesCount, RevisionField
from coordination.conferences.forms.fields import NOT_CHOSEN, text_field
from coordination.conferences.models import AgendaItem, Conference, Invitation, Speech
from records.fields import LineField
from records.forms import PortalForm


class SpeechForm(PortalForm):
    """Who takes or took the floor, by the titles of that day; chosen from the seats, or typed."""

    kind = forms.ChoiceField(label=_("Kind of speech"), choices=SpeechKind.choices)
    seat = forms.ModelChoiceField(
        label=_("From the list of those invited"),
        queryset=Invitation.objects.none(),
        required=False,
        empty_label=NOT_CHOSEN,
        help_text=_("Fills in name and title where they are left empty"),
    )
    speaker_name = LineField(label=_("Name of the speaker"), max_length=120, required=False)
    speaker_title = LineField(
        label=_("Title of the speaker"),
        max_length=250,
        required=False,
        help_text=_("As it was on the day of the conference"),
    )
    agenda_item = forms.ModelChoiceField(
        label=_("Agenda item"), queryset=AgendaItem.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    minutes_allowed = MinutesCount(label=_("Minutes allowed"))
    is_registered = forms.BooleanField(label=_("Has not spoken yet: put on the order of speaking"), required=False)
    summary = text_field(_("What was said"), rows=8, required=False)

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        seats = Invitation.objects.visible_to(actor).filter(conference=conference).standing().in_seat_order()
        self.fields["seat"].queryset = seats.select_related("person")
        self.fields["seat"].label_from_instance = _seat_label
        self.fields["agenda_item"].queryset = conference.agenda.all()
        if conference.state == ConferenceState.HELD:
            del self.fields["is_registered"]

    def spoken(self) -> dict:
        """What the service takes; the seat fills in what was not typed."""
        found = dict(self.cleaned_data)
        seat = found.pop("seat")
        if seat is not None and (found["speaker_name"] or seat.seat_name) == seat.seat_name:
            found["person"] = None if seat.is_by_another else seat.person
        if seat is not None:
            found["speaker_name"] = found["speaker_name"] or seat.seat_name
            found["speaker_title"] = found["speaker_title"] or seat.seat_full_title
        return found


class SpeechChangeForm(SpeechForm):
    """A speech as it stands, with the state it was opened on."""

    revision = RevisionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("is_registered", None)


def spoken(speech: Speech) -> dict:
    """A speech as the form that changes it shows it."""
    return {
        "kind": speech.kind,
        "speaker_name": speech.speaker_name,
        "speaker_title": speech.speaker_title,
        "agenda_item": speech.agenda_item,
        "minutes_allowed": speech.minutes_allowed,
        "summary": speech.summary,
        "revision": speech.revision,
    }


def _seat_label(seat: Invitation) -> str:
    return f"{seat.seat_name} – {seat.seat_full_title}" if seat.seat_name else seat.seat_full_title
