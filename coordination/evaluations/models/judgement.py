"""Judgements: what one agency says of one agency in a round, with points by criterion and the tasks it cites."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import Agency, Membership
from coordination.evaluations.enums import Audience, EvaluationKind, Layer, RoundState, Since
from coordination.evaluations.models.round import EvaluationRound
from coordination.evaluations.models.scheme import Criterion, Disclosure
from coordination.programs.models import Program, ProgramParty
from coordination.tasks.models import Task
from records.fields import Line, Prose

LAYER_OF_KIND = {
    EvaluationKind.SELF: Layer.SELF,
    EvaluationKind.CROSS: Layer.CROSS,
    EvaluationKind.VERIFIED: Layer.VERIFIED,
    EvaluationKind.CONCLUDED: Layer.RESULTS,
}
GIVEN_BY_AGENCIES = (EvaluationKind.SELF, EvaluationKind.CROSS)


class EvaluationQuerySet(models.QuerySet):
    """Single judgements, as far as a reader may see them."""

    def sent(self) -> "EvaluationQuerySet":
        """Judgements that were sent; a draft counts for nothing and is seen by its own agency alone."""
        return self.filter(submitted_on__isnull=False)

    def visible_to(self, actor: Membership | None) -> "EvaluationQuerySet":
        """What the actor's own agencies gave; all that was sent to those who keep the round; to others as disclosed.

        Rule: R-SEE-6.
        """
        if not works_on_content(actor):
            return self.none()
        rounds = EvaluationRound.objects
        given = Q(kind__in=GIVEN_BY_AGENCIES, by_agency_id__in=actor.agency_ids())
        kept = Q(round__in=rounds.kept_by(actor).values("pk"))
        led = Q(round__in=rounds.led_by(actor).values("pk")) & _disclosed(Audience.LEADERS)
        own = Q(agency_id__in=actor.agency_ids()) & _disclosed(Audience.EVALUATED)
        shown = _in_programs_of(actor) & (led | own | _disclosed(Audience.PARTIES))
        sent = Q(submitted_on__isnull=False)
        return self.filter(given | sent & (kept | shown), round__in=rounds.visible_to(actor).values("pk"))


def _disclosed(audience: Audience) -> Q:
    """Whether the scheme of the round shows this kind of judgement to an audience by now."""
    shown = Q()
    for kind, layer in LAYER_OF_KIND.items():
        rows = Disclosure.objects.filter(scheme__rounds=OuterRef("round_id"), layer=layer, audience=audience)
        at_once, later = rows.filter(since=Since.AT_ONCE), rows.filter(since=Since.CLOSED)
        closed = Q(round__state=RoundState.CLOSED)
        shown |= Q(kind=kind) & (Q(Exists(at_once)) | closed & Q(Exists(later)))
    return shown


def _in_programs_of(actor: Membership) -> Q:
    """Whether the agency judged is party to a program of the round that the actor makes."""
    made = Program.objects.made_by(actor).values("pk")
    parties = ProgramParty.objects.filter(
        program__evaluation_rounds=OuterRef("round_id"), agency=OuterRef("agency_id"), program__in=made
    )
    return Q(Exists(parties))


class Evaluation(models.Model):
    """One judgement of one agency in a round: by itself, by another party, by the secretariat or by the leader.

    Without `submitted_on` it is a draft. `figures` are the counts of the agency's tasks the judgement was made on, and
    the points they gave, as they stood when it was sent.
    """

    round = models.ForeignKey(EvaluationRound, on_delete=models.PROTECT, related_name="evaluations")
    kind = models.CharField(max_length=10, choices=EvaluationKind.choices)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="evaluations")
    by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="evaluations_made")
    score = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    grade = Line(max_length=80, blank=True)
    remark = Prose(blank=True)
    figures = models.JSONField(null=True, blank=True)
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

    @property
    def is_draft(self) -> bool:
        return self.submitted_on is None


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


class CitedTask(models.Model):
    """A task an evaluation cites as evidence, for one criterion or for the whole of it."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="cited")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="cited_tasks"
    )
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="cited_in_evaluations")

    objects = seen_through("evaluation", "task").as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "criterion", "task"], name="citedtask_once_a_criterion"),
            models.UniqueConstraint(
                fields=["evaluation", "task"], condition=Q(criterion=None), name="citedtask_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.task}"
