"""Evaluations: rounds under a versioned grading scheme, the layers of judgement, and what they found."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import Role
from agencies.access.scopes import seen_through, works_on_content
from agencies.models import AdminUnit, Agency, Membership
from coordination.evaluations.enums import CauseKind, EvaluationKind, FindingKind, PartKind, RoundState
from coordination.programs.models import Program
from coordination.tasks.models import Task
from records.fields import Line, Prose


class GradingSchemeQuerySet(models.QuerySet):
    """Grading schemes, as those who open a round choose among them."""

    def visible_to(self, actor: Membership | None) -> "GradingSchemeQuerySet":
        """The schemes of the actor's own unit, to whoever works on content there."""
        return self.filter(unit_id__in=actor.unit_ids()) if works_on_content(actor) else self.none()


class GradingScheme(models.Model):
    """A versioned way of grading: weighted parts, points per outcome, bands. Data, never constants."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="grading_schemes")
    name = Line(max_length=150)
    version = models.PositiveSmallIntegerField(default=1)
    on_time_points = models.DecimalField(max_digits=5, decimal_places=1, default=100)
    late_points = models.DecimalField(max_digits=5, decimal_places=1, default=70)
    unfinished_points = models.DecimalField(max_digits=5, decimal_places=1, default=70)
    locked_at = models.DateTimeField(null=True, blank=True)

    objects = GradingSchemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "name", "version"], name="gradingscheme_one_version"),
            models.CheckConstraint(
                condition=Q(on_time_points__lte=100, late_points__lte=100, unfinished_points__lte=100),
                name="gradingscheme_points_at_most_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class GradingPart(models.Model):
    """One weighted part of a scheme. The weights of a scheme make 100 before it is used."""

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
    """One criterion of the scoring sheet, with the most points it can give."""

    scheme = models.ForeignKey(GradingScheme, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = Line(max_length=200)
    max_points = models.PositiveSmallIntegerField()

    objects = seen_through("scheme").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "position"], name="criterion_one_place"),
            models.CheckConstraint(condition=Q(max_points__gte=1, max_points__lte=100), name="criterion_has_points"),
        ]

    def __str__(self) -> str:
        return self.name


class GradeBand(models.Model):
    """A grade and the lowest total that earns it."""

    scheme = models.ForeignKey(GradingScheme, on_delete=models.CASCADE, related_name="bands")
    from_points = models.DecimalField(max_digits=5, decimal_places=1)
    label = Line(max_length=80)
    tone = models.CharField(max_length=5, default="run")

    objects = seen_through("scheme").as_manager()

    class Meta:
        ordering = ["-from_points"]
        constraints = [models.UniqueConstraint(fields=["scheme", "from_points"], name="gradeband_one_floor")]

    def __str__(self) -> str:
        return self.label

    @property
    def icon(self) -> str:
        return {"ok": "check-circle-fill", "run": "check-circle", "bad": "x-circle-fill"}.get(self.tone, "circle")


class EvaluationRoundQuerySet(models.QuerySet):
    """Rounds, as views and reports fetch them."""

    def visible_to(self, actor: Membership | None) -> "EvaluationRoundQuerySet":
        """Rounds over at least one program the actor's agencies are party to or draft. Rule: R-SEE-3."""
        if not works_on_content(actor):
            return self.none()
        own = Program.objects.made_by(actor).values("pk")
        return self.filter(unit_id__in=actor.unit_ids(), programs__in=own).distinct()

    def kept_by(self, actor: Membership | None) -> "EvaluationRoundQuerySet":
        """Rounds whose single scores the actor sees: as a secretary of an agency that drafted one of the programs."""
        if actor is None or actor.role != Role.SECRETARY:
            return self.none()
        drafted = Program.objects.filter(drafting_agency_id__in=actor.agency_ids()).values("pk")
        return self.visible_to(actor).filter(programs__in=drafted).distinct()


