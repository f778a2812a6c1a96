"""What a notice says, where it leads and how it looks."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.register.awaited import ReportTold
from coordination.reminders.enums import AHEAD, LATE, TO_REPORT, TO_SIGN, Occasion
from coordination.reminders.models import Notice
from coordination.reminders.queries.meetings import Meetings
from coordination.reminders.queries.urged import Behind
from coordination.urging.queries import Received
from records import clock
from records.wording import day as day_in_words

LONGEST_REASON = 160


@dataclass(frozen=True)
class Said:
    """A notice in words: one sentence, what it is about, its address, and its tone and icon."""

    notice: Notice
    sentence: str
    title: str
    url: str

    @property
    def tone(self) -> str:
        return self.notice.reason.tone

    @property
    def icon(self) -> str:
        return self.notice.reason.icon

    @property
    def icon_css(self) -> str:
        return f"pf-row__icon pf-row__icon--{self.tone}"

    @property
    def is_unread(self) -> bool:
        return self.notice.read_at is None


def said(notice: Notice, behind: Behind) -> Said:
    """A notice as the page and the letter tell it; `behind` holds the letters, reports and conferences some tell of.

    Shape: task, program and conference are loaded with it.
    """
    if letter := behind.letters.get(notice.pk):
        return _said_of_letter(notice, letter)
    if notice.report is not None:
        return _said_of_report(notice, behind.reports.get(notice.pk))
    if notice.conference_id is not None:
        return _said_of_conference(notice, behind.meetings)
    told = {"day": day_in_words(notice.about_on)}
    if notice.program_id:
        told["code"] = notice.program.code
        title = notice.program.short_title
    else:
        told["code"] = notice.task.short_code
        title = notice.task.title
    return Said(notice, _sentence(notice, told), title, _url(notice))


def _said_of_letter(notice: Notice, letter: Received) -> Said:
    told = {
        "number": letter.issued.printed_number,
        "issued": day_in_words(letter.issued.dated_on),
        "agency": letter.letter.issuer.current_short_name,
        "day": day_in_words(letter.letter.answer_by),
    }
    sentence = _(
        "%(agency)s urges your agency on by official letter No. %(number)s of %(issued)s, to be answered by %(day)s."
    )
    title = letter.title
    if letter.others:
        more = ngettext("%(title)s, and %(n)s more task", "%(title)s, and %(n)s more tasks", letter.others)
        title = more % {"title": title, "n": letter.others}
    return Said(notice, sentence % told, title, reverse("coordination:letter-detail", args=[letter.letter.pk]))


def _said_of_report(notice: Notice, report: ReportTold | None) -> Said:
    """Shape: None where the report is no more; its address is then that of one's work."""
    told = {"day": day_in_words(notice.about_on)}
    title, url = (report.title, report.url) if report else ("", reverse("coordination:my-work"))
    if report and report.reason and notice.reason == Occasion.REPORT_BACK:
        told["reason"] = Truncator(" ".join(report.reason.split())).chars(LONGEST_REASON)
        return Said(notice, _("A report was returned on %(day)s: “%(reason)s”") % told, title, url)
    return Said(notice, _SENTENCES[notice.reason]() % told, title, url)


def _said_of_conference(notice: Notice, meetings: Meetings) -> Said:
    """Of a seat to answer for; otherwise of the paper that was issued, without its number once it is no news."""
    conference, issued = notice.conference, meetings.papers.get(notice.pk)
    told = {"agency": conference.organiser.current_short_name, "held": day_in_words(conference.held_on)}
    told |= {"day": day_in_words(notice.about_on), "until": day_in_words(conference.reply_by or conference.held_on)}
    if notice.pk in meetings.seated:
        address = reverse("coordination:conference-people", args=[conference.slug]) + "#giay-moi"
        return Said(notice, _SENTENCES[notice.reason]() % told, conference.title, address)
    address = reverse("coordination:conference-documents", args=[conference.slug])
    if issued is None:
        return Said(notice, _no_news(notice) % told, conference.title, address)
    told |= {"number": issued.printed_number, "issued": day_in_words(issued.dated_on)}
    return Said(notice, _ISSUED[notice.reason]() % told, conference.title, address)


def _no_news(notice: Notice) -> str:
    if notice.reason == Occasion.CONCLUDED:
        return _("%(agency)s gave notice of the conclusions of its conference of %(held)s.")
    return _("%(agency)s invited your agency to its conference of %(held)s.")


def _sentence(notice: Notice, told: dict[str, str]) -> str:
    if notice.reason in AHEAD:
        return _ahead(notice, told)
    if notice.reason in LATE:
        return _late(notice, told)
    if notice.is_of_letter:
        return _("An official letter of %(day)s urged task %(code)s on; it was taken back.") % told
    return _SENTENCES[notice.reason]() % told


