from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.programs.models import Program, Section
from coordination.programs.queries import outline_of
from records.fields import LineField, ProseField
from records.forms import PortalForm

LONGEST_BODY = 20_000


class SectionForm(PortalForm):
    """One section of the text; a new one may be put below another."""

    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("A main section"),
    )
    numbering = LineField(
        label=_("Number of the section"), max_length=10, required=False, help_text=_("Printed as written: I, 1, a.")
    )
    heading = LineField(label=_("Heading"), max_length=300, required=False)
    body = ProseField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Leave an empty line between paragraphs."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, program: Program, section: Section | None = None, **kwargs):
        if section is not None:
            kwargs.setdefault("initial", stored_section(section))
        super().__init__(*args, **kwargs)
        if section is None:
            self.fields["parent"].queryset = program.sections.all()
            self.fields["parent"].choices = [
                ("", _("A main section")),
                *((entry.section.pk, f"{'– ' * (entry.depth - 1)}{entry.section}") for entry in outline_of(program)),
            ]
        else:
            del self.fields["parent"]
            self.fields["revision"].required = True
        first = ["parent"] if section is None else []
        self.helper.layout = Layout(*first, Div("numbering", css_class="pf-short"), "heading", "body", "revision")


def stored_section(section: Section) -> dict:
    """A section under the names of the form's fields."""
    return {name: getattr(section, name) for name in ("numbering", "heading", "body", "revision")}
