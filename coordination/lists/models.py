"""What is kept about lists: views officials return to, and what was done to many tasks at once."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import Agency, Membership
from coordination.lists.enums import BulkAct
from coordination.programs.models import Area
from coordination.tasks.models import Task
from records.fields import Line, Prose
from records.wording import day


class SavedViewQuerySet(models.QuerySet):
    """Saved views, as the list and their page fetch them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """The actor's own views and those colleagues of the same agency share.

        Rule: R-LIST-2. A view holds filters only; what it shows is fetched with the rights of whoever opens it.
        """
        if not works_on_content(actor):
            return self.none()
        return self.filter(Q(member=actor) | Q(is_shared=True, agency=actor.agency_id))


class SavedView(models.Model):
    """Filters, order, grouping and columns under a name; `query` is their address without the year."""

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="saved_views")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="saved_views")
    name = Line(_("name of the view"), max_length=60)
    query = models.CharField(max_length=4000, blank=True)
    is_shared = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=True)
    saved_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "name"],
                name="savedview_name_once",
                violation_error_message=_("You have a view of this name already"),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="savedview_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class BulkChangeQuerySet(models.QuerySet):
    """Acts on many tasks, as their pages fetch them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """What the actor and colleagues of the same agency did; the tasks named there are seen by their own right."""
        return self.filter(by__agency=actor.agency_id) if works_on_content(actor) else self.none()


class BulkChange(models.Model):
    """One act on many tasks: who, when and why, and whether it was taken back."""

    act = models.CharField(max_length=10, choices=BulkAct.choices)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = Prose(blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(act__in=BulkAct.values), name="bulkchange_act_known"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="bulkchange_undone_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("at")), name="bulkchange_undone_afterwards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d}"


class BulkChangeRow(models.Model):
    """What one act changed about one task: the values before and after that an undo puts back."""

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="rows")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="bulk_changes")
    old_due_on = models.DateField(null=True, blank=True)
    new_due_on = models.DateField(null=True, blank=True)
    old_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    new_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told = models.PositiveSmallIntegerField(default=0)

    objects = seen_through("change").as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["change", "task"], name="bulkchangerow_task_once")]

    def __str__(self) -> str:
        return f"{self.change}: {self.task_id}"

    @property
    def told_words(self) -> str:
        """What happened to the task, such as 15/4/2022 → 30/4/2022."""
        if self.new_due_on:
            return f"{day(self.old_due_on)} → {day(self.new_due_on)}"
        if self.new_area_id:
            return f"{self.old_area} → {self.new_area}"
        if self.change.act != BulkAct.REMIND:
            return str(BulkAct(self.change.act).label)
        if not self.told:
            return _("Nobody could be reminded: no official of the lead agency has an e-mail address.")
        return ngettext("%(count)s person reminded", "%(count)s people reminded", self.told) % {"count": self.told}
