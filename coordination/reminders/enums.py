"""What people are told of, how often they get letters, and who may follow their work in a calendar of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import Role
from coordination.register.enums import ReportTurn

# What an office may set: so many days before a deadline, each at most so far from it; so many between reminders
# after it; leaders from so many days after it. All of them working days.
MOST_STEPS, FARTHEST_STEP = 5, 30
MOST_DAYS_BETWEEN = 10
LATEST_FOR_LEADERS = 20
# A part of the work that is late is called to mind for so many weeks; after that the task itself is.
WEEKS_OF_LATE_STEPS = 4
# So is a report of the year that nobody sent.
WEEKS_OF_LATE_REPORTS = 4
# Facts older than this are no news any more.
NEWS_DAYS = 14
# What was read is kept for so long.
KEPT_DAYS = 365
# How somebody was asked for a result that is awaited: with a click, or by an official letter.
BY_HAND, BY_LETTER = 0, 1

_WRITERS = (Role.OFFICIAL, Role.SECRETARY)
_DECIDERS = (Role.LEADER, Role.SECRETARY)
EVERYONE = (Role.OFFICIAL, Role.LEADER, Role.SECRETARY)


class Occasion(models.TextChoices):
    """Why somebody is told of a task, a program, a report or a conference."""

    DUE = "due", _("Deadline ahead")
    OVERDUE = "overdue", _("Deadline passed")
    ESCALATED = "escalated", _("Overdue, told to the leader")
    STEP_DUE = "step_due", _("Deadline of a part ahead")
    STEP_LATE = "step_late", _("Deadline of a part passed")
    ASSIGNED = "assigned", _("New task")
    RETURNED = "returned", _("Result returned")
    ASKED = "asked", _("Reminded by those who await the result")
    TO_CONFIRM = "to_confirm", _("Result to confirm")
    TO_DECIDE = "to_decide", _("Extension to decide")
    TO_SIGN = "to_sign", _("Signature awaited")
    TO_COMMENT = "to_comment", _("Comment awaited")
    SIGN_ASKED = "sign_asked", _("Reminded by those who await the signature")
    TO_REPORT = "to_report", _("Report of the year awaited")
    UNREPORTED = "unreported", _("Report of the year late")
    REPORT_ASKED = "rep_asked", _("Reminded by those who await the report")
    TO_APPROVE = "to_approve", _("Report to approve")
    REPORT_BACK = "rep_back", _("Report returned")
    TO_ISSUE = "to_issue", _("Report to issue")
    INVITED = "invited", _("Invitation to a conference")
    INVITED_AGAIN = "inv_again", _("Conference changed, answer awaited anew")
    ANSWER_ASKED = "inv_asked", _("Reminded by those who await the answer to an invitation")
    CONCLUDED = "concluded", _("Notice of conclusions")

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who in the agency is told."""
        return _TOLD[self.value]

    @property
    def tone(self) -> str:
        return _TONES.get(self.value, "run")

    @property
    def icon(self) -> str:
        return _ICONS[self.value]


