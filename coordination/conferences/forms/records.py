"""Forms of what stays of a conference: photos, press accounts, reports heard, commendations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership
from coordination.conferences.enums import CommendationForm, Commended
from coordination.conferences.forms.agenda import RevisionField
from coordination.conferences.forms.fields import NOT_CHOSEN, offer, program_label, text_field
from coordination.conferences.models import AgendaItem, Commendation, Conference, HeardReport, Photo, PressAccount
from coordination.conferences.queries.commendations import Recipient, recipients_offered
from coordination.conferences.queries.heard import papers_to_hear
from coordination.conferences.queries.signing import programs_of
from coordination.conferences.services import Heard, Proposal
from coordination.programs.models import Program
from coordination.tasks.services import Upload
from records import text
from records.errors import RuleBroken
from records.fields import DayField, LineField
from records.forms import PortalForm

PICTURES = ".jpg,.jpeg,.png"


class PictureInput(forms.FileInput):
    """The browser's own control: a phone offers its camera as well."""

    def __init__(self):
        super().__init__(attrs={"accept": PICTURES})


class PictureField(forms.FileField):
    """One picture, looked at before anything is kept."""

    def __init__(self, **kwargs):
        super().__init__(widget=PictureInput(), max_length=300, allow_empty_file=True, **kwargs)

    def clean(self, data, initial=None) -> Upload | None:
        from records.files.pictures import check_picture

        file = super().clean(data, initial)
        if not file:
            return None
        try:
            check_picture(file.name, file.file, file.size)
        except RuleBroken as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return Upload(file.name, file.file, file.size)


class PhotoForm(PortalForm):
    """A photo: its caption, which is also what is read out in its place, and the picture."""

    caption = LineField(
        label=_("Caption"),
        max_length=300,
        help_text=_("Who is seen, what happens. It is also read out to those who do not see the picture."),
    )
    picture = PictureField(
        label=_("Picture"),
        required=False,
        help_text=_("JPG or PNG, at most 20 MB. Where and with what it was taken is not kept. It may come later."),
    )
    credit = LineField(label=_("Taken by"), max_length=120, required=False)
    revision = RevisionField()

    def photo(self) -> dict:
        """The cleaned values under the names the services take."""
        given = self.cleaned_data
        return {"caption": given["caption"], "credit": given["credit"], "upload": given["picture"]}


class PressForm(PortalForm):
    """A published account of the conference."""

    title = LineField(label=_("Title of the account"), max_length=300)
    author = LineField(label=_("Author"), max_length=120, required=False)
    source = LineField(
        label=_("Source"), max_length=200, required=False, help_text=_("The paper, station or site that published it")
    )
    published_on = DayField(label=_("Published on"), required=False, help_text=_("Day/month/year"))
    address = LineField(
        label=_("Address of the page"), max_length=500, required=False, help_text=_("Beginning with https://")
    )
    damaged_passage = text_field(
        _("Damaged passage"),
        rows=3,
        required=False,
        help_text=_("Words that are cut off or garbled, exactly as they stand"),
    )
    doubt = text_field(_("What is doubtful"), rows=2, required=False, help_text=_("Why the passage is not relied on"))
    revision = RevisionField()

    def account(self) -> dict:
        """The cleaned values under the names the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class HeardForm(PortalForm):
    """A report that was heard, by whom it was read, and which paper it is."""

    title = LineField(label=_("Title of the report"), max_length=400)
    program = forms.ModelChoiceField(
        label=_("About the program"), queryset=Program.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    agenda_item = forms.ModelChoiceField(
        label=_("Agenda item"), queryset=AgendaItem.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    presented_by = forms.ModelChoiceField(
        label=_("Agency that reported"), queryset=Agency.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    presenter = LineField(
        label=_("Who read it"), max_length=250, required=False, help_text=_("With the title of that day")
    )
    paper = forms.ChoiceField(
        label=_("The paper it is"),
        required=False,
        help_text=_("A report of a party or an issued paper; whoever may read it finds it from here"),
    )
    number = LineField(
        label=_("Number and symbol"), max_length=80, required=False, help_text=_("For example 12-BC/BTGHU")
    )
    dated_on = DayField(label=_("Dated"), required=False, help_text=_("Day/month/year"))
    revision = RevisionField()

    def __init__(self, *args, actor: Membership, conference: Conference, kept: HeardReport | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        links = programs_of(actor, conference)
        programs = self.fields["program"]
        programs.queryset = Program.objects.filter(pk__in={link.program_id for link in links})
        programs.label_from_instance = program_label
        self.fields["agenda_item"].queryset = conference.agenda.all()
        agencies = Agency.objects.visible_to(actor).filter(unit_id=conference.unit_id)
        offer(self.fields["presented_by"], agencies, conference.held_on)
        self.papers = {paper.key: paper for paper in papers_to_hear(actor, conference, kept)}
        offered = [(key, paper.label) for key, paper in self.papers.items()]
        self.fields["paper"].choices = [("", NOT_CHOSEN), *offered]

    def heard(self) -> Heard:
        """The cleaned values as the services take them; number and day of a paper that has its own are left to it."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("paper", "revision")}
        paper = self.papers.get(self.cleaned_data["paper"])
        return Heard(
            **given,
            party_report=paper.party_report if paper else None,
            issued_code=paper.issued_code if paper else "",
        )