class EvaluationRound(models.Model):
    """The evaluation of one or more programs for a year, with the day its figures are cut off."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="evaluation_rounds")
    year = models.PositiveSmallIntegerField()
    programs = models.ManyToManyField(Program, related_name="evaluation_rounds")
    scheme = models.ForeignKey(GradingScheme, on_delete=models.PROTECT, related_name="rounds")
    cut_off_on = models.DateField()
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    narrative = Prose(blank=True)

    objects = EvaluationRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="evaluationround_once_a_year"),
            models.CheckConstraint(
                condition=Q(state=RoundState.OPEN, closed_on=None)
                | Q(state=RoundState.CLOSED, closed_on__isnull=False),
                name="evaluationround_closed_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    @property
    def status(self) -> RoundState:
        return RoundState(self.state)


class EvaluationQuerySet(models.QuerySet):
    """Single judgements, as far as a reader may see them."""

    def visible_to(self, actor: Membership | None) -> "EvaluationQuerySet":
        """What the actor's own agencies gave, and all of a round to the secretaries who keep it. Rule: R-SEE-6."""
        rounds = EvaluationRound.objects
        if not works_on_content(actor):
            return self.none()
        given = Q(kind__in=(EvaluationKind.SELF, EvaluationKind.CROSS), by_agency_id__in=actor.agency_ids())
        kept = Q(round__in=rounds.kept_by(actor).values("pk"))
        return self.filter(given | kept, round__in=rounds.visible_to(actor).values("pk"))


class Evaluation(models.Model):
    """One judgement of one agency in a round: by itself, by another party, by the secretariat or by the leader."""

    round = models.ForeignKey(EvaluationRound, on_delete=models.PROTECT, related_name="evaluations")
    kind = models.CharField(max_length=10, choices=EvaluationKind.choices)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="evaluations")
    by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="evaluations_made")
    score = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    grade = Line(max_length=80, blank=True)
    remark = Prose(blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "agency", "by_agency"], name="evaluation_once"),
            models.CheckConstraint(
                condition=~Q(kind=EvaluationKind.SELF) | Q(agency=F("by_agency")), name="evaluation_self_is_own"
            ),
            models.CheckConstraint(
                condition=~Q(kind=EvaluationKind.CROSS) | ~Q(agency=F("by_agency")), name="evaluation_cross_is_other"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=100), name="evaluation_score_to_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.kind} {self.agency}"


class CriterionScore(models.Model):
    """The points one evaluation gave one criterion, with the reason."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.DecimalField(max_digits=5, decimal_places=1)
    reason = Prose(blank=True)

    objects = seen_through("evaluation").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="criterionscore_once"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=100), name="criterionscore_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class FindingQuerySet(models.QuerySet):
    """Findings, as the page of a round and the report of a conference list them."""

    def visible_to(self, actor: Membership | None) -> "FindingQuerySet":
        """The findings of the rounds the actor sees, except those about a program they do not see. Rule: R-SEE-3."""
        rounds, programs = EvaluationRound.objects.visible_to(actor), Program.objects.visible_to(actor)
        return self.filter(Q(program=None) | Q(program__in=programs.values("pk")), round__in=rounds.values("pk"))


class Finding(models.Model):
    """A strength, impact, limitation, cause, lesson or recommendation; a limitation may name the task that mends it."""

    round = models.ForeignKey(EvaluationRound, on_delete=models.PROTECT, related_name="findings")
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=15, choices=FindingKind.choices)
    position = models.PositiveSmallIntegerField()
    heading = Line(max_length=150, blank=True)
    text = Prose()
    cause_kind = models.CharField(max_length=10, choices=CauseKind.choices, blank=True)
    of_limitation = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="causes_and_lessons"
    )
    remedied_by = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="remedies")
    is_doubtful = models.BooleanField(_("source is damaged or unclear"), default=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="finding_one_place"),
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_something"),
            models.CheckConstraint(
                condition=Q(kind=FindingKind.CAUSE) & ~Q(cause_kind="") | ~Q(kind=FindingKind.CAUSE) & Q(cause_kind=""),
                name="finding_cause_has_kind",
            ),
            models.CheckConstraint(
                condition=Q(remedied_by=None) | Q(kind=FindingKind.LIMITATION),
                name="finding_only_limitation_is_remedied",
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.text[:80]
