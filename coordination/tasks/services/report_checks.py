"""The rules a report on a task as a whole keeps before it is written; each names the field that can mend it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from coordination.tasks.models import Target, Task
from coordination.tasks.services.quantities import check_day, check_fall, check_quantity
from records import clock
from records.errors import RuleBroken

_FULL = 100


def report_problems(
    task: Task,
    target: Target | None,
    *,
    value: Decimal | None,
    percent: int | None,
    reported_on: date,
    expected_on: date | None,
    gives_reason: bool,
    last_told: date | None,
) -> list[RuleBroken]:
    """All rules a report breaks, so that a table can show them at once; figures of further targets are asked apart.

    `target` is the one progress is measured by, `last_told` the day the last report tells of.
    Rule: R-PROGRESS-1, R-PROGRESS-2.
    """
    rules: list[Callable[[], None]] = [
        lambda: check_day(reported_on, task, last_told=last_told),
        lambda: _check_expected(expected_on),
        lambda: _check_percent(percent),
    ]
    if value is not None:
        rules += [
            lambda: check_quantity(target, value, "value"),
            lambda: check_fall(task.last_value, value, gives_reason=gives_reason),
        ]
    found = []
    for rule in rules:
        try:
            rule()
        except RuleBroken as refusal:
            found.append(refusal)
    return found


def _check_expected(expected_on: date | None) -> None:
    if expected_on is not None and expected_on < clock.today():
        raise RuleBroken(_("The day expected for completion must not have passed"), "expected_on")


def _check_percent(percent: int | None) -> None:
    if percent is not None and not 0 <= percent <= _FULL:
        raise RuleBroken(_("A percentage lies between 0 and 100"), "percent")
