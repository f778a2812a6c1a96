"""Every figure the portal tells, defined once: what people call it, what is counted, out of what, by which rule.

The page, the paper and the workbook tell readers these very words; a test holds every page, paper and token to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What holds for each of them.
CUT_OFF = _("Judged at the end of the day named, by what was known and by the deadline in force on that day.")
COUNTED = _(
    "Counted is what the reader sees, each task once, for the first of its lead agencies; coordinating agencies are "
    "counted apart."
)


@dataclass(frozen=True)
class Definition:
    """One figure. `home` is where it is counted, `out_of` the key of its denominator; blank for a plain count.

    Shape: `home` names an attribute of `Tally`, of `YearFigures` or of what `figures_of` gives.
    """

    key: str
    name: str | Promise
    counts: str | Promise
    rule: str
    home: str
    out_of: str = ""

    @property
    def is_share(self) -> bool:
        return bool(self.out_of)


_ALL = (
    Definition(
        "total", _("All tasks with a deadline"), _("Tasks with a deadline that are neither suspended nor cancelled."),
        "R-FIG-1", "total",
    ),
    Definition(
        "on_time", _("Completed on time"), _("Tasks confirmed as completed and reported so by their deadline."),
        "R-FIG-1", "on_time",
    ),
    Definition(
        "late", _("Completed late"), _("Tasks confirmed as completed and reported so after their deadline."),
        "R-FIG-1", "late",
    ),
    Definition(
        "in_time", _("Within the deadline"),
        _("Tasks not yet completed whose deadline has not passed; those reported in time and not yet confirmed as "
          "well."),
        "R-FIG-1", "in_time",
    ),
    Definition(
        "overdue", _("Overdue, not completed"),
        _("Tasks not completed after their deadline or at the end of their year; those reported late and not yet "
          "confirmed as well."),
        "R-FIG-1", "overdue",
    ),
    Definition(
        "ongoing", _("Ongoing, no deadline"), _("Tasks without a deadline, counted apart and in no rate."),
        "R-FIG-1", "ongoing",
    ),
    Definition(
        "due", _("Due so far"), _("Completed on time, completed late and overdue together."), "R-FIG-2", "due"
    ),
    Definition("done", _("Completed"), _("Completed on time and completed late together."), "R-FIG-3", "done"),
    Definition(
        "on_time_rate", _("On-time rate"), _("Completed on time out of those due so far."),
        "R-FIG-2", "on_time_rate", out_of="due",
    ),
    Definition(
        "done_rate", _("Done rate"), _("Completed out of all tasks with a deadline."),
        "R-FIG-3", "done_rate", out_of="total",
    ),
    Definition(
        "late_days", _("Mean days late"), _("Calendar days after the deadline, of tasks completed late."),
        "R-FIG-18", "mean_late_days", out_of="late",
    ),
    Definition(
        "reached", _("Number of targets reached"),
        _("Targets measured by a number whose last value is at least the target's."),
        "R-FIG-16", "reached", out_of="measured",
    ),
    Definition(
        "measured", _("Targets measured by a number"), _("First targets of the tasks counted that have a value."),
        "R-FIG-16", "measured",
    ),
)  # fmt: skip
DEFINITIONS: Mapping[str, Definition] = MappingProxyType({one.key: one for one in _ALL})
