"""Letters that urge a lead agency on: about which of its overdue tasks, and by when it is to answer."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import AdminUnit, Agency, Membership
from coordination.tasks.models import Task
from records.fields import Prose


class UrgingLetterQuerySet(models.QuerySet):
    """Letters, as lists and papers fetch them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """The letters of the agencies the actor acts for; those written to them once they were sent.

        Rule: R-SEE-14.
        """
        if not works_on_content(actor):
            return self.none()
        mine = actor.agency_ids()
        return self.filter(Q(issuer_id__in=mine) | Q(addressee_id__in=mine, sent_on__isnull=False))

    def standing(self) -> Self:
        """Letters nobody dropped."""
        return self.filter(dropped_on=None)


class UrgingLetter(models.Model):
    """One official letter to one lead agency about tasks of its that are overdue."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="urging_letters")
    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="urging_letters_written")
    addressee = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="urging_letters_received")
    drawn_up_on = models.DateField()
    drawn_up_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField(_("answer by"))
    words = Prose(_("what else is asked"), blank=True)
    tasks = models.ManyToManyField(Task, related_name="urging_letters", through="UrgedTask")
    sent_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = UrgingLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_up_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(issuer=F("addressee")), name="urgingletter_not_to_itself"),
            models.CheckConstraint(condition=Q(answer_by__gte=F("drawn_up_on")), name="urgingletter_days_in_order"),
            models.CheckConstraint(condition=Q(sent_on=None) | Q(dropped_on=None), name="urgingletter_sent_or_dropped"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} → {self.addressee} {self.drawn_up_on}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.sent_on is None and self.dropped_on is None


class UrgedTask(models.Model):
    """A task a letter is about, in its place."""

    letter = models.ForeignKey(UrgingLetter, on_delete=models.CASCADE, related_name="urged")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="urged_in")
    position = models.PositiveSmallIntegerField()

    objects = seen_through("letter").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "task"], name="urgedtask_once"),
            models.UniqueConstraint(fields=["letter", "position"], name="urgedtask_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} · {self.task}"
