"""What a closed round stands by: its frozen figures, and the dated corrections made afterwards. Neither is changed."""

from typing import Self

from django.db import models
from django.db.models import Q

from agencies.access.scopes import seen_through
from agencies.models import Agency, Membership
from coordination.evaluations.enums import Audience, Layer
from coordination.evaluations.models.round import EvaluationRound
from coordination.evaluations.models.scheme import Disclosure
from coordination.programs.models import Program, ProgramParty
from records.fields import Line, Prose


class RoundSnapshot(models.Model):
    """The figures of a round as they were frozen: version 1 at its closing, another one with each correction.

    Rule: R-EVAL-7. Rows are only added. Shape of `content`: see `services.freezing`; `digest` is its SHA-256.
    """

    round = models.ForeignKey(EvaluationRound, on_delete=models.PROTECT, related_name="snapshots")
    version = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = seen_through("round").as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["round", "version"], name="roundsnapshot_one_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="roundsnapshot_counts_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.version}"


class CorrectionQuerySet(models.QuerySet):
    """Corrections, as the page of a closed round tells of them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """Corrections of the agencies in programs the actor makes, to whoever the results are disclosed to."""
        rounds = EvaluationRound.objects
        made = Program.objects.made_by(actor).values("pk") if actor else []
        parties = ProgramParty.objects.filter(
            program__evaluation_rounds=models.OuterRef("round_id"), agency=models.OuterRef("agency_id"),
            program__in=made,
        )  # fmt: skip
        mine = actor.agency_ids() if actor else ()
        shown = (
            Q(round__in=rounds.kept_by(actor).values("pk"))
            | Q(round__in=rounds.led_by(actor).values("pk")) & _disclosed(Audience.LEADERS)
            | Q(agency_id__in=mine) & _disclosed(Audience.EVALUATED)
            | _disclosed(Audience.PARTIES)
        )
        seen = self.filter(shown, round__in=rounds.visible_to(actor).values("pk"))
        return seen.filter(models.Exists(parties))


def _disclosed(audience: Audience) -> Q:
    """Whether results are ever shown to an audience: corrections are only made once a round is closed."""
    rows = Disclosure.objects.filter(scheme__rounds=models.OuterRef("round_id"), layer=Layer.RESULTS, audience=audience)
    return Q(models.Exists(rows))


class Correction(models.Model):
    """A change of one agency's result after closing: dated, with its reason, beside the value it replaces.

    Rule: R-EVAL-8. Rows are only added.
    """

    round = models.ForeignKey(EvaluationRound, on_delete=models.PROTECT, related_name="corrections")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="evaluation_corrections")
    snapshot = models.OneToOneField(RoundSnapshot, on_delete=models.PROTECT, related_name="correction")
    total_before = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    total_after = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    grade_before = Line(max_length=80, blank=True)
    grade_after = Line(max_length=80, blank=True)
    reason = Prose()
    paper = Line(max_length=200, blank=True)
    corrected_on = models.DateField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["corrected_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(
                condition=(Q(total_before=None) | Q(total_before__gte=0, total_before__lte=100))
                & (Q(total_after=None) | Q(total_after__gte=0, total_after__lte=100)),
                name="correction_totals_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.agency} {self.corrected_on}"

    @property
    def changes_total(self) -> bool:
        return self.total_before != self.total_after

    @property
    def changes_grade(self) -> bool:
        return self.grade_before != self.grade_after
