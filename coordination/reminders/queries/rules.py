"""The rules of reminding that hold in each unit, in words and with who set them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import AdminUnit, Membership
from coordination.reminders.enums import WEEKS_OF_LATE_STEPS
from coordination.reminders.models import ReminderRules
from coordination.reminders.timing import USUAL, Rules

VERSIONS_SHOWN = 10


@dataclass(frozen=True)
class Held:
    """The rules of a unit and the number of the change that set them; 0 while nobody has."""

    rules: Rules = USUAL
    revision: int = 0

    @property
    def is_usual(self) -> bool:
        return self.rules == USUAL


@dataclass(frozen=True)
class Version:
    """Rules as they were set one day: by whom, when, in words."""

    row: ReminderRules
    words: Sequence[str]


@dataclass(frozen=True)
class RulesPage:
    """The rules of the actor's unit: what holds, in words, and the last changes, newest first."""

    held: Held
    words: Sequence[str]
    versions: Sequence[Version]


def rules_by_unit() -> dict[int, Rules]:
    """The rules that hold in each unit whose secretaries set any; the usual ones hold elsewhere. One query."""
    return {row.unit_id: row.rules for row in ReminderRules.objects.in_force()}


def rules_held(unit: AdminUnit) -> Held:
    """What holds in a unit. One query. For acts and pages that have asked who may."""
    row = ReminderRules.objects.filter(unit=unit).order_by("-revision").first()
    return Held(row.rules, row.revision) if row else Held()


def rules_page(actor: Membership) -> RulesPage:
    """The rules the programs of the actor's unit are reminded by. One query."""
    rows = ReminderRules.objects.visible_to(actor).filter(unit_id=actor.unit_id).select_related("set_by__agency")
    versions = [Version(row, timing_in_words(row.rules)) for row in rows.order_by("-revision")[:VERSIONS_SHOWN]]
    held = Held(versions[0].row.rules, versions[0].row.revision) if versions else Held()
    return RulesPage(held, rules_in_words(held.rules), versions)


def rules_in_words(rules: Rules) -> Sequence[str]:
    """When the portal reminds of a task and of what waits for someone, as sentences. Rule: R-REMIND-1, R-REMIND-2."""
    weeks = WEEKS_OF_LATE_STEPS
    parts = ngettext(
        "Parts of a task with a deadline of their own: by the same rules, for at most %(weeks)s week after it.",
        "Parts of a task with a deadline of their own: by the same rules, for at most %(weeks)s weeks after it.",
        weeks,
    )
    return (
        *timing_in_words(rules),
        parts % {"weeks": weeks},
        _("Whoever must confirm, decide, sign or comment: as soon as it is asked."),
        _("On days off nobody is reminded. Days off come from the calendar of working days."),
    )


def timing_in_words(rules: Rules) -> Sequence[str]:
    """What an office sets, as three sentences: before the deadline, after it, to leaders."""
    return (_before_in_words(rules), _after_in_words(rules), _leaders_in_words(rules))


def _before_in_words(rules: Rules) -> str:
    days = [str(step) for step in rules.days_before]
    if not days:
        return _("Officials and secretaries of the lead agency: on the day of the deadline.")
    steps = days[0]
    if len(days) > 1:
        steps = _("%(first)s and %(last)s") % {"first": ", ".join(days[:-1]), "last": days[-1]}
    number = rules.days_before[0]
    if rules.on_the_day:
        words = ngettext(
            "Officials and secretaries of the lead agency: %(steps)s working day before the deadline, and on the day.",
            "Officials and secretaries of the lead agency: %(steps)s working days before the deadline, and on the day.",
            number,
        )
    else:
        words = ngettext(
            "Officials and secretaries of the lead agency: %(steps)s working day before the deadline.",
            "Officials and secretaries of the lead agency: %(steps)s working days before the deadline.",
            number,
        )
    return words % {"steps": steps}


def _after_in_words(rules: Rules) -> str:
    if rules.every_days is None:
        return _("After the deadline: on the next working day, then every week until the task is reported complete.")
    if rules.every_days == 1:
        return _("After the deadline: on every working day until the task is reported complete.")
    words = _(
        "After the deadline: on the next working day, then every %(days)s working days until the task is reported "
        "complete."
    )
    return words % {"days": rules.every_days}


def _leaders_in_words(rules: Rules) -> str:
    if rules.leaders_after is None:
        return _("Leaders of the lead agency are not told of late tasks.")
    words = _("Leaders of the lead agency: from working day %(days)s after the deadline, every week.")
    return words % {"days": rules.leaders_after}
