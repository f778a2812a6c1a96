"""Who wants the figures of the week by mail, and which sheets were sent."""

from typing import Self

from django.db import models

from agencies.access.scopes import works_on_content
from agencies.models import Membership
from records.models import OutgoingMail


class WeeklyChoiceQuerySet(models.QuerySet):
    """Wishes, as the settings page and the sender ask for them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """The actor's own; nobody else's."""
        return self.filter(member_id=actor.pk) if works_on_content(actor) else self.none()


class WeeklyChoice(models.Model):
    """Whether a member wants the sheet, with the figures as this membership sees them. Rule: R-WEEK-1."""

    member = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="weekly_choice")
    is_wanted = models.BooleanField()
    changed_at = models.DateTimeField()

    objects = WeeklyChoiceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.member}"


class WeeklySheetQuerySet(models.QuerySet):
    """Sheets that were sent."""

    def visible_to(self, actor: Membership | None) -> Self:
        """The actor's own; nobody else's."""
        return self.filter(member_id=actor.pk) if works_on_content(actor) else self.none()


class WeeklySheet(models.Model):
    """One sheet for one member and week; `monday` names the week, `counts` holds the buckets it told.

    Why the counts are kept: the next sheet tells what changed since, against what was told and not against what the
    records of that day have become.
    """

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="weekly_sheets")
    monday = models.DateField()
    judged_on = models.DateField()
    counts = models.JSONField()
    made_at = models.DateTimeField()
    letter = models.OneToOneField(OutgoingMail, on_delete=models.PROTECT, related_name="+")

    objects = WeeklySheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "monday"], name="weeklysheet_one_a_week"),
            models.CheckConstraint(
                condition=models.Q(judged_on__gte=models.F("monday")), name="weeklysheet_judged_in_its_week"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.monday}"
