"""Grading schemes: versioned ways of grading, kept as data and locked by the first score given under them."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import AdminUnit, Membership
from coordination.evaluations.enums import (
    Audience,
    CriterionKind,
    CriterionSource,
    Layer,
    PartKind,
    SchemeKind,
    Since,
)
from records.fields import Line


class GradingSchemeQuerySet(models.QuerySet):
    """Grading schemes, as those who open a round choose among them."""

    def visible_to(self, actor: Membership | None) -> "GradingSchemeQuerySet":
        """The schemes of the actor's own unit, to whoever works on content there."""
        return self.filter(unit_id__in=actor.unit_ids()) if works_on_content(actor) else self.none()


class GradingScheme(models.Model):
    """A versioned way of grading: layers asked for, weights, criteria, grades, limits, who sees what. Never constants.

    Units: points out of 100. `difference_from` and `spread_from` say from which distance judgements are listed for the
    chair: in points, in a scheme of words in grades.
    """

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="grading_schemes")
    name = Line(max_length=150)
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=SchemeKind.choices, default=SchemeKind.POINTS)
    basis = Line(_("decided by"), max_length=200, blank=True)
    on_time_points = models.DecimalField(max_digits=5, decimal_places=1, default=100)
    late_points = models.DecimalField(max_digits=5, decimal_places=1, default=70)
    unfinished_points = models.DecimalField(max_digits=5, decimal_places=1, default=70)
    asks_self = models.BooleanField(default=True)
    asks_cross = models.BooleanField(default=True)
    reason_below = models.DecimalField(max_digits=5, decimal_places=1, default=70)
    difference_from = models.DecimalField(max_digits=5, decimal_places=1, default=Decimal("2.1"))
    spread_from = models.DecimalField(max_digits=5, decimal_places=1, default=7)
    locked_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = GradingSchemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "name", "version"], name="gradingscheme_one_version"),
            models.CheckConstraint(
                condition=Q(on_time_points__lte=100, late_points__lte=100, unfinished_points__lte=100),
                name="gradingscheme_points_at_most_100",
            ),
            models.CheckConstraint(
                condition=Q(difference_from__gt=0, spread_from__gt=0), name="gradingscheme_distances_above_0"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    @property
    def is_in_words(self) -> bool:
        return self.kind == SchemeKind.WORDS

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class GradingPart(models.Model):
    """One weighted part of a scheme. The weights of a scheme make 100."""

    scheme = models.ForeignKey(GradingScheme, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=PartKind.choices)
    weight_percent = models.PositiveSmallIntegerField()

    objects = seen_through("scheme").as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind"], name="gradingpart_kind_once"),
            models.CheckConstraint(
                condition=Q(weight_percent__gte=1, weight_percent__lte=100), name="gradingpart_weight_is_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.weight_percent}%"


class Criterion(models.Model):
    """One row of the scoring sheet with the most points it can give, or take away where it is a penalty."""

    scheme = models.ForeignKey(GradingScheme, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = Line(max_length=200)
    max_points = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=CriterionKind.choices, default=CriterionKind.BASE)
    source = models.CharField(
        max_length=10, choices=CriterionSource.choices, default=CriterionSource.JUDGED, blank=True
    )

    objects = seen_through("scheme").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "position"], name="criterion_one_place"),
            models.CheckConstraint(condition=Q(max_points__gte=1, max_points__lte=100), name="criterion_has_points"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_base(self) -> bool:
        return self.kind == CriterionKind.BASE

    @property
    def is_filled_in(self) -> bool:
        return self.source == CriterionSource.RESULTS


class GradeBand(models.Model):
    """A grade, the lowest total that earns it, and the share of the agencies that may get it at most.

    Units: `cap_percent` in percent of the agencies evaluated. In a scheme of words no total earns a grade.
    """

    scheme = models.ForeignKey(GradingScheme, on_delete=models.CASCADE, related_name="bands")
    position = models.PositiveSmallIntegerField(default=0)
    from_points = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    label = Line(max_length=80)
    tone = models.CharField(max_length=5, default="run")
    cap_percent = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = seen_through("scheme").as_manager()

    class Meta:
        ordering = ["position", "-from_points", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "from_points"], name="gradeband_one_floor"),
            models.UniqueConstraint(fields=["scheme", "label"], name="gradeband_label_once"),
            models.CheckConstraint(
                condition=Q(cap_percent=None) | Q(cap_percent__gte=1, cap_percent__lte=100),
                name="gradeband_cap_is_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def icon(self) -> str:
        return {"ok": "check-circle-fill", "run": "check-circle", "bad": "x-circle-fill"}.get(self.tone, "circle")


class Disclosure(models.Model):
    """That something of a round is shown to someone, from when on; without a row it is not shown.

    Rule: R-SEE-6. The secretaries who keep a round see all of it, and everyone sees what their own agencies gave.
    """

    scheme = models.ForeignKey(GradingScheme, on_delete=models.CASCADE, related_name="disclosures")
    layer = models.CharField(max_length=10, choices=Layer.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    since = models.CharField(max_length=10, choices=Since.choices)

    objects = seen_through("scheme").as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "layer", "audience"], name="disclosure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.layer} {self.audience} {self.since}"
