"""States, schedules, targets and origins of tasks, with the words, tone and icon every page shows them in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TaskState(models.TextChoices):
    """Where a task stands in its work. Lateness is never stored: see Standing."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    AWAITING = "awaiting", _("Awaiting confirmation")
    COMPLETED = "completed", _("Completed")
    NOT_COMPLETED = "not_completed", _("Not completed")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS, TaskState.AWAITING)


class Standing(models.TextChoices):
    """A task's state and lateness together, judged on a day; the value is what lists filter by."""

    OVERDUE = "overdue", _("Overdue")
    AWAITING = "awaiting", _("Awaiting confirmation")
    IN_PROGRESS = "in_progress", _("In progress")
    NOT_STARTED = "not_started", _("Not started")
    COMPLETED = "completed", _("Completed")
    COMPLETED_LATE = "completed_late", _("Completed late")
    NOT_COMPLETED = "not_completed", _("Not completed")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def tone(self) -> str:
        return _STANDING_TONES.get(self.value, "idle")

    @property
    def icon(self) -> str:
        return _STANDING_ICONS[self.value]


_STANDING_TONES = {
    "overdue": "bad",
    "awaiting": "wait",
    "in_progress": "run",
    "completed": "ok",
    "completed_late": "late",
    "not_completed": "bad",
}
_STANDING_ICONS = {
    "overdue": "exclamation-triangle-fill",
    "awaiting": "hourglass-split",
    "in_progress": "circle-half",
    "not_started": "circle",
    "completed": "check-circle-fill",
    "completed_late": "clock-history",
    "not_completed": "x-circle-fill",
    "suspended": "pause-circle",
    "cancelled": "slash-circle",
}


class Bucket(models.TextChoices):
    """The four counts officials quote, and the tasks without a deadline, which are counted apart."""

    DONE_ON_TIME = "done_on_time", _("Completed on time")
    DONE_LATE = "done_late", _("Completed late")
    IN_TIME = "in_time", _("Within the deadline")
    OVERDUE = "overdue", _("Overdue")
    NO_DEADLINE = "no_deadline", _("Ongoing, no deadline")

    @property
    def tone(self) -> str:
        return {"done_on_time": "ok", "done_late": "late", "in_time": "run", "overdue": "bad", "no_deadline": "idle"}[
            self.value
        ]


class TargetResult(models.TextChoices):
    """What has come of the first target of a task; what is exceeded is reached too."""

    REACHED = "reached", _("Target reached")
    EXCEEDED = "exceeded", _("Target exceeded")
    MISSED = "missed", _("Target not reached")


class ScheduleKind(models.TextChoices):
    """How a paper states when a task is to be done."""

    ON_DAY = "on_day", _("On a day")
    BEFORE_DAY = "before_day", _("Before a day")
    RANGE = "range", _("Between two days")
    MONTH = "month", _("In a month")
    QUARTER = "quarter", _("In a quarter")
    HALF_YEAR = "half_year", _("In a half-year")
    WHOLE_YEAR = "whole_year", _("Within the year")
    ONGOING = "ongoing", _("Ongoing")
    ON_OCCURRENCE = "on_occurrence", _("When it occurs")
    EACH_MONTH = "each_month", _("Every month")
    EACH_QUARTER = "each_quarter", _("Every quarter")
    EACH_HALF_YEAR = "each_half_year", _("Every half-year")
    QUARTERS = "quarters", _("Over several quarters")
    WAVES = "waves", _("In several waves")
    AFTER_TASK = "after_task", _("After another task")
    OPEN_ENDED = "open_ended", _("From a day on, without an end")


UNDATED_KINDS = (ScheduleKind.ONGOING, ScheduleKind.ON_OCCURRENCE, ScheduleKind.OPEN_ENDED)
# Its deadline follows from the day another task is completed; until then it may have none.
FOLLOWING_KINDS = (ScheduleKind.AFTER_TASK,)
NUMBERED_KINDS = (ScheduleKind.MONTH, ScheduleKind.QUARTER, ScheduleKind.HALF_YEAR, ScheduleKind.QUARTERS)
RECURRING_KINDS = (ScheduleKind.EACH_MONTH, ScheduleKind.EACH_QUARTER, ScheduleKind.EACH_HALF_YEAR)
# The day is typed, so that a time of that day can stand beside it.
TIMED_KINDS = (ScheduleKind.ON_DAY, ScheduleKind.BEFORE_DAY, ScheduleKind.RANGE)


