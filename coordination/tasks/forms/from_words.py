"""A task that carries out what was said elsewhere: a conclusion of a conference, the remedy of a limitation."""

from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.lineage import existing_on
from agencies.models import Agency, Membership
from coordination.programs.models import Area, Program
from coordination.programs.queries import standing_parties
from coordination.tasks.enums import ScheduleKind, TaskOrigin
from coordination.tasks.services import LeadDraft, TaskDraft
from coordination.tasks.services.drafts import TITLE_LIMIT
from records import clock
from records.fields import DayField, LineField, SeveralField
from records.forms import PortalForm


class WordsForm(PortalForm):
    """What it takes to make a task of a sentence: where, what, who, by when, what comes out of it."""

    program = forms.ModelChoiceField(
        label=_("Program"), queryset=Program.objects.none(), empty_label=_("Choose a program")
    )
    title = LineField(label=_("Task name"), max_length=TITLE_LIMIT, widget=forms.Textarea(attrs={"rows": 2}))
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none(), empty_label=_("Choose an area"))
    lead = forms.ModelChoiceField(
        label=_("Lead agency"), queryset=Agency.objects.none(), empty_label=_("Choose an agency")
    )
    coordinators = SeveralField(
        label=_("Coordinating agencies"),
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    due_on = DayField(
        label=_("Deadline"),
        required=False,
        help_text=_("Day/month/year; without a day the task is due by the end of the program"),
    )
    deliverable = LineField(label=_("Deliverable"), required=False, max_length=300)

    def __init__(self, *args, actor: Membership, offer: "WorkOffer", named: Sequence[Agency] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["program"].queryset = Program.objects.filter(pk__in=[one.pk for one in offer.programs])
        self.fields["program"].choices = [("", _("Choose a program")), *offer.program_choices]
        self.fields["area"].queryset = Area.objects.filter(pk__in=[one.pk for one in offer.areas])
        self.fields["area"].choices = [("", _("Choose an area")), *((one.pk, one.name) for one in offer.areas)]
        self._offer_agencies(actor, offer, named)

    def _offer_agencies(self, actor: Membership, offer: "WorkOffer", named: Sequence[Agency]) -> None:
        """Parties that exist lead and coordinate; who is `named` in the words may coordinate without being a party.

        One that has ended is refused by the service, which says what it is now. Rule: R-SUCC-6.
        """
        choices = [(one.pk, one.current_short_name) for one in offer.agencies]
        self.fields["lead"].queryset = Agency.objects.visible_to(actor).select_related("unit")
        self.fields["lead"].choices = [("", _("Choose an agency")), *choices]
        self.fields["coordinators"].queryset = Agency.objects.visible_to(actor).select_related("unit")
        listed = {one.pk for one in offer.agencies}
        others = [(one.pk, one.current_short_name) for one in named if one.pk not in listed]
        self.fields["coordinators"].choices = [*choices, *others]

    def draft(self, *, origin: TaskOrigin, note: str = "") -> TaskDraft:
        """The plan of the task; whoever leads it is not listed among those who coordinate."""
        typed = self.cleaned_data
        due: date | None = typed["due_on"]
        return TaskDraft(
            title=typed["title"],
            area=typed["area"],
            leads=(LeadDraft(typed["lead"]),),
            coordinators=tuple(one for one in typed["coordinators"] if one.pk != typed["lead"].pk),
            deliverable=typed["deliverable"],
            schedule_kind=ScheduleKind.BEFORE_DAY if due else ScheduleKind.WHOLE_YEAR,
            due_on=due,
            origin=origin,
            note=note,
        )


class WorkOffer:
    """The programs, areas and agencies such forms offer, read once for any number of them."""

    def __init__(self, programs: Iterable[Program]):
        self.programs: Sequence[Program] = list(programs)
        today = clock.today()
        parties = {one.pk: one for program in self.programs for one in standing_parties(program, today)}
        there = set(existing_on(Agency.objects.filter(pk__in=parties), today).values_list("pk", flat=True))
        self.agencies = sorted(
            (one for pk, one in parties.items() if pk in there), key=lambda one: (one.protocol_order, one.pk)
        )
        units = {program.unit_id for program in self.programs}
        self.areas = list(Area.objects.filter(unit_id__in=units, is_active=True))

    @property
    def program_choices(self) -> list[tuple[int, str]]:
        return [(one.pk, f"{one.code} – {one.short_title}") for one in self.programs]

    def program_of(self, lead: Agency | None) -> Program | None:
        """The first program an agency is a party of; the only one there is, where nobody is known."""
        today = clock.today()
        if lead is None:
            return self.programs[0] if len(self.programs) == 1 else None
        fitting = (one for one in self.programs if lead.pk in {each.pk for each in standing_parties(one, today)})
        return next(fitting, None)


def as_title(said: str) -> str:
    """A sentence as the name of a task, cut at a word where it is longer than a name may be."""
    line = " ".join(said.split()).rstrip(".; ")
    if len(line) <= TITLE_LIMIT:
        return line
    return f"{line[: TITLE_LIMIT - 1].rpartition(' ')[0] or line[: TITLE_LIMIT - 1]}…"
