"""Several files of evidence, chosen with the browser's own control."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.tasks.services import Upload
from records.errors import RuleBroken
from records.files.services import check_file

ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"
MOST_FILES = 10
FILES_HINT = _(
    "PDF, Word, Excel, JPG or PNG, at most 20 MB a file. Several files may be chosen. Nothing marked secret."
)


class FilesInput(forms.ClearableFileInput):
    """The browser's own control, for several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files, each checked for kind, content and size; every fault is told at once."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", FilesInput(attrs={"multiple": True, "accept": ACCEPTED}))
        super().__init__(**kwargs)

    def clean(self, data, initial=None) -> list[Upload]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(gettext("Choose at most %(most)s files at a time") % {"most": MOST_FILES})
        faults = []
        for file in files:
            try:
                check_file(file.name, file.file, file.size)
            except RuleBroken as refusal:
                faults.append(f"{file.name[:80]}: {refusal}")
        if faults:
            raise forms.ValidationError(faults)
        return [Upload(file.name, file.file, file.size) for file in files]
