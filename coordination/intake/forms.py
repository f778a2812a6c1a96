"""What is sent with a task table, and with the word to take it in."""

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.intake.reading.safety import MAX_BYTES
from coordination.programs.models import Program
from records.forms import PortalForm


class TableForm(PortalForm):
    """The file with the table and, where all its tasks belong to one, the section."""

    file = forms.FileField(
        label=_("File with the task table"),
        max_length=200,
        help_text=_("Excel (.xlsx) or Word (.docx), at most %(limit)s MB and 1,000 rows.")
        % {"limit": MAX_BYTES // 1024**2},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.docx"}),
        error_messages={"empty": _("The file is empty. Choose it again.")},
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
        self.helper.layout = Layout("file", "section")


class TakeInForm(PortalForm):
    """The preview that was looked at."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    sheet = forms.IntegerField(min_value=0, max_value=100, widget=forms.HiddenInput)
    form_token = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
