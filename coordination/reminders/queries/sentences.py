"""What a notice says, where it leads and how it looks."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.reminders.enums import AHEAD, LATE, TO_REPORT, TO_SIGN, Occasion
from coordination.reminders.models import Notice
from coordination.urging.queries import Received
from records import clock
from records.wording import day as day_in_words


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


def said(notice: Notice, letter: Received | None = None) -> Said:
    """A notice as the page and the letter tell it; `letter` is the official one it tells of.

    Shape: task and program are loaded with it.
    """
    if letter is not None:
        return _said_of_letter(notice, letter)
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
