"""Reorganisations: one decision each, its steps in order, and a journal of every row that applying it changed."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import Role
from agencies.access.scopes import seen_through
from agencies.people.models import Membership
from agencies.reorganisation.enums import ReorganisationState, StepKind, Subject
from agencies.reorganisation.plans import StepPlan
from agencies.units.models import AdminUnit
from agencies.units.reach import units_kept_by
from records.fields import Line


class ReorganisationQuerySet(models.QuerySet):
    """Acts of reorganisation, as the administration lists them."""

    def visible_to(self, actor: Membership | None) -> "ReorganisationQuerySet":
        """Administrators see the acts of the units they keep. Rule: R-SUCC-1."""
        if actor is None or actor.role not in (Role.UNIT_ADMIN, Role.SYSTEM_ADMIN):
            return self.none()
        return self.filter(scope__in=units_kept_by(actor).values("pk"))


class Reorganisation(models.Model):
    """One decision that renames, merges, splits, closes or moves units and agencies from a day on.

    Rule: R-SUCC-1. It is prepared at any time, applied from its day on, and undone while nothing was built on it.
    """

    title = Line(_("title"), max_length=300)
    scope = models.ForeignKey(
        AdminUnit, on_delete=models.PROTECT, related_name="reorganisations", verbose_name=_("unit concerned")
    )
    number = Line(_("number of the decision"), max_length=60, blank=True)
    issuing_body = Line(_("issuing body"), max_length=200, blank=True)
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    effective_on = models.DateField(_("day it takes effect"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=ReorganisationState.choices, default=ReorganisationState.PREPARED)
    revision = models.PositiveIntegerField(default=1)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Digest of the preview that was applied; the audit entry after which something may have been built on the act.
    digest = models.CharField(max_length=64, blank=True)
    applied_entry = models.BigIntegerField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_because = Line(max_length=300, blank=True)

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReorganisationState.values), name="reorganisation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(effective_on=None) | Q(decided_on__lte=models.F("effective_on")),
                name="reorganisation_decided_before_effect",
                violation_error_message=_("The decision must not be made after the day it takes effect"),
            ),
            models.CheckConstraint(
                condition=Q(state=ReorganisationState.PREPARED)
                | (
                    ~Q(number="")
                    & Q(decided_on__isnull=False, effective_on__isnull=False)
                    & Q(applied_at__isnull=False, applied_by__isnull=False)
                ),
                name="reorganisation_applied_by_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReorganisationState.UNDONE)
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_because="")),
                name="reorganisation_undone_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["scope", "state"], name="reorganisation_scope")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def status(self) -> ReorganisationState:
        return ReorganisationState(self.state)

    @property
    def is_prepared(self) -> bool:
        return self.state == ReorganisationState.PREPARED

    @property
    def is_applied(self) -> bool:
        return self.state == ReorganisationState.APPLIED


class ReorganisationStep(models.Model):
    """One thing a decision does: which bodies, what becomes of them, who goes on with what.

    Shape: `plan` is read and written through `StepPlan` only.
    """

    act = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=6, choices=Subject.choices)
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    plan = models.JSONField(encoder=DjangoJSONEncoder)

    objects = seen_through("act").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["act", "position"], name="reorganisationstep_one_place"),
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="reorganisationstep_subject_known"),
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="reorganisationstep_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.act} · {self.position}"

    @property
    def planned(self) -> StepPlan:
        """The plan with its types."""
        return StepPlan.from_json(self.plan)


class RowChange(models.Model):
    """One row that applying an act wrote: how it stood before and after; the journal by which the act is undone.

    Shape: `before` is None for a row the act made, `after` for one it removed; otherwise both hold every column.
    """

    act = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField()
    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    objects = seen_through("act").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["act", "position"], name="rowchange_one_place"),
            models.UniqueConstraint(fields=["act", "table", "row"], name="rowchange_row_once"),
        ]
        indexes = [models.Index(fields=["table", "row"], name="rowchange_row")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
