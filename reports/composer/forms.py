"""What is typed about a report: the day of its figures, words, parts, the reason it goes back, templates."""

import codecs

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm
from reports.composed.models import ReportBlock
from reports.composer.services.moving import LONGEST_REASON
from reports.composer.services.writing import LONGEST_HEADING, LONGEST_TEXT

_MOST = 2_000_000_000
MOST_BYTES = 100 * 1024
LETTERS_A_LINE, FEWEST_LINES, MOST_LINES = 70, 5, 22
LEVELS = ((1, _("Main section (I, II, III)")), (2, _("Within it (1, 2, 3)")), (3, _("Within that (a, b, c)")))


def _rows_for(text: str) -> int:
    """As many lines as the text takes, within what a screen holds."""
    lines = sum(1 + len(line) // LETTERS_A_LINE for line in text.splitlines())
    return max(FEWEST_LINES, min(lines + 2, MOST_LINES))


def _revision() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_MOST)


class BeginForm(PortalForm):
    """The day the figures of a report are judged on, and for which agency it is written where there are several."""

    cut_off_on = DayField(
        label=_("Figures up to"),
        help_text=_("Day/month/year. The figures are frozen as they are counted for this day."),
    )
    issuer = forms.ModelChoiceField(label=_("Issued by"), queryset=Agency.objects.none(), empty_label=None)

    def __init__(self, *args, issuers: list[Agency] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if issuers is None:
            del self.fields["issuer"]
        else:
            self.fields["issuer"].queryset = Agency.objects.filter(pk__in=[one.pk for one in issuers])
            self.fields["issuer"].label_from_instance = lambda agency: agency.current_name


class FiguresForm(PortalForm):
    """The day the figures are counted anew for; the same day where it is left as it is."""

    cut_off_on = DayField(
        label=_("Figures up to"),
        required=False,
        help_text=_("Day/month/year. Leave it as it is to count anew for the same day."),
    )


class BlockForm(PortalForm):
    """The words of one part; `act` says which button was pressed: save, or put in or take out a table or chart."""

    heading = LineField(label=_("Heading"), max_length=LONGEST_HEADING, required=False)
    text = ProseField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Each line becomes a paragraph. Names in double braces stand for frozen figures."),
        widget=forms.Textarea(attrs={"data-tokens": ""}),
    )
    revision = _revision()

    def __init__(self, *args, block: ReportBlock, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = _rows_for(block.text)
        if not block.heading:
            del self.fields["heading"]
        if block.part == "annex":
            del self.fields["text"]
        self.helper.layout = Layout(*self.fields)

    def values(self, block: ReportBlock) -> dict:
        """What was typed, under the names the service takes."""
        data = self.cleaned_data
        return {
            "revision": data["revision"],
            "heading": data.get("heading", block.heading),
            "text": data.get("text", block.text),
        }


class RevisionForm(PortalForm):
    """The revision a button was pressed over."""

    revision = _revision()


class PartForm(PortalForm):
    """A part of the office's own: its heading, its level, and behind which part it stands."""

    heading = LineField(label=_("Heading"), max_length=LONGEST_HEADING)
    level = forms.TypedChoiceField(label=_("Level"), choices=LEVELS, coerce=int, initial=2)
    after = forms.ModelChoiceField(label=_("Behind"), queryset=ReportBlock.objects.none(), empty_label=None)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        titles = {row.block.pk: row.title for row in rows if row.block.part == "section"}
        self.fields["after"].queryset = ReportBlock.objects.filter(pk__in=titles)
        self.fields["after"].label_from_instance = lambda block: titles[block.pk]


class ReasonForm(PortalForm):
    """Why a report goes back."""

    reason = ProseField(
        label=_("What must be changed"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4})
    )


class TemplateForm(PortalForm):
    """The words of one part as an office writes them, typed or taken from a text file."""

    text = ProseField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Leave it empty to begin with the portal's own words."),
        widget=forms.Textarea(attrs={"rows": 12, "data-tokens": ""}),
    )
    file = forms.FileField(
        label=_("Or take the words from a file"),
        required=False,
        help_text=_("A text file (.txt) in Unicode, up to 100 KB. It takes the place of the box above."),
    )
    revision = _revision()

    def clean(self) -> dict:
        """The words of the file in place of those typed; what is no text is refused at the file."""
        data = super().clean()
        if (file := data.get("file")) is not None:
            try:
                data["text"] = self.fields["text"].clean(_read(file))
            except UnicodeDecodeError:
                self.add_error("file", _("The file is not text in Unicode. Save it as plain text (UTF-8)."))
            except forms.ValidationError as refused:
                self.add_error("file", refused)
        return data


def _read(file) -> str:
    """Raises: ValidationError where it is too large; UnicodeDecodeError where it is no text."""
    if file.size > MOST_BYTES:
        raise forms.ValidationError(_("The file is larger than 100 KB."))
    content = file.read()
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if is_wide else "utf-8-sig").replace("\r\n", "\n")
