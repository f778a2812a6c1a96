"""What must hold between a unit's days, kind and place, whoever records them."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.units.enums import (
    FIRST_DAY_OF_KIND,
    LAST_DAY_OF_KIND,
    LEVEL_OF_KIND,
    RANK_OF_LEVEL,
    UnitKind,
    UnitLevel,
)
from agencies.units.models import AdminUnit
from records import wording
from records.errors import RuleBroken


def must_be_of_level(kind: str, level: str) -> None:
    """A kind of unit belongs to one level: a đặc khu to the commune level, a thị xã to the former district level.

    Raises: RuleBroken naming the kind.
    """
    if LEVEL_OF_KIND.get(kind) != level:
        words = {"kind": UnitKind(kind).label, "level": UnitLevel(level).label}
        raise RuleBroken(_("“%(kind)s” is no kind of unit at this level: %(level)s") % words, "kind")


def must_be_the_only_country(level: str) -> None:
    """There is one country; whatever lies above the provinces lies in it.

    Rule: R-UNIT-1.
    Raises: RuleBroken.
    """
    if level == UnitLevel.COUNTRY and AdminUnit.objects.filter(level=level).exists():
        raise RuleBroken(_("The country is recorded already; there is one only."), "kind")


def must_be_in_order(first_day: date, last_day: date | None) -> None:
    """A period never ends before it begins.

    Raises: RuleBroken naming the last day.
    """
    if last_day is not None and last_day < first_day:
        raise RuleBroken(_("The last day must not be before the first day"), "valid_to")


def must_be_lawful(kind: str, first_day: date, last_day: date | None) -> None:
    """Some kinds exist during a part of history only.

    Rule: R-UNIT-2. The district level and thị trấn until 30/6/2025; đặc khu from 1/7/2025.
    Raises: RuleBroken naming the day that is out of it.
    """
    begins, ends = FIRST_DAY_OF_KIND.get(kind), LAST_DAY_OF_KIND.get(kind)
    if begins and first_day < begins:
        _refuse_kind(_("“%(kind)s” exists from %(day)s on"), kind, begins, "valid_from")
    if ends and first_day > ends:
        _refuse_kind(_("“%(kind)s” existed until %(day)s"), kind, ends, "valid_from")
    if ends and (last_day is None or last_day > ends):
        _refuse_kind(_("“%(kind)s” existed until %(day)s; enter a last day not after it"), kind, ends, "valid_to")


def must_lie_below(unit: AdminUnit, parent: AdminUnit, first_day: date, last_day: date | None) -> None:
    """A unit belongs to a higher one that exists on every day of it; levels may be left out, so no circle can close.

    Raises: RuleBroken naming the parent.
    """
    if RANK_OF_LEVEL[parent.level] >= RANK_OF_LEVEL[unit.level]:
        raise RuleBroken(_("The unit above must be of a higher level"), "parent")
    name = {"unit": parent.current_name or parent.code}
    if parent.valid_from > first_day:
        words = name | {"day": wording.day(parent.valid_from)}
        raise RuleBroken(_("%(unit)s exists from %(day)s on only; choose another unit above") % words, "parent")
    if parent.valid_to is not None and (last_day is None or last_day > parent.valid_to):
        words = name | {"day": wording.day(parent.valid_to)}
        message = _("%(unit)s existed until %(day)s; enter a last day not after it or choose another unit above")
        raise RuleBroken(message % words, "parent")


def must_follow(unit: AdminUnit, rows: QuerySet, since: date) -> None:
    """A new name or place begins while the unit exists and after the latest one began.

    Raises: RuleBroken naming the day.
    """
    if since < unit.valid_from or (unit.valid_to is not None and since > unit.valid_to):
        raise RuleBroken(_("The unit does not exist on that day"), "since")
    latest = rows.order_by("-valid_from").first()
    if latest is not None and since <= latest.valid_from:
        words = {"day": wording.day(latest.valid_from)}
        raise RuleBroken(_("The day must be after %(day)s, when the present record begins") % words, "since")


def must_not_outlive(unit: AdminUnit, last_day: date) -> None:
    """A unit ends on a day on which all that is recorded of it has begun.

    Raises: RuleBroken naming the last day.
    """
    must_be_in_order(unit.valid_from, last_day)
    for rows in (unit.names, unit.parents, unit.children):
        if rows.filter(valid_from__gt=last_day).exists():
            raise RuleBroken(_("A name or a place is recorded from a later day"), "valid_to")


def _refuse_kind(message: str, kind: str, day: date, field: str) -> None:
    raise RuleBroken(message % {"kind": UnitKind(kind).label, "day": wording.day(day)}, field)
