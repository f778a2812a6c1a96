"""The page of notices, and the counts in the frame of every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, QuerySet, Value

from agencies.access.scopes import Sight, works_on_content
from agencies.models import Membership
from coordination.inbox.queries import overdue_tasks
from coordination.reminders.models import Notice
from coordination.reminders.queries.sentences import Said, age_in_words, said
from coordination.reminders.queries.urged import papers_behind
from records import clock
from records.prepared import Prepared

NOTICES_ON_A_PAGE = 50
_LONGEST_NUMBER = 18


@dataclass(frozen=True)
class DayOfNotices:
    """What was told on one day, newest first."""

    heading: str
    notices: Sequence[Said]


@dataclass(frozen=True)
class NoticePage:
    """Some notices by day, where the list goes on, and up to which number they can be marked as read."""

    days: Sequence[DayOfNotices]
    older: int | None
    newer: int | None
    newest: int | None
    unread: int


@dataclass(frozen=True)
class FrameCounts:
    """What the frame of every page counts."""

    overdue: int
    unread: int


def notice_page(actor: Membership, today: date, *, before: str = "") -> NoticePage:
    """A stretch of the actor's notices by number, newest first. Three queries beside those of the scope, three more
    where official letters are told of, one more where reports are, six where conferences are.
    """
    seen = Notice.objects.visible_to(actor)
    stretch = seen.filter(pk__lt=_number(before)) if _number(before) else seen
    rows = stretch.select_related("task__program", "program", "conference__organiser", "conference__unit")
    found = list(rows.order_by("-pk")[: NOTICES_ON_A_PAGE + 1])
    shown = found[:NOTICES_ON_A_PAGE]
    behind = papers_behind(actor, shown, today)
    by_day = groupby(shown, key=lambda notice: clock.local_day(notice.made_at))
    days = [
        DayOfNotices(age_in_words(day, today), [said(notice, behind) for notice in notices]) for day, notices in by_day
    ]
    return NoticePage(
        days=days,
        older=shown[-1].pk if len(found) > NOTICES_ON_A_PAGE else None,
        newer=0 if _number(before) else None,
        newest=shown[0].pk if shown else None,
        unread=seen.unread().count(),
    )


def frame_counts(actor: Membership, today: date) -> FrameCounts:
    """How many tasks the actor's agencies lead are overdue, and how many notices are unread: one query for both.

    Why not asked whether each is still seen: the number is the only thing told, and it stands on every page.
    """
    if not works_on_content(actor):
        return FrameCounts(0, 0)
    counts = dict(_FRAME.rows(agencies=tuple(actor.agency_ids()), member=actor.pk, today=today))
    return FrameCounts(counts.get("overdue", 0), counts.get("unread", 0))


def _of_the_frame(agencies: tuple[int, ...], member: int, today: date) -> QuerySet:
    overdue = _counted(overdue_tasks(Sight(agencies), today), "overdue")
    unread = _counted(Notice.objects.filter(member=member).unread(), "unread")
    return overdue.union(unread, all=True)


_FRAME = Prepared(_of_the_frame)


def _counted(rows: QuerySet, name: str) -> QuerySet:
    """One row of a name and a number, none where nothing is counted."""
    named = rows.order_by().annotate(counted=Value(name)).values("counted")
    return named.annotate(number=Count("pk")).values_list("counted", "number")


def _number(written: str) -> int | None:
    plain = written.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST_NUMBER else None
