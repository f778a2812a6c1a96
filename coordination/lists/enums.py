"""What can be done to many tasks at once, and the files a list leaves the portal in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BulkAct(models.TextChoices):
    """One act on the ticked rows of a list."""

    REMIND = "remind", _("Remind the lead agency")
    EXTEND = "extend", _("Extend")
    CHANGE_AREA = "area", _("Change area")
    CONFIRM = "confirm", _("Confirm completion")
    BIN = "bin", _("Delete")

    @property
    def afterwards(self) -> str:
        """What the page of the act says of taking it back."""
        return _AFTERWARDS[self.value]


_AFTERWARDS = {
    "remind": _("Each official gets one letter about all of their tasks, at most once a day for a task."),
    "extend": _("The present deadlines stay in the history. You can take this back within 30 days."),
    "area": _("You can take this back within 30 days."),
    "confirm": _("A confirmation is a decision and is not taken back."),
    "bin": _(
        "Deleted tasks leave every list and figure; their numbers are not given again. "
        "You can restore them within 30 days."
    ),
}
# What can be taken back within `UNDO_DAYS`; a reminder is read and a confirmation is a decision.
UNDOABLE_ACTS = (BulkAct.EXTEND, BulkAct.CHANGE_AREA, BulkAct.BIN)
UNDO_DAYS = 30


class ListColumn(models.TextChoices):
    """A column of the task list, in the order shown."""

    CODE = "code", _("Code")
    TITLE = "title", _("Task")
    PROGRAM = "program", _("Program")
    LEAD = "lead", _("Lead")
    COORDINATORS = "coordinators", _("Coordinating")
    DELIVERABLE = "deliverable", _("Deliverable")
    TARGET = "target", _("Target")
    START = "start", _("Start")
    DUE = "due", _("Deadline")
    PROGRESS = "progress", _("Progress")
    REPORTED = "reported", _("Last report")
    STATUS = "status", _("Status")


USUAL_COLUMNS = (
    ListColumn.CODE,
    ListColumn.TITLE,
    ListColumn.LEAD,
    ListColumn.DUE,
    ListColumn.PROGRESS,
    ListColumn.STATUS,
)
PAGE_SIZES = (20, 50, 100)
