"""The scoring sheet: points, reason and evidence by criterion, or one score, or one grade in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from coordination.evaluations.enums import CriterionKind
from coordination.evaluations.forms.fields import CodesField, OpenedForm, ScoreField, grade, remark
from coordination.evaluations.models import Criterion, Evaluation, GradingScheme
from coordination.evaluations.queries import cited_codes, filled_in, sheet_total
from coordination.evaluations.services import CriterionPoints
from records import wording


@dataclass(frozen=True)
class SheetRow:
    """One criterion as the page lays it out; `own` are the points the agency gave itself, where another one grades."""

    criterion: Criterion
    filled: Decimal | None
    own: Decimal | None
    points: forms.BoundField
    reason: forms.BoundField
    cited: forms.BoundField | None


class SheetForm(OpenedForm):
    """A sheet of a scheme. A draft may leave points out; what is sent may not."""

    def __init__(self, *args, criteria: list[Criterion], filled: dict[int, Decimal], own: Evaluation | None, **kwargs):
        self.criteria, self.filled = criteria, filled
        self.own = {line.criterion_id: line.points for line in own.scores.all()} if own else {}
        super().__init__(*args, **kwargs)

    @classmethod
    def build(
        cls,
        scheme: GradingScheme,
        given: Evaluation | None,
        results: Decimal | None,
        data=None,
        *,
        own: Evaluation | None = None,
        cites: bool = True,
        seen: str = "",
    ) -> "SheetForm":
        """The form of a scheme, filled with what was given before, otherwise from the results of the tasks.

        `own` is the agency's own sheet, where somebody else grades it; `results` the mean points of its tasks.
        """
        criteria = list(scheme.criteria.all())
        is_draft = data is not None and data.get("act") == "draft"
        filled = {one.pk: points for one in criteria if (points := filled_in(one, results)) is not None}
        fields: dict[str, forms.Field] = {}
        for criterion in criteria:
            fields |= _of_criterion(criterion, cites=cites, required=not is_draft)
        if not criteria:
            fields |= _of_whole(scheme, cites=cites, required=not is_draft)
        fields["remark"] = remark(_("Remark"), help_text=_reason_hint(scheme))
        kind = type("SchemeSheetForm", (cls,), fields)
        initial = _initial(given or own, filled, given) | {"seen": seen}
        return kind(data, criteria=criteria, filled=filled, own=own, initial=initial)

    @property
    def is_draft(self) -> bool:
        """Whether it was put aside rather than sent."""
        return self.data.get("act") == "draft"

    @property
    def rows(self) -> list[SheetRow]:
        return [
            SheetRow(
                criterion=one,
                filled=self.filled.get(one.pk),
                own=self.own.get(one.pk),
                points=self[f"points_{one.pk}"],
                reason=self[f"reason_{one.pk}"],
                cited=self[f"cited_{one.pk}"] if f"cited_{one.pk}" in self.fields else None,
            )
            for one in self.criteria
        ]

    @property
    def running_total(self) -> Decimal | None:
        """What the points entered so far make; None where the sheet has no criteria."""
        given = [(one, self._entered(f"points_{one.pk}")) for one in self.criteria]
        return sheet_total((one, points) for one, points in given if points is not None) if self.criteria else None

    def _entered(self, name: str) -> Decimal | None:
        """Points as they were typed, where they can be read, or as the page came with them."""
        if not self.is_bound:
            return self.initial.get(name)
        try:
            return self.fields[name].clean(self.data.get(name))
        except ValidationError:
            return None

    @property
    def whole(self) -> list[forms.BoundField]:
        """The fields beside the criteria, in their order."""
        return [self[name] for name in self.fields if name in ("score", "grade", "cited", "remark")]

    @property
    def written(self) -> dict:
        """What the services take, once the form is valid."""
        cleaned = self.cleaned_data
        return {
            "score": None if self.criteria else cleaned.get("score"),
            "grade": cleaned.get("grade", ""),
            "remark": cleaned["remark"],
            "scores": self._points(cleaned),
            "seen": self.opened_on,
        }

    @property
    def cited(self) -> list[str]:
        """The codes cited for the whole of it."""
        return self.cleaned_data.get("cited", [])

    def _points(self, cleaned: Mapping) -> list[CriterionPoints]:
        """The points of each criterion; bonus and penalty points left empty are none, a draft leaves others out."""
        lines = []
        for one in self.criteria:
            points = cleaned[f"points_{one.pk}"]
            if points is None and (one.is_base or self.is_draft):
                continue
            cited = tuple(cleaned.get(f"cited_{one.pk}", ()))
            lines.append(CriterionPoints(one, points or Decimal(0), cleaned[f"reason_{one.pk}"], cited))
        return lines


def _of_criterion(criterion: Criterion, *, cites: bool, required: bool) -> dict[str, forms.Field]:
    words = {"criterion": criterion.name, "points": criterion.max_points}
    label = {
        CriterionKind.BONUS: _("%(criterion)s (bonus, at most %(points)s points)"),
        CriterionKind.PENALTY: _("%(criterion)s (taken away, at most %(points)s points)"),
    }.get(criterion.kind, _("%(criterion)s (at most %(points)s points)"))
    missing = _("Enter the points of “%(criterion)s”") % words
    points = ScoreField(
        label=label % words, required=required and criterion.is_base, error_messages={"required": missing}
    )
    points.widget.attrs["data-counts"] = criterion.kind
    fields: dict[str, forms.Field] = {
        f"points_{criterion.pk}": points,
        f"reason_{criterion.pk}": remark(_("Reason")),
    }
    if cites:
        hint = _("Codes of tasks, for example 02.03, 02.17")
        fields[f"cited_{criterion.pk}"] = CodesField(label=_("Evidence"), help_text=hint)
    return fields


def _of_whole(scheme: GradingScheme, *, cites: bool, required: bool) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    if scheme.is_in_words:
        fields["grade"] = grade(_("Grade"), scheme.bands.all(), required=required)
    else:
        hint = _("From 0 to 100, at most one decimal")
        fields["score"] = ScoreField(label=_("Score"), help_text=hint, required=required)
    if cites:
        hint = _("Codes of tasks, for example 02.03, 02.17")
        fields["cited"] = CodesField(label=_("Evidence"), help_text=hint)
    return fields


def _reason_hint(scheme: GradingScheme) -> str:
    if scheme.is_in_words:
        return _("What was done, what was not, and why")
    return _("Give the reason when the score is below %(points)s") % {"points": wording.number(scheme.reason_below)}


def _initial(before: Evaluation | None, filled: dict[int, Decimal], given: Evaluation | None) -> dict:
    """What was given before; where nothing was, the points filled in. Reasons and evidence only of one's own sheet."""
    initial = {f"points_{criterion}": points for criterion, points in filled.items()}
    if before is None:
        return initial
    initial |= {"score": before.score, "grade": before.grade}
    initial |= {f"points_{line.criterion_id}": line.points for line in before.scores.all()}
    if given is None:
        return initial
    initial |= {"remark": given.remark}
    initial |= {f"reason_{line.criterion_id}": line.reason for line in given.scores.all()}
    for criterion, codes in cited_codes(given).items():
        initial["cited" if criterion is None else f"cited_{criterion}"] = codes
    return initial
