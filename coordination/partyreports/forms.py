"""The report of a party as a form, the request for the reports of all, and the reason one is returned for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.partyreports.models import TEXTS, PartyReport, ReportCall
from coordination.partyreports.services import LONGEST_TEXT
from records.fields import DayField, ProseField
from records.forms import PortalForm

LONGEST_NOTE = 2_000


def _part(label: str, rows: int = 4, most: int = LONGEST_TEXT, **kwargs) -> ProseField:
    return ProseField(
        label=label, required=False, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
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


class ReportCallForm(PortalForm):
    """Until when every party reports, and up to which day it counts."""

    due_on = DayField(
        label=_("Reports due on"), help_text=_("Day/month/year. Parties that have not sent are reminded.")
    )
    cut_off_on = DayField(label=_("Figures up to"), help_text=_("The same day for all, so that their counts add up."))
    note = _part(_("Note to the parties"), rows=3, most=LONGEST_NOTE)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class ReturnForm(PortalForm):
    """What is to be added or corrected."""

    reason = ProseField(
        label=_("Reason"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say what is to be added or corrected; the party reads it above its report."),
    )


def stored_call(call: ReportCall) -> dict:
    """What was asked for under the names of the form's fields."""
    return {name: getattr(call, name) for name in ("due_on", "cut_off_on", "note", "revision")}


def stored_report(report: PartyReport) -> dict:
    """A report under the names of the form's fields."""
    return {name: getattr(report, name) for name in ("cut_off_on", "revision", *TEXTS)}
