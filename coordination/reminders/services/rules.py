"""Setting when the tasks of a unit's programs are called to mind."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import AdminUnit, Membership
from coordination.reminders.enums import FARTHEST_STEP, LATEST_FOR_LEADERS, MOST_DAYS_BETWEEN, MOST_STEPS
from coordination.reminders.models import ReminderRules
from coordination.reminders.permissions import can_set_reminder_rules
from coordination.reminders.queries import Held, rules_held
from coordination.reminders.timing import USUAL, Rules
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken


@transaction.atomic
def set_reminder_rules(unit: AdminUnit, rules: Rules, *, actor: Membership, revision: int) -> ReminderRules:
    """Say when the people of lead agencies are told of deadlines in the unit's programs, from the next look on.

    Rule: R-REMIND-4. What was told under the old rules is not told again.
    Raises: NotAllowed; Conflict when the rules were changed meanwhile; RuleBroken naming the field.
    """
    unit = _locked(unit)
    require(can_set_reminder_rules(actor, unit))
    held = rules_held(unit)
    if held.revision != revision:
        raise Conflict(_("Someone else has just changed this. Compare both texts, then save again."))
    rules = replace(rules, days_before=tuple(sorted(set(rules.days_before), reverse=True)))
    _check(rules)
    if rules == held.rules:
        raise RuleBroken(_("These rules hold already"))
    return _write(unit, rules, held, actor)


@transaction.atomic
def restore_usual_rules(unit: AdminUnit, *, actor: Membership) -> ReminderRules:
    """Go back to the usual rules, whatever was set.

    Raises: NotAllowed; RuleBroken when they hold already.
    """
    unit = _locked(unit)
    require(can_set_reminder_rules(actor, unit))
    held = rules_held(unit)
    if held.is_usual:
        raise RuleBroken(_("The usual rules hold already"))
    return _write(unit, USUAL, held, actor)


def _locked(unit: AdminUnit) -> AdminUnit:
    """The unit, whose row is held, so that two who set its rules take turns."""
    return AdminUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)


def _check(rules: Rules) -> None:
    if len(rules.days_before) > MOST_STEPS:
        raise RuleBroken(_("Enter at most %(most)s numbers") % {"most": MOST_STEPS}, "days_before")
    if not all(1 <= step <= FARTHEST_STEP for step in rules.days_before):
        raise RuleBroken(_("Enter numbers from 1 to %(most)s") % {"most": FARTHEST_STEP}, "days_before")
    if not rules.steps:
        raise RuleBroken(_("Remind at least once: enter a number of days, or tick the day itself"), "days_before")
    if rules.every_days is not None and not 1 <= rules.every_days <= MOST_DAYS_BETWEEN:
        raise RuleBroken(_("Choose one of the listed values"), "every_days")
    if rules.leaders_after is not None and not 1 <= rules.leaders_after <= LATEST_FOR_LEADERS:
        raise RuleBroken(_("Choose one of the listed values"), "leaders_after")


def _write(unit: AdminUnit, rules: Rules, held: Held, actor: Membership) -> ReminderRules:
    row = ReminderRules.objects.create(
        unit=unit,
        revision=held.revision + 1,
        days_before=list(rules.days_before),
        on_the_day=rules.on_the_day,
        every_days=rules.every_days,
        leaders_after=rules.leaders_after,
        set_by=actor,
        set_at=clock.now(),
    )
    record(AuditAction.CHANGED, actor=actor, about=row, before=_told(held.rules), after=_told(rules))
    return row


def _told(rules: Rules) -> dict:
    """What the log keeps: 0 for every week, and where leaders are never told."""
    return {
        "days_before": ", ".join(str(step) for step in rules.days_before),
        "on_the_day": rules.on_the_day,
        "every_days": rules.every_days or 0,
        "leaders_after": rules.leaders_after or 0,
    }
