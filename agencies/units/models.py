"""Administrative units: rows with a life span, names and parents by date, and what became of them."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import Role
from agencies.access.scopes import Viewer, seen_through
from agencies.dated import Dated, DatedQuerySet, period_in_order
from agencies.units.enums import SuccessionKind, UnitKind, UnitLevel
from records.fields import Folded, Line, Word


class AdminUnitQuerySet(DatedQuerySet):
    """Units, as the directory and the administration ask for them."""

    def visible_to(self, actor: Viewer | None) -> "AdminUnitQuerySet":
        """The actor's own unit, all that ever lay below it, and what it succeeded to; every unit for a system admin.

        Rule: R-SEE-10.
        """
        if actor is None:
            return self.none()
        if actor.role == Role.SYSTEM_ADMIN:
            return self.all()
        return self.filter(pk__in=UnitReach.objects.filter(above_id=actor.unit_id).values("below_id"))

    def by_name(self) -> "AdminUnitQuerySet":
        """As a Vietnamese dictionary sorts the bare names; units of one name by code."""
        return self.order_by("name_sorted", "code")


class AdminUnit(Dated):
    """A province, a commune-level unit or a district of before 1/7/2025. Never known by its name: two may share one."""

    level = models.CharField(_("level"), max_length=10, choices=UnitLevel.choices)
    code = Line(_("unit code"), max_length=10, unique=True)
    # The present name, repeated here so that lists sort and show it in one query.
    current_name = Line(max_length=120, blank=True)
    current_bare_name = Line(max_length=100, blank=True)
    name_sorted = Folded(of=("current_bare_name", "current_name"), by="sort_key")
    ended_by = Line(_("decision that ends it"), max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)
    is_illustrative = models.BooleanField(default=False)

    objects = AdminUnitQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("adminunit"),
            models.UniqueConstraint(
                fields=["level"],
                condition=Q(level=UnitLevel.COUNTRY),
                name="adminunit_one_country",
                violation_error_message=_("The country is recorded already; there is one only."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def slug(self) -> str:
        """The code as addresses write it."""
        return self.code.lower()

    def name_on(self, day: date) -> str:
        """The unit's name on a day, such as "huyện Đầm Hà"; the last name it had when it had ended."""
        naming = self.naming_on(day)
        return naming.name if naming else self.code

    def naming_on(self, day: date) -> "UnitName | None":
        """The name and kind that hold on a day; the nearest ones when the unit had none then."""
        return holding_on(day, self.names.all())


def holding_on(day: date, names: Iterable["UnitName"]) -> "UnitName | None":
    """Which of a unit's names holds on a day; the nearest one when the unit had none then."""
    names = sorted(names, key=lambda name: name.valid_from)
    holding = [name for name in names if name.valid_from <= day] or names[:1]
    return holding[-1] if holding else None


class UnitName(Dated):
    """What a unit was called during a period, and what kind of unit it then was."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(_("kind of unit"), max_length=20, choices=UnitKind.choices)
    name = Line(max_length=120)
    bare_name = Line(_("name without the kind"), max_length=100)
    name_folded = Folded(of=("name",), db_index=True)
    name_sorted = Folded(of=("bare_name",), by="sort_key")
    legal_basis = Line(_("legal basis"), max_length=300, blank=True)

    objects = seen_through("unit", base=DatedQuerySet).as_manager()

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
    legal_basis = Line(_("legal basis"), max_length=300, blank=True)

    objects = seen_through("unit", base=DatedQuerySet).as_manager()

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

    Rule: nothing succeeds itself; the share is a percentage; one decision a day between the same two; a body that has
    ended passes on as a whole or has one main successor, which goes on with its work (R-SUCC-3).
    """

    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    share_percent = models.PositiveSmallIntegerField(default=100)
    decision = Line(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField()
    is_main = models.BooleanField(default=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="%(class)s_not_itself"),
            models.CheckConstraint(
                condition=Q(share_percent__gte=1, share_percent__lte=100), name="%(class)s_share_is_percent"
            ),
            models.UniqueConstraint(fields=["predecessor", "successor", "effective_on"], name="%(class)s_once_a_day"),
            models.UniqueConstraint(
                fields=["predecessor"], condition=Q(is_main=True), name="%(class)s_one_main_successor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class UnitSuccession(Succession):
    """One unit passing to another."""

    predecessor = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="origins")

    objects = seen_through("predecessor", "successor").as_manager()


class UnitReach(models.Model):
    """Whose directory shows what: `above` sees `below`. Every unit sees itself.

    Rule: R-SEE-10. Derived from places and successions of all times by the services of this room; never typed.
    """

    above = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="reaching", db_index=False)
    below = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="reached_by")

    objects = seen_through("above", "below").as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["above", "below"], name="unitreach_once")]

    def __str__(self) -> str:
        return f"{self.above} ⊃ {self.below}"


class UnitWord(models.Model):
    """A word by which a unit is found: of its code and of every name it had or will have, folded."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="words")
    word = Word()

    objects = seen_through("unit").as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "unit"], name="unitword_once")]

    def __str__(self) -> str:
        return self.word
