"""Reporting progress, with files."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.tasks.models import Target
from coordination.tasks.services import Upload
from records.errors import RuleBroken
from records.fields import ProseField, QuantityField
from records.files.services import check_file
from records.forms import PortalForm
from records.wording import number

_ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"
_MOST_FILES = 10
_RUNNING, _COMPLETE = "in_progress", "complete"


class FilesInput(forms.ClearableFileInput):
    """The browser's own control, for several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files, each checked for kind, content and size; every fault is told at once."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", FilesInput(attrs={"multiple": True, "accept": _ACCEPTED}))
        super().__init__(**kwargs)

    def clean(self, data, initial=None) -> list[Upload]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > _MOST_FILES:
            raise forms.ValidationError(gettext("Choose at most %(most)s files at a time") % {"most": _MOST_FILES})
        faults = []
        for file in files:
            try:
                check_file(file.name, file.file, file.size)
            except RuleBroken as refusal:
                faults.append(f"{file.name[:80]}: {refusal}")
        if faults:
            raise forms.ValidationError(faults)
        return [Upload(file.name, file.file, file.size) for file in files]


class ProgressForm(PortalForm):
    """What the lead agency reports: quantity, whether it is complete, result, obstacles, evidence."""

    value = QuantityField(label=_("Quantity done"), required=False)
    percent = forms.IntegerField(
        label=_("Share done (%)"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(
        label=_("Status"), choices=[(_RUNNING, _("In progress")), (_COMPLETE, _("Report completion"))]
    )
    result = ProseField(label=_("Result"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    obstacles = ProseField(
        label=_("Obstacles, reasons"),
        help_text=_("Required when the quantity done is less than last time."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    proposal = ProseField(
        label=_("Proposal"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    files = FilesField(
        label=_("Evidence"),
        help_text=_("PDF, Word, Excel, JPG or PNG, at most 20 MB a file. Several files may be chosen."),
        required=False,
    )
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, target: Target | None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("percent",):
            self.fields[name].error_messages |= dict.fromkeys(
                ("invalid", "min_value", "max_value"), gettext("A percentage lies between 0 and 100")
            )
            for validator in self.fields[name].validators:
                validator.message = gettext("A percentage lies between 0 and 100")
        counted = target is not None and target.is_counted
        del self.fields["percent" if counted else "value"]
        if counted:
            goal = {"target": number(target.value), "unit": target.unit}
            self.fields["value"].help_text = gettext("Of %(target)s %(unit)s") % goal

    @property
    def names_to_choose_again(self) -> list[str]:
        """The files a browser forgets when the page comes back; the official must choose them again."""
        return [file.name[:120] for file in self.files.getlist("files")] if self.is_bound and self.errors else []

    def reported(self) -> dict:
        """The report as the service takes it."""
        typed = self.cleaned_data
        return {
            "value": typed.get("value"),
            "percent": typed.get("percent"),
            "result": typed["result"],
            "obstacles": typed["obstacles"],
            "proposal": typed["proposal"],
            "claims_completion": typed["state"] == _COMPLETE,
            "files": typed["files"],
        }
