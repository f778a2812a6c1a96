from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.programs.models import NUMBERING_LENGTH, Program, Section
from coordination.programs.queries import outline_of
from records.fields import LineField, ProseField
from records.forms import PortalForm

LONGEST_BODY = 20_000
_LARGEST = 2**62


class SectionForm(PortalForm):
    """One section of the text; a new one may be put below another, or stands behind the one it was asked for at.

    `place` tells of which unsaved text a new section was made, 0 for one begun as new.
    """

    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("A main section"),
    )
    after = forms.ModelChoiceField(queryset=Section.objects.none(), required=False, widget=forms.HiddenInput)
    numbering = LineField(
        label=_("Number of the section"),
        max_length=NUMBERING_LENGTH,
        required=False,
        help_text=_("Printed as written: I, 1, a."),
    )
    heading = LineField(label=_("Heading"), max_length=300, required=False)
    body = ProseField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Leave an empty line between paragraphs."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=_LARGEST)
    place = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=_LARGEST)

    def __init__(self, *args, program: Program, section: Section | None = None, after: Section | None = None, **kwargs):
        if section is not None:
            kwargs.setdefault("initial", stored_section(section))
        super().__init__(*args, **kwargs)
        unused = ("parent", "after", "place") if section else ("revision", "parent" if after else "after")
        for name in unused:
            del self.fields[name]
        if section is not None:
            self.fields["revision"].required = True
        for name in {"parent", "after"} & self.fields.keys():
            self.fields[name].queryset = program.sections.all()
        if "parent" in self.fields:
            self.fields["parent"].choices = section_choices(program)
        first = ["parent"] if "parent" in self.fields else []
        hidden = [name for name in ("after", "revision", "place") if name in self.fields]
        self.helper.layout = Layout(*first, Div("numbering", css_class="pf-short"), "heading", "body", *hidden)


def section_choices(program: Program, *, but: Section | None = None) -> list[tuple]:
    """The sections a section may be put into, moved in as they lie; without the one named and all it holds."""
    choices, inside = [("", _("A main section"))], None
    for entry in outline_of(program):
        if inside is not None and entry.depth > inside:
            continue
        inside = entry.depth if entry.section == but else None
        if inside is None:
            choices.append((entry.section.pk, f"{'– ' * (entry.depth - 1)}{entry.section}"))
    return choices


def stored_section(section: Section) -> dict:
    """A section under the names of the form's fields."""
    return {name: getattr(section, name) for name in ("numbering", "heading", "body", "revision")}