def _ahead(notice: Notice, told: dict[str, str]) -> str:
    left = (notice.about_on - clock.local_day(notice.made_at)).days
    is_step = notice.reason == Occasion.STEP_DUE
    if left <= 0:
        part = _("A part of task %(code)s falls due today, %(day)s.")
        return (part if is_step else _("Task %(code)s falls due today, %(day)s.")) % told
    if is_step:
        words = ngettext(
            "A part of task %(code)s falls due on %(day)s, in %(left)s day.",
            "A part of task %(code)s falls due on %(day)s, in %(left)s days.",
            left,
        )
    else:
        words = ngettext(
            "Task %(code)s falls due on %(day)s, in %(left)s day.",
            "Task %(code)s falls due on %(day)s, in %(left)s days.",
            left,
        )
    return words % {**told, "left": left}


def _late(notice: Notice, told: dict[str, str]) -> str:
    late = max(1, (clock.local_day(notice.made_at) - notice.about_on).days)
    if notice.reason == Occasion.STEP_LATE:
        words = ngettext(
            "A part of task %(code)s is %(late)s day overdue; it was due on %(day)s.",
            "A part of task %(code)s is %(late)s days overdue; it was due on %(day)s.",
            late,
        )
    else:
        words = ngettext(
            "Task %(code)s is %(late)s day overdue; it was due on %(day)s.",
            "Task %(code)s is %(late)s days overdue; it was due on %(day)s.",
            late,
        )
    return words % {**told, "late": late}


_SENTENCES = {
    Occasion.ASSIGNED: lambda: _("Your agency has a part in the new task %(code)s."),
    Occasion.RETURNED: lambda: _("The result of task %(code)s was returned on %(day)s and must be completed."),
    Occasion.ASKED: lambda: _("You were reminded of task %(code)s on %(day)s: its result is awaited."),
    Occasion.TO_CONFIRM: lambda: _("Task %(code)s was reported complete on %(day)s and waits for you to confirm it."),
    Occasion.TO_DECIDE: lambda: _("A later deadline for task %(code)s was asked for on %(day)s; it waits for you."),
    Occasion.TO_SIGN: lambda: _("Program %(code)s has awaited your signature since %(day)s."),
    Occasion.SIGN_ASKED: lambda: _("You were reminded on %(day)s that program %(code)s awaits your signature."),
    Occasion.TO_COMMENT: lambda: _("Program %(code)s was sent to you for comments on %(day)s."),
    Occasion.TO_REPORT: lambda: _("Program %(code)s awaits the report of your agency by %(day)s."),
    Occasion.UNREPORTED: lambda: _("The report of your agency on program %(code)s was due on %(day)s."),
    Occasion.REPORT_ASKED: lambda: _(
        "You were reminded on %(day)s that program %(code)s awaits the report of your agency."
    ),
    Occasion.TO_APPROVE: lambda: _("A report was submitted on %(day)s and waits for you to approve it."),
    Occasion.REPORT_BACK: lambda: _("A report was returned on %(day)s and must be changed."),
    Occasion.TO_ISSUE: lambda: _("A report was approved on %(day)s; it can be numbered and issued."),
    Occasion.INVITED: lambda: _(
        "%(agency)s invites your agency to its conference of %(held)s; an answer is asked for by %(until)s."
    ),
    Occasion.INVITED_AGAIN: lambda: _(
        "The day, hour or place of a conference of %(agency)s was changed on %(day)s; it is held on %(held)s. "
        "Confirm your answer."
    ),
    Occasion.ANSWER_ASKED: lambda: _(
        "You were reminded on %(day)s: %(agency)s awaits your answer to its invitation to the conference of %(held)s."
    ),
}
_ISSUED = {
    Occasion.INVITED: lambda: _(
        "%(agency)s invites your agency to its conference of %(held)s by invitation No. %(number)s of %(issued)s."
    ),
    Occasion.CONCLUDED: lambda: _(
        "%(agency)s issued notice of conclusions No. %(number)s of %(issued)s on its conference of %(held)s."
    ),
}


def _url(notice: Notice) -> str:
    if notice.reason in TO_SIGN:
        return reverse("coordination:program-signing", args=[notice.program.slug])
    if notice.reason in TO_REPORT:
        return reverse("coordination:party-reports", args=[notice.program.slug])
    if notice.reason == Occasion.TO_COMMENT:
        return reverse("coordination:consultation", args=[notice.program.slug])
    return reverse("coordination:task-detail", args=[notice.task.slug])


def age_in_words(day: date, today: date) -> str:
    """The day something was told as a heading: today, yesterday, or the day."""
    days = (today - day).days
    if days == 0:
        return _("Today, %(day)s") % {"day": day_in_words(day)}
    return _("Yesterday, %(day)s") % {"day": day_in_words(day)} if days == 1 else day_in_words(day)
