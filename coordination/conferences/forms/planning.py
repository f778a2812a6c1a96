"""Forms of a conference as a whole: planned and closed."""

from datetime import date

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership, Person
from coordination.conferences.enums import HalfDay, ProgramPurpose
from coordination.conferences.forms.fields import NOT_CHOSEN, HourField, offer, program_with_parties, text_field
from coordination.conferences.models import Conference
from coordination.conferences.queries import programs_of
from coordination.conferences.queries.seats import Seat, posts_open, seats_of
from coordination.conferences.services import Leading
from coordination.programs.models import Program
from records import clock
from records.fields import DayField, LineField, SeveralField, YearField
from records.forms import PortalForm

AS_PRINTED = _("Title as papers print it")
OF_THAT_DAY = _("Leave empty to print the posts held on the day")


class PersonChoice(forms.ModelChoiceField):
    """A person with the posts held on the day of the conference."""

    titles: dict[int, list[str]] = {}

    def label_from_instance(self, person: Person) -> str:
        """Such as "Trần Việt Dũng – Chủ tịch UBND huyện"."""
        return " – ".join(part for part in (person.full_name, ", ".join(self.titles.get(person.pk, ()))) if part)


class ConferenceForm(PortalForm):
    """What is known when a conference is planned: day and place, what it is about, who leads it."""

    title = LineField(label=_("Title of the conference"), max_length=300)
    full_title = text_field(_("Full title"), rows=2, required=False, help_text=_("As papers print it"))
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
    chairs = forms.MultipleChoiceField(
        label=_("Chaired by"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("One, or several who chair it together, by the post held on the day"),
    )
    concluder = PersonChoice(
        label=_("Concluded by"), queryset=Person.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    concluder_title = LineField(
        label=_("Title as papers print it"), max_length=200, required=False, help_text=OF_THAT_DAY
    )
    guest = PersonChoice(
        label=_("Highest guest"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=NOT_CHOSEN,
        help_text=_("Whoever of higher rank attends or speaks; need not chair nor conclude"),
    )
    guest_name = LineField(
        label=_("Name of a guest from elsewhere"),
        max_length=120,
        required=False,
        help_text=_("For somebody who is not in the directory"),
    )
    guest_title = LineField(label=AS_PRINTED, max_length=200, required=False, help_text=OF_THAT_DAY)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, actor: Membership, conference: Conference | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        own = Agency.objects.visible_to(actor).filter(pk__in=actor.agency_ids(), unit_id=actor.unit_id)
        day = self._day_typed(conference)
        offer(self.fields["organiser"], own, day)
        for name in ("reviews", "signs"):
            programs = Program.objects.visible_to(actor).order_by("-year", "code")
            self.fields[name].queryset = programs.prefetch_related("parties__agency")
            self.fields[name].label_from_instance = program_with_parties
        self._offer_people(actor, day, conference)
        self.helper.layout = _laid_out()

    def _offer_people(self, actor: Membership, day: date, conference: Conference | None) -> None:
        """The posts of the actor's unit as they are held on the day, and whoever leads the conference already."""
        unit = Agency.objects.visible_to(actor).filter(unit_id=actor.unit_id)
        self.seats = {seat.key: seat for seat in seats_of(posts_open(unit, day), day)}
        for chair in conference.chairs.select_related("office", "person") if conference else ():
            kept = Seat(None, "", chair.title, chair.office, chair.person)
            self.seats.setdefault(kept.key, kept)
        self.fields["chairs"].choices = [(key, seat.label) for key, seat in self.seats.items()]
        named = [conference.concluded_by_id, conference.highest_guest_id] if conference else []
        titles: dict[int, list[str]] = {}
        for seat in self.seats.values():
            if seat.person:
                titles.setdefault(seat.person.pk, []).append(seat.title)
        people = Person.objects.filter(pk__in=[*titles, *(pk for pk in named if pk)]).by_given_name()
        for name in ("concluder", "guest"):
            self.fields[name].queryset = people
            self.fields[name].titles = titles

    def _day_typed(self, conference: Conference | None) -> date:
        """The day of the conference as far as it can be read, otherwise the one planned, otherwise today."""
        try:
            return self.fields["held_on"].clean(self.data.get("held_on"))
        except forms.ValidationError:
            return conference.held_on if conference else clock.today()

    def in_words(self) -> "ConferenceForm":
        """The form with what was typed as a page tells it, to be compared with what is stored."""
        self.cleaned_data = self.words_of(self.cleaned_data)
        return self

    def words_of(self, values: dict) -> dict:
        """Values of the form as a page tells them: chairs, half-day and hour in words."""
        chairs, hour = dict(self.fields["chairs"].choices), values["starts_at"]
        return values | {
            "chairs": [chairs.get(key, key) for key in values["chairs"]],
            "half_day": HalfDay(values["half_day"]).label,
            "starts_at": f"{hour:%H:%M}" if hour else "",
        }

    def planned(self) -> dict:
        """The cleaned values under the names the services take."""
        led = {"chairs", "concluder", "concluder_title", "guest", "guest_name", "guest_title"}
        given = {name: value for name, value in self.cleaned_data.items() if name not in led | {"revision"}}
        own = self.cleaned_data
        return given | {
            "leading": Leading(
                chairs=[self.seats[key] for key in self.seats if key in own["chairs"]],
                concluder=own["concluder"],
                concluder_title=own["concluder_title"],
                guest=own["guest"],
                guest_name=own["guest_name"],
                guest_title=own["guest_title"],
            )
        }


def stored(conference: Conference, actor: Membership) -> dict:
    """The planned values of a conference as its form shows them before anything is changed."""
    plain = ("title", "full_title", "held_on", "half_day", "starts_at", "place", "review_year", "plan_year")
    links = programs_of(actor, conference)
    chairs = conference.chairs.all()
    return {name: getattr(conference, name) for name in plain} | {
        "year_theme": conference.year_theme,
        "organiser": conference.organiser,
        "reviews": [link.program for link in links if link.purpose == ProgramPurpose.REVIEW],
        "signs": [link.program for link in links if link.purpose == ProgramPurpose.SIGN],
        "chairs": [f"{chair.office_id or 0}-{chair.person_id or 0}" for chair in chairs],
        "concluder": conference.concluded_by,
        "concluder_title": conference.concluded_by_title,
        "guest": conference.highest_guest,
        "guest_name": "" if conference.highest_guest_id else conference.highest_guest_name,
        "guest_title": conference.highest_guest_title,
        "revision": conference.revision,
    }


def _laid_out() -> Layout:
    moment = (Row("held_on", "starts_at"), "half_day", "place", "organiser")
    years = (Row("review_year", "plan_year"), "year_theme", "reviews", "signs")
    leaders = ("chairs", "concluder", "concluder_title", "guest", "guest_name", "guest_title", "revision")
    return Layout(
        Fieldset(_("When and where"), "title", "full_title", *moment),
        Fieldset(_("What it reviews and plans"), *years),
        Fieldset(_("Who leads it"), *leaders),
    )


class CloseForm(PortalForm):
    """When the conference ended, as its minutes will say."""

    ended_at = HourField(
        label=_("Ended at"), required=False, help_text=_("For the minutes, for example 16:45. Leave empty when unknown")
    )