_TOLD = {
    "due": _WRITERS,
    "overdue": _WRITERS,
    "escalated": (Role.LEADER,),
    "step_due": _WRITERS,
    "step_late": _WRITERS,
    "assigned": _WRITERS,
    "returned": _WRITERS,
    "asked": _WRITERS,
    "to_confirm": EVERYONE,
    "to_decide": _DECIDERS,
    "to_sign": _DECIDERS,
    "to_comment": EVERYONE,
    "sign_asked": _DECIDERS,
    "to_report": EVERYONE,
    "unreported": EVERYONE,
    "rep_asked": EVERYONE,
    "to_approve": ReportTurn.APPROVE.roles,
    "rep_back": ReportTurn.REWRITE.roles,
    "to_issue": ReportTurn.ISSUE.roles,
    "invited": EVERYONE,
    "inv_again": EVERYONE,
    "inv_asked": EVERYONE,
    "concluded": EVERYONE,
}
_TONES = {
    "overdue": "bad",
    "escalated": "bad",
    "step_late": "bad",
    "returned": "bad",
    "asked": "wait",
    "to_confirm": "wait",
    "to_decide": "wait",
    "to_sign": "wait",
    "to_comment": "wait",
    "sign_asked": "wait",
    "to_report": "wait",
    "unreported": "bad",
    "rep_asked": "wait",
    "to_approve": ReportTurn.APPROVE.tone,
    "rep_back": ReportTurn.REWRITE.tone,
    "to_issue": ReportTurn.ISSUE.tone,
    "invited": "wait",
    "inv_again": "wait",
    "inv_asked": "wait",
}
_ICONS = {
    "due": "clock-history",
    "overdue": "exclamation-triangle-fill",
    "escalated": "exclamation-triangle-fill",
    "step_due": "clock-history",
    "step_late": "exclamation-triangle-fill",
    "assigned": "list-check",
    "returned": "arrow-left",
    "asked": "bell",
    "to_confirm": "clipboard-check",
    "to_decide": "hourglass-split",
    "to_sign": "pen",
    "to_comment": "chat-left-text",
    "sign_asked": "bell",
    "to_report": "journal-text",
    "unreported": "exclamation-triangle-fill",
    "rep_asked": "bell",
    "to_approve": ReportTurn.APPROVE.icon,
    "rep_back": ReportTurn.REWRITE.icon,
    "to_issue": ReportTurn.ISSUE.icon,
    "invited": "calendar-event",
    "inv_again": "calendar-event",
    "inv_asked": "bell",
    "concluded": "clipboard-check",
}

LATE = (Occasion.OVERDUE, Occasion.ESCALATED, Occasion.STEP_LATE)
# What is told again at the next step of the rules, as long as it is late.
TOLD_AGAIN = (*LATE, Occasion.UNREPORTED)
AHEAD = (Occasion.DUE, Occasion.STEP_DUE)
OF_STEPS = (Occasion.STEP_DUE, Occasion.STEP_LATE)
TO_REPORT = (Occasion.TO_REPORT, Occasion.UNREPORTED, Occasion.REPORT_ASKED)
# Whose turn a report written in the portal waits for.
OF_TURNS = {
    ReportTurn.APPROVE: Occasion.TO_APPROVE,
    ReportTurn.REWRITE: Occasion.REPORT_BACK,
    ReportTurn.ISSUE: Occasion.TO_ISSUE,
}
ABOUT_REPORTS = tuple(OF_TURNS.values())
INVITED = (Occasion.INVITED, Occasion.INVITED_AGAIN, Occasion.ANSWER_ASKED)
ABOUT_CONFERENCES = (*INVITED, Occasion.CONCLUDED)
AWAITED = (
    Occasion.TO_CONFIRM,
    Occasion.TO_DECIDE,
    Occasion.TO_SIGN,
    Occasion.TO_COMMENT,
    Occasion.SIGN_ASKED,
    *TO_REPORT,
    *ABOUT_REPORTS,
    *INVITED,
)
# Who was reminded by hand has had a mail about it already; who was urged by an official letter has not.
NEWS = (Occasion.ASSIGNED, Occasion.RETURNED, Occasion.CONCLUDED)
ABOUT_PROGRAMS = (Occasion.TO_SIGN, Occasion.TO_COMMENT, Occasion.SIGN_ASKED, *TO_REPORT)
TO_SIGN = (Occasion.TO_SIGN, Occasion.SIGN_ASKED)


class Rhythm(models.TextChoices):
    """How often somebody gets a letter with what is new; none is sent when nothing is."""

    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week, on its first working day")
    NEVER = "never", _("No letters; what is new stands on the page of notices")


class FeedKind(models.TextChoices):
    """Whose work a calendar shows."""

    OWN = "own", _("Your own work, in all your roles")
    AGENCY = "agency", _("The work of your agency")
