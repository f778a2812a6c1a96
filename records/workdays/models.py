"""Years whose working days an office has set itself; every other year follows what comes with the portal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.fields import Line
from records.workdays.enums import DayKind


class CalendarQuerySet(models.QuerySet):
    """Working days, as pages show them."""

    def visible_to(self, actor: object | None) -> "CalendarQuerySet":
        """Everyone with a membership: which days are worked is no secret."""
        return self.none() if actor is None else self.all()


class WorkYear(models.Model):
    """A year a system administrator has set: its days stand here, what comes with the portal no longer counts."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = Line(_("source"), max_length=400, blank=True)
    changed_at = models.DateTimeField()

    objects = CalendarQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="workyear_in_range")]

    def __str__(self) -> str:
        return str(self.year)


class SpecialDay(models.Model):
    """A day of such a year that is off though it lies in the week, or worked though it does not."""

    year = models.ForeignKey(WorkYear, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=DayKind.choices)
    name = Line(_("name"), max_length=120)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="specialday_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="specialday_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