class UpdateCycle(models.TextChoices):
    """How often the lead agency reports progress."""

    WEEKLY = "weekly", _("Weekly")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")


class TaskOrigin(models.TextChoices):
    """Where a task comes from."""

    PLANNED = "planned", _("Planned in the program")
    CARRIED_OVER = "carried_over", _("Carried over")
    CONCLUSION = "conclusion", _("Conclusion of a conference")
    DIRECTION = "direction", _("Direction from above")
    ARISING = "arising", _("Arising")


class RoleKind(models.TextChoices):
    """What an agency does in a task."""

    LEAD = "lead", _("Lead agency")
    COORDINATOR = "coordinator", _("Coordinating agency")
    MEMBER = "member", _("Member of a group")


class StepKind(models.TextChoices):
    """What a step of a task is: a part of the work, one of its waves, or one turn of work that recurs."""

    ITEM = "item", _("Part of the work")
    WAVE = "wave", _("Wave")
    PERIOD = "period", _("Turn")


class StepStanding(models.TextChoices):
    """Where a step stands on a day; judged, never stored."""

    TO_COME = "to_come", _("Not due yet")
    RUNNING = "running", _("In progress")
    OVERDUE = "overdue", _("Overdue")
    DONE = "done", _("Done")
    DONE_LATE = "done_late", _("Done late")

    @property
    def tone(self) -> str:
        return {"running": "run", "overdue": "bad", "done": "ok", "done_late": "late"}.get(self.value, "idle")

    @property
    def icon(self) -> str:
        return {
            "to_come": "circle",
            "running": "circle-half",
            "overdue": "exclamation-triangle-fill",
            "done": "check-circle-fill",
            "done_late": "clock-history",
        }[self.value]


class TargetOperator(models.TextChoices):
    """How a target's value is to be met; inexact ones are kept as the paper writes them."""

    EXACTLY = "eq", _("exactly")
    AT_LEAST = "ge", _("at least")
    ABOUT = "about", _("about")
    NEARLY = "near", _("nearly")
    MORE_THAN = "more", _("more than")
    IN_WORDS = "words", _("in words")


# What may be exceeded, or is met by coming near enough: the number done is not held to the target's.
OPEN_OPERATORS = (
    TargetOperator.AT_LEAST,
    TargetOperator.ABOUT,
    TargetOperator.NEARLY,
    TargetOperator.MORE_THAN,
)


class TargetMeasure(models.TextChoices):
    """What a target's number is: things counted one by one, a share in percent, or an amount that adds up."""

    COUNT = "count", _("a count")
    SHARE = "share", _("a share")
    SUM = "sum", _("an amount")


class EvidenceKind(models.TextChoices):
    """What a file proves."""

    MINUTES = "minutes", _("Minutes")
    REPORT = "report", _("Report")
    PHOTO = "photo", _("Photo")
    DOCUMENT = "document", _("Document")


class Stop(models.TextChoices):
    """What is decided about a task besides its deadline: the choices of one page."""

    SUSPEND = "suspend", pgettext_lazy("decision on a task", "Suspend")
    RESUME = "resume", pgettext_lazy("decision on a task", "Resume")
    CANCEL = "cancel", pgettext_lazy("decision on a task", "Cancel the task")


class ExtensionStep(models.TextChoices):
    """What the log tells of a later deadline that was asked for; granting it is told as the deadline moved."""

    ASKED = "asked", pgettext_lazy("extension", "Asked for")
    REFUSED = "refused", pgettext_lazy("extension", "Not agreed to")
    WITHDRAWN = "withdrawn", pgettext_lazy("extension", "Taken back")
