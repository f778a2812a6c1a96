"""What a round found: strengths, limitations, causes, lessons, recommendations, and what became of a limitation."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership
from coordination.evaluations.models import EvaluationRound
from coordination.findings.enums import CauseKind, FindingKind, Remedy
from coordination.programs.models import Program
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from records.fields import Line, Prose


class FindingQuerySet(models.QuerySet):
    """Findings, as the page of a round, the register of limitations and the report of a conference list them."""

    def visible_to(self, actor: Membership | None) -> "FindingQuerySet":
        """The findings of the rounds the actor sees, except those about a program they do not see. Rule: R-SEE-3."""
        rounds, programs = EvaluationRound.objects.visible_to(actor), Program.objects.visible_to(actor)
        return self.filter(Q(program=None) | Q(program__in=programs.values("pk")), round__in=rounds.values("pk"))

    def limitations(self) -> "FindingQuerySet":
        return self.filter(kind=FindingKind.LIMITATION)

    def standing(self, remedy: Remedy) -> "FindingQuerySet":
        """The limitations that stand there; whose task came to nothing is open again. Rule: R-FINDING-3.

        One that waits and was found again later is counted there, not here as well.
        """
        found = self.limitations().filter(_STANDINGS[remedy])
        if remedy not in (Remedy.OPEN, Remedy.RECURRED):
            return found
        again = Exists(Finding.objects.filter(repeats=OuterRef("pk")))
        return found.filter(again if remedy == Remedy.RECURRED else ~again)


# A task that was cancelled, or not completed by the end of its program, mends nothing: its limitation waits again.
CAME_TO_NOTHING = (TaskState.CANCELLED, TaskState.NOT_COMPLETED)
_IN_HAND = Q(remedied_by__isnull=False) & ~Q(remedied_by__state__in=CAME_TO_NOTHING)
_DONE = Q(remedied_by__state=TaskState.COMPLETED)
_WAITS = Q(waived_at=None) & (Q(remedied_by=None) | Q(remedied_by__state__in=CAME_TO_NOTHING))
_STANDINGS = {
    Remedy.OPEN: _WAITS,
    Remedy.RECURRED: _WAITS,
    Remedy.GIVEN: _IN_HAND & ~_DONE,
    Remedy.REMEDIED: _DONE,
    Remedy.WAIVED: Q(waived_at__isnull=False),
}


class Finding(models.Model):
    """A strength, impact, limitation, cause, lesson or recommendation of a round, at its place in it.

    Rule: R-FINDING-1. A limitation may repeat one of an earlier round; it names the task that mends it or why none is
    asked for. A recommendation names whom it is addressed to, an agency of the portal or anybody else in words.
    """

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
    addressee = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    addressee_words = Line(max_length=200, blank=True)
    repeats = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeated_by")
    remedied_by = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="remedies")
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    waiver_reason = Prose(blank=True)
    is_doubtful = models.BooleanField(_("source is damaged or unclear"), default=False)
    revision = models.PositiveIntegerField(default=1)

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
            models.CheckConstraint(
                condition=Q(waived_at=None, waived_by=None, waiver_reason="")
                | Q(waived_at__isnull=False, waived_by__isnull=False, kind=FindingKind.LIMITATION)
                & ~Q(waiver_reason=""),
                name="finding_limitation_waived_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(remedied_by=None) | Q(waived_at=None), name="finding_remedied_or_waived"
            ),
            models.CheckConstraint(
                condition=Q(repeats=None) | Q(kind=FindingKind.LIMITATION) & ~Q(repeats=F("pk")),
                name="finding_only_limitation_repeats",
            ),
            models.CheckConstraint(
                condition=Q(addressee=None, addressee_words="")
                | Q(kind=FindingKind.RECOMMENDATION) & (Q(addressee=None) | Q(addressee_words="")),
                name="finding_recommendation_has_one_addressee",
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.text[:80]

    @property
    def is_limitation(self) -> bool:
        return self.kind == FindingKind.LIMITATION

    @property
    def addressed_to(self) -> str:
        """Whom a recommendation is addressed to; blank where it is open."""
        return self.addressee.current_name if self.addressee else self.addressee_words

    @property
    def remedy(self) -> Remedy | None:
        """Where a limitation stands by itself; None for every other finding. Rule: R-FINDING-3.

        Whether one that waits was found again later, its queries tell.
        """
        if not self.is_limitation:
            return None
        if self.waived_at is not None:
            return Remedy.WAIVED
        if self.remedied_by is None or self.remedied_by.state in CAME_TO_NOTHING:
            return Remedy.OPEN
        return Remedy.REMEDIED if self.remedied_by.state == TaskState.COMPLETED else Remedy.GIVEN
