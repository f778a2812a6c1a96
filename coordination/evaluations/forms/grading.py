"""Forms with one row per agency: the cross-evaluation of a party, the conclusion of a leader."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from coordination.evaluations.forms.fields import OpenedForm, ScoreField, grade, remark
from coordination.evaluations.models import Evaluation, GradingScheme
from coordination.evaluations.queries import AgencyResult
from coordination.evaluations.services import CrossMark


class CrossEvaluationForm(OpenedForm):
    """One row per other party: score or grade, and remark; rows left empty are graded later."""

    def __init__(self, *args, agencies: list[Agency], given: dict[int, Evaluation], mark: str, **kwargs):
        self.agencies, self.given, self.mark = agencies, given, mark
        super().__init__(*args, **kwargs)

    @classmethod
    def build(
        cls, scheme: GradingScheme, agencies: list[Agency], given: dict[int, Evaluation], data=None, *, seen: str = ""
    ) -> "CrossEvaluationForm":
        """The form over the parties to grade, filled with what was sent before."""
        mark = "grade" if scheme.is_in_words else "score"
        fields: dict[str, forms.Field] = {}
        initial: dict = {"seen": seen}
        for agency in agencies:
            names = {"agency": agency.current_short_name}
            if scheme.is_in_words:
                label = _("Grade for %(agency)s") % names
                fields[f"grade_{agency.pk}"] = grade(label, scheme.bands.all(), required=False)
            else:
                fields[f"score_{agency.pk}"] = ScoreField(label=_("Score for %(agency)s") % names, required=False)
            fields[f"remark_{agency.pk}"] = remark(_("Remark on %(agency)s") % names)
            if agency.pk in given:
                initial[f"{mark}_{agency.pk}"] = getattr(given[agency.pk], mark)
                initial[f"remark_{agency.pk}"] = given[agency.pk].remark
        kind = type("PartiesCrossEvaluationForm", (cls,), fields)
        return kind(data, agencies=agencies, given=given, mark=mark, initial=initial)

    @property
    def rows(self):
        """Each party with its two fields and what was sent before, as the page lays them out."""
        return [
            (one, self[f"{self.mark}_{one.pk}"], self[f"remark_{one.pk}"], self.given.get(one.pk))
            for one in self.agencies
        ]

    def clean(self):
        """A remark without a score would be lost, and a form without any score says nothing."""
        cleaned = super().clean()
        for agency in self.agencies:
            name = f"{self.mark}_{agency.pk}"
            if cleaned.get(f"remark_{agency.pk}") and cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("Enter the score for this remark"))
        if not self.errors and not self.marks:
            raise forms.ValidationError(_("Enter at least one score"))
        return cleaned

    @property
    def marks(self) -> list[CrossMark]:
        """The rows that have a score or a grade."""
        return [
            CrossMark(agency, remark=self.cleaned_data[f"remark_{agency.pk}"], **{self.mark: given})
            for agency in self.agencies
            if (given := self.cleaned_data.get(f"{self.mark}_{agency.pk}")) not in (None, "")
        ]


class ConclusionForm(OpenedForm):
    """One row per agency the leader may conclude on: the grade and the reason; rows left empty wait."""

    def __init__(self, *args, results: list[AgencyResult], **kwargs):
        self.results = results
        super().__init__(*args, **kwargs)

    @classmethod
    def build(
        cls, scheme: GradingScheme, results: Iterable[AgencyResult], data=None, *, seen: str = ""
    ) -> "ConclusionForm":
        """The form over the agencies, filled with the conclusions given before."""
        results = list(results)
        fields: dict[str, forms.Field] = {}
        initial: dict = {"seen": seen}
        for result in results:
            names = {"agency": result.agency.current_short_name}
            key = result.agency.pk
            fields[f"grade_{key}"] = grade(_("Grade for %(agency)s") % names, scheme.bands.all(), required=False)
            fields[f"remark_{key}"] = remark(_("Reason or remark on %(agency)s") % names)
            if result.concluded is not None:
                initial[f"grade_{key}"] = result.concluded.label
                initial[f"remark_{key}"] = result.concluded.remark
        return type("AgenciesConclusionForm", (cls,), fields)(data, results=results, initial=initial)

    @property
    def rows(self):
        """Each result with its two fields, as the page lays them out."""
        return [(one, self[f"grade_{one.agency.pk}"], self[f"remark_{one.agency.pk}"]) for one in self.results]

    def clean(self):
        """A remark without a grade would be lost, and a form without any grade says nothing; one sent twice is fine."""
        cleaned = super().clean()
        for one in self.results:
            name = f"grade_{one.agency.pk}"
            if cleaned.get(f"remark_{one.agency.pk}") and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Choose the grade for this remark"))
        if not self.errors and not any(cleaned.get(f"grade_{one.agency.pk}") for one in self.results):
            raise forms.ValidationError(_("Choose at least one grade"))
        return cleaned

    @property
    def marks(self) -> list[CrossMark]:
        """The rows with a grade that are new or changed."""
        marks = [
            (one, CrossMark(one.agency, grade=given, remark=self.cleaned_data.get(f"remark_{one.agency.pk}", "")))
            for one in self.results
            if (given := self.cleaned_data.get(f"grade_{one.agency.pk}"))
        ]
        return [mark for one, mark in marks if _as_concluded(one) != (mark.grade, mark.remark)]


def _as_concluded(result: AgencyResult) -> tuple[str, str] | None:
    return (result.concluded.label, result.concluded.remark) if result.concluded else None