class CommendForm(PortalForm):
    """Who is proposed for a commendation, of which form, and what for."""

    recipient = LineField(
        label=_("Who is proposed"),
        max_length=300,
        help_text=_("An agency, another collective, or the holder of an office by that office; no name is needed"),
        widget=forms.TextInput(attrs={"list": "goi-y-khen-thuong", "autocomplete": "off"}),
    )
    commended = forms.ChoiceField(label=_("Proposed as"), choices=Commended.choices, widget=forms.RadioSelect)
    form = forms.ChoiceField(label=_("Form of commendation"), choices=CommendationForm.choices)
    granted_by = LineField(
        label=_("To be granted by"),
        max_length=200,
        required=False,
        help_text=_("The post, for example chairman of the district People's Committee"),
    )
    reason = text_field(_("What for"), rows=4, help_text=_("What was achieved, in which program, with its figures"))
    proposed_by = forms.ModelChoiceField(label=_("Proposed by"), queryset=Agency.objects.none(), empty_label=None)
    revision = RevisionField()

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        own = Agency.objects.visible_to(actor).filter(pk__in=actor.agency_ids())
        offer(self.fields["proposed_by"], own, conference.held_on)
        self.known: dict[str, Recipient] = {text.fold(one.name): one for one in recipients_offered(actor, conference)}

    @property
    def suggestions(self) -> list[str]:
        return [one.name for one in self.known.values()]

    def proposal(self) -> Proposal:
        """The cleaned values as the services take them, with the agency or office the words name."""
        given = self.cleaned_data
        found = self.known.get(text.fold(given["recipient"]))
        return Proposal(
            commended=given["commended"],
            recipient=given["recipient"],
            form=CommendationForm(given["form"]),
            reason=given["reason"],
            granted_by=given["granted_by"],
            agency=found.agency if found else None,
            office=found.office if found else None,
        )


class GrantForm(PortalForm):
    """The decision by which a commendation was granted."""

    decision_number = LineField(
        label=_("Number of the decision"), max_length=60, help_text=_("Number and symbol, as the decision bears them")
    )
    decided_on = DayField(label=_("Dated"), help_text=_("Day/month/year"))
    granted_by = LineField(label=_("Granted by"), max_length=200, required=False)


class ReasonForm(PortalForm):
    """Why a commendation is withdrawn or was not granted."""

    reason = text_field(_("Reason"), rows=3)


def stored_photo(photo: Photo) -> dict:
    return {name: getattr(photo, name) for name in ("caption", "credit", "revision")}


def stored_press(account: PressAccount) -> dict:
    return {name: getattr(account, name) for name in PressForm.base_fields}


def stored_heard(row: HeardReport) -> dict:
    kept = {name: getattr(row, name) for name in HeardForm.base_fields if name != "paper"}
    return kept | {"paper": f"bc-{row.party_report_id}" if row.party_report_id else row.issued_code}


def stored_commendation(row: Commendation) -> dict:
    return {name: getattr(row, name) for name in CommendForm.base_fields}
