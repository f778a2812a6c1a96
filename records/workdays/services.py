"""Setting a year's working days. Building blocks: whoever calls them has asked whether the actor may."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from records import clock
from records.audit.enums import AuditAction
from records.audit.services import Actor, record
from records.errors import Conflict, RuleBroken
from records.workdays.counting import Workdays
from records.workdays.enums import DayKind
from records.workdays.models import SpecialDay, WorkYear
from records.workdays.queries import year_of_work
from records.workdays.shipped import Special, shipped_years


@transaction.atomic
def tell_day(day: date, kind: DayKind, name: str, *, actor: Actor) -> SpecialDay:
    """Tell that a day is off, or worked instead of another; from then on the office keeps that year itself.

    Rule: R-WORKDAY-1. A day of rest cannot be given free by a swap, and only a day of rest is worked instead.
    Raises: RuleBroken.
    """
    rests = not Workdays().is_workday(day)
    if kind is DayKind.WORKED and not rests:
        raise RuleBroken(_("Only a Saturday or Sunday is worked instead of another day"), "day")
    if kind in (DayKind.IN_LIEU, DayKind.SWAPPED) and rests:
        raise RuleBroken(_("A Saturday or Sunday is free already"), "day")
    year = _own_year(day.year)
    if year.days.filter(day=day).exists():
        raise RuleBroken(_("This day is in the list already; take it out first"), "day")
    special = SpecialDay.objects.create(year=year, day=day, kind=kind, name=name)
    record(AuditAction.CREATED, actor=actor, about=special, after={"day": day, "day_kind": kind, "day_name": name})
    return special


@transaction.atomic
def forget_day(day: date, *, actor: Actor) -> None:
    """Take a day out of the list: it follows the week's usual order again.

    Raises: Conflict when it is not in the list any more.
    """
    year = _own_year(day.year)
    special = year.days.filter(day=day).first()
    if special is None:
        raise Conflict(_("This day is no longer in the list."))
    told = {"day": day, "day_kind": special.kind, "day_name": special.name}
    record(AuditAction.ENDED, actor=actor, about=special, before=told, after={"day": None})
    special.delete()


@transaction.atomic
def follow_shipped_year(year: int, *, actor: Actor) -> None:
    """Give up an office's own list of a year: what comes with the portal counts again.

    Raises: Conflict when the office has no list of its own, or none comes with the portal.
    """
    own = WorkYear.objects.select_for_update().filter(pk=year).first()
    if own is None or year not in shipped_years():
        raise Conflict(_("This year follows the list of the portal already."))
    record(AuditAction.UNDONE, actor=actor, about=own, before={"days": own.days.count()}, after={"days": None})
    own.delete()


def _own_year(year: int) -> WorkYear:
    """The office's own list of a year, begun with what has counted until now."""
    own = WorkYear.objects.select_for_update().filter(pk=year).first()
    if own is not None:
        return own
    shown = year_of_work(year)
    own = WorkYear.objects.create(year=year, source=shown.source, changed_at=clock.now())
    _copy(own, shown.days)
    return own


def _copy(own: WorkYear, days: Iterable[Special]) -> None:
    SpecialDay.objects.bulk_create(
        SpecialDay(year=own, day=special.day, kind=special.kind, name=special.name) for special in days
    )
