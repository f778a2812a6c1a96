"""The form of a grading scheme: its facts, its weights, its rows of grades and criteria, who sees what."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.evaluations.enums import (
    Audience,
    CriterionKind,
    CriterionSource,
    Layer,
    PartKind,
    SchemeKind,
    Since,
)
from coordination.evaluations.forms.fields import ScoreField, WholeField
from coordination.evaluations.services import BandDraft, CriterionDraft, SchemeDraft
from records.fields import LineField
from records.forms import PortalForm

MOST_BANDS, MOST_CRITERIA = 8, 20
_SPARE_ROWS, _FEWEST_ROWS = 3, 5
_TONES = (("ok", _("Green")), ("run", _("Blue")), ("wait", _("Amber")), ("bad", _("Red")))
# Where a rule about several fields is shown.
_PLACES = {"parts": "weight_results", "bands": "band_label_0", "criteria": "criterion_name_0"}
_POINTS = ("on_time_points", "late_points", "unfinished_points", "reason_below", "difference_from", "spread_from")


@dataclass(frozen=True)
class ShownRow:
    """The choices of one layer: a field for each audience."""

    label: str
    fields: tuple[forms.BoundField, ...]


def _band_fields(place: int) -> dict[str, forms.Field]:
    words = {"n": place + 1}
    return {
        f"band_label_{place}": LineField(label=_("Grade %(n)s") % words, required=False, max_length=80),
        f"band_floor_{place}": ScoreField(label=_("From points"), required=False),
        f"band_cap_{place}": WholeField(least=1, most=100, required=False, label=_("At most % of the agencies")),
        f"band_tone_{place}": forms.ChoiceField(label=_("Colour"), choices=_TONES, required=False),
    }


def _criterion_fields(place: int) -> dict[str, forms.Field]:
    words = {"n": place + 1}
    return {
        f"criterion_name_{place}": LineField(label=_("Criterion %(n)s") % words, required=False, max_length=200),
        f"criterion_points_{place}": WholeField(least=1, most=100, required=False, label=_("Most points")),
        f"criterion_kind_{place}": forms.ChoiceField(
            label=_("Counts as"), choices=CriterionKind.choices, required=False
        ),
        f"criterion_source_{place}": forms.ChoiceField(
            label=_("Points come from"), choices=CriterionSource.choices, required=False
        ),
    }


def _shown_name(layer: Layer, audience: Audience) -> str:
    return f"shown_{layer}_{audience}"


def _shown_field(audience: Audience) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=audience.label, choices=[("", pgettext_lazy("disclosure", "Never")), *Since.choices], required=False
    )


def _rows() -> dict[str, forms.Field]:
    """The fields that stand in rows: weights, grades, criteria, who sees what."""
    rows: dict[str, forms.Field] = {
        f"weight_{kind}": WholeField(least=0, most=100, required=False, label=kind.label) for kind in PartKind
    }
    for place in range(MOST_BANDS):
        rows |= _band_fields(place)
    for place in range(MOST_CRITERIA):
        rows |= _criterion_fields(place)
    return rows | {_shown_name(layer, one): _shown_field(one) for layer in Layer for one in Audience}


_SchemeRows = type("_SchemeRows", (PortalForm,), _rows())


class SchemeForm(_SchemeRows):
    """A grading scheme. Rows left empty are not kept; three spare ones are offered each time."""

    name = LineField(label=_("Name of the scheme"), max_length=150)
    basis = LineField(
        label=_("Decided by"),
        required=False,
        max_length=200,
        help_text=_("Number and date of the paper, if there is one"),
    )
    kind = forms.ChoiceField(label=_("How grades are given"), choices=SchemeKind.choices, widget=forms.RadioSelect)
    asks_self = forms.BooleanField(label=_("Each party evaluates itself"), required=False)
    asks_cross = forms.BooleanField(label=_("The parties evaluate each other"), required=False)
    on_time_points = ScoreField(label=_("Completed on time"), required=False)
    late_points = ScoreField(label=_("Completed late"), required=False)
    unfinished_points = ScoreField(
        label=_("Unfinished"), required=False, help_text=_("Multiplied by the share of the target reached")
    )
    reason_below = ScoreField(label=_("A score below this needs its reason"), required=False)
    difference_from = ScoreField(
        label=_("Own score and the others’ mean are far apart from"),
        required=False,
        help_text=_("In points; in a scheme of words in grades"),
    )
    spread_from = ScoreField(
        label=_("The others’ scores are far apart from"),
        required=False,
        help_text=_("In points; in a scheme of words in grades"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000, required=False)

    def __init__(self, data=None, *, draft: SchemeDraft, revision: int = 0, **kwargs):
        super().__init__(data, initial=_initial(draft) | {"revision": revision}, **kwargs)
        for name in (*_SchemeRows.base_fields, *_POINTS):
            self.fields[name].is_one_of_two = True  # rows say above what may stay empty, not field by field
        self._bands_kept, self._criteria_kept = len(draft.bands), len(draft.criteria)

    @property
    def weights(self) -> list[forms.BoundField]:
        return [self[f"weight_{kind}"] for kind in PartKind]

    @property
    def bands(self) -> list[list[forms.BoundField]]:
        """The rows of grades to show: those filled in and a few spare ones."""
        names = ("label", "floor", "cap", "tone")
        shown = min(max(self._filled("band_label", self._bands_kept) + _SPARE_ROWS, _FEWEST_ROWS), MOST_BANDS)
        return [[self[f"band_{name}_{place}"] for name in names] for place in range(shown)]

    @property
    def criteria(self) -> list[list[forms.BoundField]]:
        """The rows of criteria to show: those filled in and a few spare ones."""
        names = ("name", "points", "kind", "source")
        filled = self._filled("criterion_name", self._criteria_kept)
        shown = min(max(filled + _SPARE_ROWS, _FEWEST_ROWS), MOST_CRITERIA)
        return [[self[f"criterion_{name}_{place}"] for name in names] for place in range(shown)]

    @property
    def shown(self) -> list[ShownRow]:
        return [
            ShownRow(layer.label, tuple(self[_shown_name(layer, audience)] for audience in Audience)) for layer in Layer
        ]

    @property
    def audiences(self) -> list[str]:
        return [audience.label for audience in Audience]

    def clean(self):
        """A row with points and no words would be lost."""
        cleaned = super().clean()
        for place in range(MOST_CRITERIA):
            name, points = f"criterion_name_{place}", f"criterion_points_{place}"
            if cleaned.get(points) is not None and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Enter the criterion for these points"))
            if cleaned.get(name) and cleaned.get(points) is None and points not in self.errors:
                self.add_error(points, _("Enter the most points of this criterion"))
        for place in range(MOST_BANDS):
            name = f"band_label_{place}"
            entered = cleaned.get(f"band_floor_{place}") is not None or cleaned.get(f"band_cap_{place}") is not None
            if entered and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Enter the grade for these points"))
        return cleaned

    def add_refusal(self, refusal) -> None:
        """Rules about weights, grades and criteria together are shown at the first field of theirs."""
        refusal.field = _PLACES.get(refusal.field, refusal.field)
        super().add_refusal(refusal)

    @property
    def draft(self) -> SchemeDraft:
        """The scheme as entered, once the form is valid; points left empty are the usual ones."""
        data = self.cleaned_data
        usual = SchemeDraft(name="", bands=())
        is_by_points = data["kind"] == SchemeKind.POINTS
        return SchemeDraft(
            name=data["name"],
            basis=data["basis"],
            kind=data["kind"],
            asks_self=data["asks_self"],
            asks_cross=data["asks_cross"],
            parts=self._parts(data) if is_by_points else {},
            bands=self._bands(data, with_floors=is_by_points),
            criteria=self._criteria(data) if is_by_points else (),
            shown=self._shown(data),
            **{name: getattr(usual, name) if data[name] is None else data[name] for name in _POINTS},
        )

    def _filled(self, stem: str, kept: int) -> int:
        if not self.is_bound:
            return kept
        most = MOST_BANDS if stem == "band_label" else MOST_CRITERIA
        return max((place + 1 for place in range(most) if self.data.get(f"{stem}_{place}")), default=0)

    def _parts(self, data) -> dict[str, int]:
        weights = {kind.value: data[f"weight_{kind}"] for kind in PartKind}
        return {kind: weight for kind, weight in weights.items() if weight}

    def _bands(self, data, *, with_floors: bool) -> list[BandDraft]:
        return [
            BandDraft(
                label=data[f"band_label_{place}"],
                from_points=data[f"band_floor_{place}"] if with_floors else None,
                tone=data[f"band_tone_{place}"] or "run",
                cap_percent=data[f"band_cap_{place}"],
            )
            for place in range(MOST_BANDS)
            if data[f"band_label_{place}"]
        ]

    def _criteria(self, data) -> list[CriterionDraft]:
        return [
            CriterionDraft(
                name=data[f"criterion_name_{place}"],
                max_points=data[f"criterion_points_{place}"],
                kind=data[f"criterion_kind_{place}"] or CriterionKind.BASE,
                source=data[f"criterion_source_{place}"],
            )
            for place in range(MOST_CRITERIA)
            if data[f"criterion_name_{place}"]
        ]

    def _shown(self, data) -> dict[tuple[str, str], str]:
        chosen = {(layer.value, one.value): data[_shown_name(layer, one)] for layer in Layer for one in Audience}
        return {place: since for place, since in chosen.items() if since}


def _initial(draft: SchemeDraft) -> dict:
    plain = ("name", "basis", "kind", "asks_self", "asks_cross", *_POINTS)
    initial = {name: getattr(draft, name) for name in plain}
    initial |= {f"weight_{kind}": weight for kind, weight in draft.parts.items()}
    for place, band in enumerate(draft.bands):
        initial |= {
            f"band_label_{place}": band.label,
            f"band_floor_{place}": band.from_points,
            f"band_cap_{place}": band.cap_percent,
            f"band_tone_{place}": band.tone,
        }
    for place, one in enumerate(draft.criteria):
        initial |= {
            f"criterion_name_{place}": one.name,
            f"criterion_points_{place}": one.max_points,
            f"criterion_kind_{place}": one.kind,
            f"criterion_source_{place}": one.source,
        }
    return initial | {_shown_name(Layer(one[0]), Audience(one[1])): since for one, since in draft.shown.items()}
