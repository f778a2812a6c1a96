"""Forms about a whole round: opened, changed, closed, and one result corrected afterwards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import AdminUnit, Membership
from coordination.evaluations.enums import RoundPeriod
from coordination.evaluations.forms.fields import ScoreField, grade
from coordination.evaluations.models import EvaluationRound, GradingScheme
from coordination.evaluations.services import RoundDays
from coordination.evaluations.workflow import span_choices
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program
from records.fields import DayField, LineField, ProseField, SeveralField, YearField
from records.forms import PortalForm

WHOLE_YEAR = f"{RoundPeriod.YEAR}-1"


def _cut_off() -> DayField:
    return DayField(
        label=_("Cut-off day"),
        required=False,
        help_text=_(
            "Task results are counted as they stood on this day, day/month/year. Left empty: 14/12 of the year, 14/6 "
            "of the first half, the 14th of the last month of a quarter."
        ),
    )


def _counts_from() -> DayField:
    return DayField(
        label=_("Tasks count from"),
        required=False,
        help_text=_(
            "Tasks due since this day, and older ones still unfinished then. Left empty: the day after the usual "
            "cut-off of the span before."
        ),
    )


def _forms_due() -> DayField:
    return DayField(label=_("Forms are due on"), required=False, help_text=_("Told to the parties with their forms"))


class OpenForm(PortalForm):
    """The span, the programs, the grading scheme and the days of a new round."""

    year = YearField(label=_("Year evaluated"))
    span = forms.ChoiceField(label=_("Span"), required=False, initial=WHOLE_YEAR)
    programs = SeveralField(label=_("Programs"), queryset=Program.objects.none(), widget=forms.CheckboxSelectMultiple)
    scheme = forms.ModelChoiceField(label=_("Grading scheme"), queryset=GradingScheme.objects.none(), empty_label=None)
    cut_off_on = _cut_off()
    counts_from = _counts_from()
    forms_due_on = _forms_due()

    def __init__(self, *args, actor: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        programs = Program.objects.visible_to(actor).filter(state__in=SIGNED_STATES).order_by("-year", "code")
        self.fields["programs"].queryset = programs
        self.fields["programs"].label_from_instance = lambda program: f"{program.code} – {program.short_title}"
        self.fields["span"].choices = span_choices()
        self.fields["scheme"].queryset = GradingScheme.objects.visible_to(actor).order_by("-pk")
        self.fields["scheme"].label_from_instance = scheme_label

    @property
    def unit(self) -> AdminUnit | None:
        """The unit of the programs chosen: the actor's own, or one whose agency theirs took over."""
        return next((program.unit for program in self.cleaned_data["programs"]), None)

    @property
    def opening(self) -> dict:
        """What the service takes, once the form is valid."""
        period, part = (self.cleaned_data["span"] or WHOLE_YEAR).split("-")
        names = ("year", "programs", "scheme", "cut_off_on", "counts_from", "forms_due_on")
        return {name: self.cleaned_data[name] for name in names} | {"period": period, "part": int(part)}


class ChangeForm(PortalForm):
    """Other days of an open round, and another scheme while nothing has been scored."""

    scheme = forms.ModelChoiceField(label=_("Grading scheme"), queryset=GradingScheme.objects.none(), empty_label=None)
    cut_off_on = _cut_off()
    counts_from = _counts_from()
    forms_due_on = _forms_due()
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, *args, round: EvaluationRound, **kwargs):
        names = ("scheme", "cut_off_on", "counts_from", "forms_due_on", "revision")
        super().__init__(*args, initial={name: getattr(round, name) for name in names}, **kwargs)
        schemes = GradingScheme.objects.filter(unit_id=round.unit_id)
        if round.evaluations.exists():
            schemes = schemes.filter(pk=round.scheme_id)
        self.fields["scheme"].queryset = schemes.order_by("-pk")
        self.fields["scheme"].label_from_instance = scheme_label

    @property
    def days(self) -> RoundDays:
        data = self.cleaned_data
        return RoundDays(data["cut_off_on"], data["counts_from"], data["forms_due_on"])


class CloseForm(PortalForm):
    """The last word on a round; when forms are missing, the reason why it is closed without them, which it asks for."""

    narrative = ProseField(
        label=_("General remark"), required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, is_complete: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_complete:
            narrative = self.fields["narrative"]
            narrative.label = _("Reason for closing without the missing forms, and a general remark")
            narrative.is_one_of_two = True  # the service asks for it, naming the forms


class CorrectionForm(PortalForm):
    """The right result of an agency, the reason, and the paper that decided it."""

    total = ScoreField(label=_("Total score"), required=False)
    reason = ProseField(
        label=_("Why the result is corrected"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    paper = LineField(
        label=_("Decided by"),
        required=False,
        max_length=200,
        help_text=_("Number and date of the paper, if there is one"),
    )

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=32_000)

    @classmethod
    def build(cls, scheme: GradingScheme, initial: dict, data=None) -> "CorrectionForm":
        """The form for a scheme: without a total where grades are in words."""
        fields: dict[str, forms.Field | None] = {"grade": grade(_("Grade"), scheme.bands.all())}
        if scheme.is_in_words:
            fields["total"] = None
        form = type("SchemeCorrectionForm", (cls,), fields)(data, initial=initial)
        form.order_fields(["total", "grade", "reason", "paper"])
        return form

    @property
    def correction(self) -> dict:
        """What the service takes, once the form is valid."""
        data = self.cleaned_data
        return {"total": data.get("total")} | {name: data[name] for name in ("grade", "reason", "paper", "version")}


def scheme_label(scheme: GradingScheme) -> str:
    """A scheme as a choice: its name, its version, how it grades."""
    words = {"name": scheme.name, "version": scheme.version, "kind": scheme.get_kind_display()}
    return str(_("%(name)s, version %(version)s (%(kind)s)") % words)
