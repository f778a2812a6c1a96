"""A system administrator sets which days are worked."""

from datetime import date

from django.db import transaction

from agencies.access.decisions import require
from agencies.calendar.permissions import can_set_workdays
from agencies.models import Membership
from records.workdays import services as workdays
from records.workdays.enums import DayKind
from records.workdays.models import SpecialDay


@transaction.atomic
def set_workday(day: date, kind: DayKind, name: str, *, actor: Membership) -> SpecialDay:
    """Tell that a day is off, or worked instead of another.

    Rule: R-WORKDAY-1.
    Raises: NotAllowed; RuleBroken when the kind does not fit the day, or the day is in the list already.
    """
    require(can_set_workdays(actor))
    return workdays.tell_day(day, kind, name, actor=actor)


@transaction.atomic
def clear_workday(day: date, *, actor: Membership) -> None:
    """Take a day out of the list.

    Raises: NotAllowed; Conflict when it is not there any more.
    """
    require(can_set_workdays(actor))
    workdays.forget_day(day, actor=actor)


@transaction.atomic
def follow_shipped_workdays(year: int, *, actor: Membership) -> None:
    """Let a year follow the list that comes with the portal again.

    Raises: NotAllowed; Conflict when it does already.
    """
    require(can_set_workdays(actor))
    workdays.follow_shipped_year(year, actor=actor)
