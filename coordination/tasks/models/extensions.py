"""A later deadline asked for, and what was decided."""

from django.db import models
from django.db.models import F, Q

from agencies.access.scopes import PartsQuerySet
from agencies.models import Membership
from coordination.programs.enums import ENDED_STATES
from coordination.tasks.enums import OPEN_STATES
from coordination.tasks.models.changes import DueDateChange
from coordination.tasks.models.tasks import Task
from records.fields import Prose


class ExtensionRequestQuerySet(PartsQuerySet):
    """Requests for a later deadline, seen by whoever sees the task."""

    owners = ("task",)

    def open(self) -> "ExtensionRequestQuerySet":
        """Those still to be decided, of tasks that still run."""
        return self.filter(decided_at=None, withdrawn_at=None, task__state__in=OPEN_STATES).exclude(
            task__program__state__in=ENDED_STATES
        )


class ExtensionRequest(models.Model):
    """A lead agency asks for a later deadline; who owns the program or confirms the result decides, once.

    Rule: R-EXTEND-1.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="extension_requests")
    due_on = models.DateField()
    wanted_due_on = models.DateField()
    reason = Prose()
    asked_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    granted = models.BooleanField(null=True)
    change = models.OneToOneField(
        DueDateChange, null=True, blank=True, on_delete=models.PROTECT, related_name="extension_request"
    )
    answer = Prose(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ExtensionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="extensionrequest_with_reason"),
            models.CheckConstraint(condition=Q(wanted_due_on__gt=F("due_on")), name="extensionrequest_asks_for_later"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(decided_at=None, withdrawn_at=None), name="extensionrequest_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, granted=None, change=None)
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False, withdrawn_at=None)
                    & (Q(granted=True, change__isnull=False) | (Q(granted=False, change=None) & ~Q(answer="")))
                ),
                name="extensionrequest_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.due_on} → {self.wanted_due_on}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it and it was not taken back."""
        return self.decided_at is None and self.withdrawn_at is None
