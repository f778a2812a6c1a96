"""What comes in while a text is drafted: unsaved text, places, orders, pastes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.drafting.pasting import without_residue
from coordination.drafting.services import LETTERHEAD, SIGNING, Move
from coordination.programs.forms.text import LONGEST_BODY, section_choices
from coordination.programs.models import NUMBERING_LENGTH, LegalBasis, Program, ProgramParty, Section
from coordination.tasks.models import Task
from records.fields import LineField, ProseField
from records.forms import PortalForm

LONGEST_PASTE = 300_000
_LARGEST = 2**62
_MOVES = [(move.value, move.value) for move in Move]
_ENDS = [(Move.UP.value, "up"), (Move.DOWN.value, "down")]


class RevisionForm(PortalForm):
    """An act on what the actor saw: `revision` is that of the row as the page showed it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST)


class DraftForm(PortalForm):
    """What has been typed so far; nothing of it must be complete."""

    numbering = LineField(required=False, max_length=NUMBERING_LENGTH)
    heading = LineField(required=False, max_length=300)
    body = ProseField(required=False, max_length=LONGEST_BODY)
    revision = forms.IntegerField(required=False, min_value=0, max_value=_LARGEST)

    def typed(self) -> dict:
        """The values under the names the service takes."""
        return self.cleaned_data | {"revision": self.cleaned_data["revision"] or 0}


class MoveForm(RevisionForm):
    """One step of a section: up, down, in, out."""

    move = forms.ChoiceField(label=_("Place in the text"), choices=_MOVES, widget=forms.HiddenInput)


class PlaceForm(RevisionForm):
    """Another section to put a section into."""

    parent = forms.ModelChoiceField(label=_("Move it into"), queryset=Section.objects.none(), required=False)

    def __init__(self, *args, program: Program, section: Section, **kwargs):
        kwargs.setdefault("initial", {"parent": section.parent_id, "revision": section.revision})
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = program.sections.all()
        self.fields["parent"].choices = section_choices(program, but=section)


class TaskPlaceForm(PortalForm):
    """A task of a section and the section it goes to. A task is named with the revision the page showed."""

    task = forms.ChoiceField(label=_("Task"))
    section = forms.ModelChoiceField(label=_("Move it to section"), queryset=Section.objects.none(), required=False)

    def __init__(self, *args, program: Program, tasks: list[Task], **kwargs):
        super().__init__(*args, **kwargs)
        self.tasks = {f"{task.pk}-{task.revision}": task for task in tasks}
        self.fields["task"].choices = [(key, f"{task.short_code} {task.title}") for key, task in self.tasks.items()]
        self.fields["section"].queryset = program.sections.all()
        self.fields["section"].choices = [("", _("Of no section")), *section_choices(program)[1:]]

    @property
    def chosen(self) -> Task:
        return self.tasks[self.cleaned_data["task"]]


class BasisForm(RevisionForm):
    """One more legal basis."""

    text = LineField(
        label=_("New legal basis"),
        max_length=500,
        help_text=_("Printed as written, behind the others."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class BasisMoveForm(RevisionForm):
    """A legal basis goes up, down or away."""

    basis = forms.ModelChoiceField(queryset=LegalBasis.objects.none(), widget=forms.HiddenInput)
    move = forms.ChoiceField(choices=[*_ENDS, ("remove", "remove")], widget=forms.HiddenInput)

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["basis"].queryset = program.legal_bases.all()


class PartyMoveForm(RevisionForm):
    """A party goes up or down in the letterhead or in the order of signing."""

    party = forms.ModelChoiceField(queryset=ProgramParty.objects.none(), widget=forms.HiddenInput)
    order = forms.ChoiceField(choices=[(LETTERHEAD, LETTERHEAD), (SIGNING, SIGNING)], widget=forms.HiddenInput)
    move = forms.ChoiceField(choices=_ENDS, widget=forms.HiddenInput)

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = program.parties.all()


class PasteField(ProseField):
    """A text from elsewhere; what word processors leave invisible in it is no fault of whoever pastes it."""

    def clean(self, value):
        return super().clean(without_residue(value) if isinstance(value, str) else value)


class PasteForm(PortalForm):
    """A whole text, or the sub-items of a section, as it came from a word processor."""

    parent = forms.ModelChoiceField(label=_("Paste into"), queryset=Section.objects.none(), required=False)
    text = PasteField(
        label=_("Text to paste"),
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 18, "data-paste": ""}),
        help_text=_("A number at the beginning of a line begins a section; chapters, articles and dashes count."),
        error_messages={
            "required": _("Paste the text first"),
            "max_length": _("The text is longer than 300,000 characters. Paste it in parts."),
        },
    )

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = program.sections.all()
        choices = section_choices(program)[1:]
        self.fields["parent"].choices = [("", _("The whole text, behind what is there")), *choices]


class ConfirmForm(PortalForm):
    """That the outline shown is the one to be written."""

    digest = LineField(max_length=64, widget=forms.HiddenInput)
