"""Forms of the evaluation pages: shape only; what may be graded by whom is the services' matter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import AdminUnit, Agency, Membership
from coordination.evaluations.enums import CauseKind, FindingKind
from coordination.evaluations.models import Criterion, Evaluation, EvaluationRound, GradingScheme
from coordination.evaluations.services import CriterionPoints, CrossMark
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program
from records.fields import DayField, LineField, ProseField, QuantityField, SeveralField, YearField
from records.forms import PortalForm


class ScoreField(QuantityField):
    """A score between 0 and 100 in Vietnamese writing; whether it is in range is asked by the service."""

    default_error_messages = {"invalid": _("Enter a score between 0 and 100, for example 93,5")}

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "6"}))
        super().__init__(max_digits=7, decimal_places=2, **kwargs)


def _remark(label: str, **kwargs) -> ProseField:
    return ProseField(label=label, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)


class SelfEvaluationForm(PortalForm):
    """The agency's own score, by criterion where the scheme has some, and its remark."""

    def __init__(self, *args, criteria: list[Criterion], **kwargs):
        self.criteria = criteria
        super().__init__(*args, **kwargs)

    @classmethod
    def build(cls, criteria: list[Criterion], given: Evaluation | None, data=None) -> "SelfEvaluationForm":
        """The form of a scheme, filled with what the agency sent before."""
        fields: dict[str, forms.Field] = {}
        for criterion in criteria:
            label = _("%(criterion)s (at most %(points)s points)") % {
                "criterion": criterion.name,
                "points": criterion.max_points,
            }
            fields[f"points_{criterion.pk}"] = ScoreField(label=label)
            fields[f"reason_{criterion.pk}"] = _remark(_("Reason"))
        if not criteria:
            fields["score"] = ScoreField(label=_("Score"), help_text=_("From 0 to 100, at most one decimal"))
        fields["remark"] = _remark(_("Remark"), help_text=_("Give the reason when the score is below 70"))
        kind = type("SchemeSelfEvaluationForm", (cls,), fields)
        return kind(data, criteria=criteria, initial=_given_before(given))

    @property
    def points(self) -> list[CriterionPoints]:
        """The points of each criterion, once the form is valid."""
        return [
            CriterionPoints(
                criterion,
                self.cleaned_data[f"points_{criterion.pk}"],
                self.cleaned_data[f"reason_{criterion.pk}"],
            )
            for criterion in self.criteria
        ]

    @property
    def score(self):
        """The score as entered, or the sum of the points."""
        return sum(line.points for line in self.points) if self.criteria else self.cleaned_data["score"]


class CrossEvaluationForm(PortalForm):
    """One row per other party: score and remark; rows left empty are graded later."""

    def __init__(self, *args, agencies: list[Agency], **kwargs):
        self.agencies = agencies
        super().__init__(*args, **kwargs)

    @classmethod
    def build(cls, agencies: list[Agency], given: dict[int, Evaluation], data=None) -> "CrossEvaluationForm":
        """The form over the parties to grade, filled with what was sent before."""
        fields: dict[str, forms.Field] = {}
        initial = {}
        for agency in agencies:
            names = {"agency": agency.current_short_name}
            fields[f"score_{agency.pk}"] = ScoreField(label=_("Score for %(agency)s") % names, required=False)
            fields[f"remark_{agency.pk}"] = _remark(_("Remark on %(agency)s") % names)
            if agency.pk in given:
                initial[f"score_{agency.pk}"] = given[agency.pk].score
                initial[f"remark_{agency.pk}"] = given[agency.pk].remark
        return type("PartiesCrossEvaluationForm", (cls,), fields)(data, agencies=agencies, initial=initial)

    @property
    def rows(self):
        """Each party with its two fields, as the page lays them out."""
        return [(agency, self[f"score_{agency.pk}"], self[f"remark_{agency.pk}"]) for agency in self.agencies]

    def clean(self):
        """A remark without a score would be lost, and a form without any score says nothing."""
        cleaned = super().clean()
        for agency in self.agencies:
            score = f"score_{agency.pk}"
            if cleaned.get(f"remark_{agency.pk}") and cleaned.get(score) is None and score not in self.errors:
                self.add_error(score, _("Enter the score for this remark"))
        if not self.errors and not self.marks:
            raise forms.ValidationError(_("Enter at least one score"))
        return cleaned

    @property
    def marks(self) -> list[CrossMark]:
        """The rows that have a score."""
        return [
            CrossMark(agency, self.cleaned_data[f"score_{agency.pk}"], self.cleaned_data[f"remark_{agency.pk}"])
            for agency in self.agencies
            if self.cleaned_data.get(f"score_{agency.pk}") is not None
        ]


class FindingForm(PortalForm):
    """A finding of the round."""

    kind = forms.ChoiceField(label=_("Kind of finding"), choices=FindingKind.choices)
    cause_kind = forms.ChoiceField(
        label=_("Kind of cause"),
        help_text=_("Only for a cause"),
        choices=[("", _("Not a cause")), *CauseKind.choices],
        required=False,
    )
    program = forms.ModelChoiceField(
        label=_("Program"), queryset=Program.objects.none(), required=False, empty_label=_("All programs")
    )
    heading = LineField(label=_("Heading"), required=False, max_length=150)
    text = ProseField(label=_("Finding"), max_length=10000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, actor: Membership, round: EvaluationRound, **kwargs):
        super().__init__(*args, **kwargs)
        seen = Program.objects.visible_to(actor).filter(evaluation_rounds=round)
        self.fields["program"].queryset = seen.order_by("code")
        self.fields["program"].label_from_instance = lambda program: f"{program.code} – {program.short_title}"


class CloseForm(PortalForm):
    """The last word on a round; required by the service when forms are missing."""

    narrative = ProseField(
        label=_("General remark, or the reason for closing without the missing forms"),
        required=False,
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OpenForm(PortalForm):
    """The year, the programs, the grading scheme and the cut-off day of a new round."""

    year = YearField(label=_("Year evaluated"))
    programs = SeveralField(label=_("Programs"), queryset=Program.objects.none(), widget=forms.CheckboxSelectMultiple)
    scheme = forms.ModelChoiceField(label=_("Grading scheme"), queryset=GradingScheme.objects.none(), empty_label=None)
    cut_off_on = DayField(
        label=_("Cut-off day"), help_text=_("Task results are counted as they stood on this day, day/month/year")
    )

    def __init__(self, *args, actor: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        programs = Program.objects.visible_to(actor).filter(state__in=SIGNED_STATES).order_by("-year", "code")
        self.fields["programs"].queryset = programs
        self.fields["programs"].label_from_instance = lambda program: f"{program.code} – {program.short_title}"
        self.fields["scheme"].queryset = GradingScheme.objects.visible_to(actor).order_by("-pk")

    @property
    def unit(self) -> AdminUnit | None:
        """The unit of the programs chosen: the actor's own, or one whose agency theirs took over."""
        return next((program.unit for program in self.cleaned_data["programs"]), None)


def _given_before(given: Evaluation | None) -> dict:
    if given is None:
        return {}
    initial = {"score": given.score, "remark": given.remark}
    for line in given.scores.all():
        initial |= {f"points_{line.criterion_id}": line.points, f"reason_{line.criterion_id}": line.reason}
    return initial
