"""What goes into somebody's letter, and whether it is time for one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.models import Membership, User
from coordination.consultation.models import ConsultationRound
from coordination.partyreports.models import PartyReport, ReportCall
from coordination.programs.enums import ProgramState, SignatureState
from coordination.programs.models import SignatureSlot
from coordination.reminders.enums import (
    AHEAD,
    AWAITED,
    LATE,
    NEWS,
    NEWS_DAYS,
    OF_STEPS,
    TO_REPORT,
    TO_SIGN,
    Occasion,
    Rhythm,
)
from coordination.reminders.models import Digest, Notice, ReminderSettings
from coordination.reminders.queries.sentences import Said, said
from coordination.reminders.queries.urged import Behind, papers_behind
from coordination.tasks.enums import TaskState
from coordination.tasks.models import ExtensionRequest, TaskStep
from coordination.tasks.workflow import REPORTABLE_STATES
from records import clock
from records.workdays.counting import Workdays


@dataclass(frozen=True)
class Contents:
    """What a letter tells, most pressing first: overdue, falling due, waiting for the reader, news."""

    overdue: Sequence[Said]
    due: Sequence[Said]
    awaited: Sequence[Said]
    news: Sequence[Said]
    notices: Sequence[Notice]

    @property
    def is_empty(self) -> bool:
        return not (self.overdue or self.due or self.awaited or self.news)


def accounts_to_write_to(day: date) -> Iterator[tuple[User, Rhythm]]:
    """Accounts that can be written to, want it and have something unsent, each with its rhythm. Two queries."""
    unsent = Notice.objects.filter(digest=None, made_at__gte=_oldest(day))
    told = unsent.filter(member__in=Membership.objects.usable_on(day)).values("member__user_id")
    rhythms = dict(ReminderSettings.objects.values_list("account_id", "rhythm"))
    accounts = User.objects.filter(pk__in=told, is_active=True).exclude(email="").exclude(digests__day=day)
    for account in accounts.order_by("pk"):
        rhythm = Rhythm(rhythms.get(account.pk, Rhythm.DAILY))
        if rhythm is not Rhythm.NEVER:
            yield account, rhythm


def period_of(rhythm: Rhythm, day: date) -> date:
    """The day a letter of this rhythm stands for: the day itself, or the Monday of its week."""
    return day if rhythm is Rhythm.DAILY else day - timedelta(days=day.weekday())


def has_its_letter(account: User, rhythm: Rhythm, day: date) -> bool:
    """Whether the letter of a period has been written, or another one on this very day."""
    return Digest.objects.filter(account=account, day__in=(period_of(rhythm, day), day)).exists()


def contents_for(account: User, rhythm: Rhythm, day: date, calendar: Workdays) -> Contents:
    """What is new for someone in all roles they have on a day, as far as it still stands and they still see it.

    Rule: R-REMIND-3. A weekly letter tells what was known on the first working day of the week.
    """
    last = day if rhythm is Rhythm.DAILY else calendar.first_of_week(day)
    notices: list[Notice] = []
    behind = Behind()
    for member in Membership.objects.usable_by(account, day):
        unsent = list(_unsent(member, day).filter(made_at__lt=clock.at(last + timedelta(days=1))))
        behind |= papers_behind(member, unsent, day)
        notices += unsent
    standing = _latest_of_each(notice for notice in notices if _stands(notice, behind))
    return Contents(
        overdue=_said(standing, LATE),
        due=_said(standing, AHEAD),
        awaited=_awaited(standing, behind),
        news=_in_words([one for one in standing if one.reason in NEWS], behind),
        notices=notices,
    )


def _unsent(member: Membership, day: date) -> QuerySet[Notice]:
    """Notices no letter has told, each with what is still open of it."""
    mine = member.agency_ids()
    unsent = Notice.objects.visible_to(member).filter(digest=None, made_at__gte=_oldest(day))
    asked = ExtensionRequest.objects.filter(task=OuterRef("task_id")).open()
    places = SignatureSlot.objects.filter(
        Q(party__agency_id__in=mine, party__signs_through=None) | Q(party__signs_through_id__in=mine),
        version__program=OuterRef("program_id"),
        version__voided_at=None,
        version__for_signing=True,
        state=SignatureState.AWAITING,
    )
    rounds = ConsultationRound.objects.filter(program=OuterRef("program_id"), comments_until__gte=day).open()
    rounds = rounds.exclude(replies__party__agency_id__in=mine)
    steps = TaskStep.objects.filter(task=OuterRef("task_id"), due_on=OuterRef("about_on"), done_on=None)
    sent = PartyReport.objects.sent().filter(program=OuterRef("program"), year=OuterRef("year"), agency_id__in=mine)
    calls = ReportCall.objects.filter(program=OuterRef("program_id")).exclude(Exists(sent))
    calls = calls.filter(Q(due_on=OuterRef("about_on")) | Q(asked_again_on=OuterRef("about_on")))
    still_open = {
        "is_asked": Exists(asked),
        "awaits_signature": Exists(places),
        "awaits_comments": Exists(rounds),
        "is_open_step": Exists(steps),
        "awaits_report": Exists(calls),
    }
    about = ("task__program", "program", "conference__organiser", "conference__unit")
    return unsent.annotate(**still_open).select_related(*about).order_by("pk")


def _stands(notice: Notice, behind: Behind) -> bool:
    """Whether what a notice tells is still so: the task runs to the same deadline, the answer is still awaited."""
    if notice.is_of_letter or notice.report is not None or notice.conference_id is not None:
        return behind.awaits(notice)
    if notice.reason in TO_SIGN:
        return notice.program.state == ProgramState.SIGNING and notice.awaits_signature
    if notice.reason == Occasion.TO_COMMENT:
        return notice.awaits_comments
    if notice.reason in TO_REPORT:
        return notice.awaits_report
    if notice.reason == Occasion.TO_CONFIRM:
        return notice.task.state == TaskState.AWAITING
    if notice.reason == Occasion.TO_DECIDE:
        return notice.is_asked
    if notice.reason in OF_STEPS:
        return notice.task.state in REPORTABLE_STATES and notice.is_open_step
    moved = notice.reason in (*LATE, *AHEAD) and notice.task.deadline != notice.about_on
    return notice.task.state in REPORTABLE_STATES and not moved


def _latest_of_each(notices: Iterator[Notice]) -> list[Notice]:
    """Of several notices of one thing the last; what is late is not told a second time as falling due or new."""
    latest: dict[tuple, Notice] = {}
    for notice in notices:
        group = "awaited" if notice.reason in AWAITED else "work"
        if notice.reason in OF_STEPS:
            group = f"part {notice.about_on}"
        if notice.is_of_letter:
            group = f"letter {notice.about_on}"
        key = (notice.task_id, notice.program_id, notice.report, notice.conference_id, group)
        held = latest.get(key)
        if held is None or _rank(notice) <= _rank(held):
            latest[key] = notice
    return list(latest.values())


def _rank(notice: Notice) -> int:
    return 0 if notice.reason in LATE else 1 if notice.reason in AHEAD else 2


def _said(notices: list[Notice], occasions: tuple[Occasion, ...]) -> list[Said]:
    return _in_words([notice for notice in notices if notice.reason in occasions], Behind())


def _awaited(notices: list[Notice], behind: Behind) -> list[Said]:
    """What waits for an answer, official letters among it."""
    return _in_words([one for one in notices if one.reason in AWAITED or one.is_of_letter], behind)


def _in_words(notices: list[Notice], behind: Behind) -> list[Said]:
    return [said(one, behind) for one in sorted(notices, key=lambda one: (one.about_on, one.pk))]


def _oldest(day: date) -> datetime:
    return clock.at(day - timedelta(days=NEWS_DAYS))
