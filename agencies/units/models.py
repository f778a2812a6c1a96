"""Administrative units: rows with a life span, names and parents by date, and what became of them."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from agencies.dated import Dated, DatedQuerySet, period_in_order
from agencies.units.enums import SuccessionKind, UnitKind, UnitLevel
from records.fields import Folded, Line


class AdminUnit(Dated):
    """A province, a commune-level unit or a district of before 1/7/2025. Never known by its name: two may share one."""

    level = models.CharField(max_length=10, choices=UnitLevel.choices)
    code = Line(max_length=10, unique=True)
    is_illustrative = models.BooleanField(default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [period_in_order("adminunit")]

    def __str__(self) -> str:
        return self.code

    def name_on(self, day: date) -> str:
        """The unit's name on a day, such as "huyện Đầm Hà"; the last name it had when it had ended."""
        names = sorted(self.names.all(), key=lambda name: name.valid_from)
        holding = [name for name in names if name.valid_from <= day] or names
        return holding[-1].name if holding else self.code


class UnitName(Dated):
    """What a unit was called during a period, and what kind of unit it then was."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    name = Line(max_length=120)
    bare_name = Line(max_length=100)
    name_folded = Folded(of=("name",), db_index=True)
    name_sorted = Folded(of=("bare_name",), by="sort_key")
    legal_basis = Line(max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("unitname"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unitname_one_start"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitParent(Dated):
    """Which unit a unit belonged to during a period; a commune may hang on a province directly."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="children")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("unitparent"),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="unitparent_not_itself"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unitparent_one_start"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} ⊂ {self.parent}"


class Succession(models.Model):
    """One body passing to another, whole or in part, by a decision that took effect on a day.

    Rule: nothing succeeds itself; the share is a percentage; one decision a day between the same two.
    """

    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    share_percent = models.PositiveSmallIntegerField(default=100)
    decision = Line(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="%(class)s_not_itself"),
            models.CheckConstraint(
                condition=Q(share_percent__gte=1, share_percent__lte=100), name="%(class)s_share_is_percent"
            ),
            models.UniqueConstraint(fields=["predecessor", "successor", "effective_on"], name="%(class)s_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class UnitSuccession(Succession):
    """One unit passing to another."""

    predecessor = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="origins")
