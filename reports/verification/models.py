"""Papers that were taken back after they had been issued."""

from django.db import models
from django.db.models import Q

from agencies.access.scopes import seen_through
from agencies.models import Membership
from records.fields import Line, Prose
from reports.issuing.models import IssuedDocument


class Withdrawal(models.Model):
    """An issued paper taken back: from which day, why, by which paper. The row never changes; a paper issued again is
    a new one.
    """

    document = models.OneToOneField(IssuedDocument, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_on = models.DateField()
    reason = Prose()
    by_paper = Line(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = seen_through("document").as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_reason")]

    def __str__(self) -> str:
        return str(self.document)
