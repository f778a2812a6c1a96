"""What is sent with a task table, told about its columns, and with the word to take it in or back."""

from collections.abc import Sequence

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.intake.enums import OWN_TABLE_COLUMNS, Column
from coordination.intake.queries.layouts import ColumnShown
from coordination.intake.reading.grids import MOST_ROWS
from coordination.intake.reading.safety import MAX_BYTES
from coordination.programs.models import Program
from records.fields import ProseField
from records.forms import PortalForm
from records.wording import number

LONGEST_PASTED = 500_000


class TableForm(PortalForm):
    """The file with the table, or the table pasted, and the section where all its tasks belong to one."""

    file = forms.FileField(
        label=_("File with the task table"),
        required=False,
        max_length=200,
        help_text=_("Excel (.xlsx), Word (.docx) or CSV, at most %(limit)s MB and %(rows)s rows.")
        % {"limit": MAX_BYTES // 1024**2, "rows": number(MOST_ROWS)},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.docx,.csv,.tsv,.txt"}),
        error_messages={"empty": _("The file is empty. Choose it again.")},
    )
    pasted = ProseField(
        label=_("Or paste the table"),
        required=False,
        strip=False,
        max_length=LONGEST_PASTED,
        help_text=_("Select the rows in Excel, the names of the columns with them, copy, then paste here."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    section = forms.ModelChoiceField(
        label=_("Section of the program"),
        queryset=None,
        required=False,
        empty_label=_("No particular section"),
        help_text=_("All tasks of the table are put below it."),
    )

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = program.sections.all()
        # One of the two must be there, so neither is called optional.
        self.fields["file"].is_one_of_two = self.fields["pasted"].is_one_of_two = True
        self.helper.layout = Layout("file", "pasted", "section")

    def clean(self):
        typed = super().clean()
        has_file, has_text = bool(typed.get("file")), bool((typed.get("pasted") or "").strip())
        if not (has_file or has_text) and not self.errors:
            self.add_error("file", ValidationError(_("Choose a file, or paste the table"), code="required"))
        if has_file and has_text:
            self.add_error("pasted", ValidationError(_("Send one of the two: the file or the pasted table")))
        return typed


class WorkbookForm(PortalForm):
    """A workbook of the portal that comes back filled in."""

    file = forms.FileField(
        label=_("Workbook filled in"),
        max_length=200,
        help_text=_("The .xlsx you downloaded here, at most %(limit)s MB and %(rows)s rows.")
        % {"limit": MAX_BYTES // 1024**2, "rows": number(MOST_ROWS)},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": _("The file is empty. Choose it again.")},
    )


class TakeInForm(PortalForm):
    """The preview that was looked at."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    sheet = forms.IntegerField(min_value=0, max_value=100, widget=forms.HiddenInput)
    form_token = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)


class UndoForm(PortalForm):
    """The word to take an import back."""

    form_token = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)


class ColumnsForm(PortalForm):
    """What each column of a table holds; left open, a column is not read."""

    sheet = forms.IntegerField(min_value=0, max_value=100, widget=forms.HiddenInput)
    row = forms.IntegerField(min_value=1, max_value=2**20, widget=forms.HiddenInput)

    def __init__(self, *args, shown: Sequence[ColumnShown], **kwargs):
        super().__init__(*args, **kwargs)
        self.shown = shown
        choices = [("", _("Not read")), *((column.value, column.heading) for column in OWN_TABLE_COLUMNS)]
        for column in shown:
            self.fields[_name(column)] = forms.ChoiceField(
                label=_("Column %(letters)s holds") % {"letters": column.letters},
                choices=choices,
                required=False,
                initial=column.holds.value if column.holds else "",
                error_messages={"invalid_choice": _("Choose one of the listed values")},
            )

    @property
    def rows(self) -> list[tuple[ColumnShown, forms.BoundField]]:
        """Each column with its choice."""
        return [(column, self[_name(column)]) for column in self.shown]

    def told(self) -> dict[int, Column]:
        """The columns that hold something, by their place."""
        typed = {column.place: self.cleaned_data[_name(column)] for column in self.shown}
        return {place: Column(name) for place, name in typed.items() if name}


def _name(column: ColumnShown) -> str:
    return f"column_{column.place}"
