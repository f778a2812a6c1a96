"""The report of a party as a form: the day its figures are cut off, and its words, part by part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.partyreports.models import TEXTS, PartyReport
from coordination.partyreports.services import LONGEST_TEXT
from records.fields import DayField, ProseField
from records.forms import PortalForm


def _part(label: str, rows: int = 4, **kwargs) -> ProseField:
    return ProseField(
        label=label, required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


class PartyReportForm(PortalForm):
    """What a party reports of a year; each line becomes a paragraph of the paper."""

    cut_off_on = DayField(label=_("Figures up to"), help_text=_("Day/month/year. Tasks are judged on this day."))
    steering = _part(_("Leadership and organisation"), help_text=_("Papers issued, meetings held, who was in charge."))
    results = _part(
        _("Results beside the figures"),
        rows=6,
        help_text=_("The paper counts and lists your tasks itself. Write here what numbers do not say."),
    )
    strengths = _part(_("Strengths"))
    limitations = _part(_("Shortcomings"))
    causes = _part(_("Causes"))
    lessons = _part(_("Lessons"))
    next_year = _part(_("Tasks of the next year"))
    proposals = _part(_("Proposals"))
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def words(self) -> dict[str, str]:
        """The parts under their names."""
        return {name: self.cleaned_data[name] for name in TEXTS}


def stored_report(report: PartyReport) -> dict:
    """A report under the names of the form's fields."""
    return {name: getattr(report, name) for name in ("cut_off_on", "revision", *TEXTS)}
