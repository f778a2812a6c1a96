"""What holds of every quantity and day that is reported, by lead agencies and of parts alike."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from coordination.tasks.enums import TargetOperator
from coordination.tasks.models import Target, Task
from records import clock
from records.errors import RuleBroken
from records.wording import day, number


def check_day(reported_on: date, task: Task, *, last_told: date | None) -> None:
    """A report tells of a day that has come, lies in the program's period, and is not older than what is known.

    Rule: R-PROGRESS-1. Why: an older day would put figures of then over those of now.
    Raises: RuleBroken at the day.
    """
    if reported_on > clock.today():
        raise RuleBroken(_("The report date must not be in the future"), "reported_on")
    if last_told is not None and reported_on < last_told:
        raise RuleBroken(
            _("Figures of %(day)s have been reported already; older ones do not replace them")
            % {"day": day(last_told)},
            "reported_on",
        )
    if last_told is None and reported_on < min(task.program.period_start, clock.today()):
        told = {"day": day(task.program.period_start)}
        raise RuleBroken(_("The program begins on %(day)s; enter that day or a later one") % told, "reported_on")


def check_quantity(target: Target | None, value: Decimal, field: str) -> None:
    """A quantity counts towards a target that can be counted, and does not exceed one that is exact.

    Rule: R-PROGRESS-2. Raises: RuleBroken at the field of the quantity.
    """
    if target is None or not target.is_counted:
        raise RuleBroken(_("This task has no target to count"), field)
    if value < 0:
        raise RuleBroken(_("The quantity done must not be negative"), field)
    if target.operator == TargetOperator.EXACTLY and value > target.value:
        raise RuleBroken(
            _("The quantity done must not exceed the target (%(target)s)") % {"target": number(target.value)}, field
        )


def check_fall(before: Decimal | None, value: Decimal, *, gives_reason: bool) -> None:
    """A quantity falls only with a reason, given as obstacle or as cause.

    Rule: R-PROGRESS-2. Raises: RuleBroken at the obstacles.
    """
    if before is not None and value < before and not gives_reason:
        fall = {"before": number(before), "after": number(value)}
        raise RuleBroken(_("Say why the quantity done falls from %(before)s to %(after)s") % fall, "obstacles")
