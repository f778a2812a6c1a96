"""Telling people what concerns them: one notice for each, never twice."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import Max, Min

from agencies.people.queries import Audience, audience_on
from coordination.reminders.enums import AHEAD, TOLD_AGAIN, Occasion
from coordination.reminders.models import Notice
from coordination.reminders.queries import Call, calls_on, rules_by_unit
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.workdays.queries import workdays

# So many at once: other people's work is never held up for long.
_PIECE = 500
# What a notice tells whom, whatever the step of the rules at which it did.
_THING = ("task_id", "program_id", "report", "conference_id", "member_id", "occasion", "about_on")


def tell_whom_it_concerns(day: date) -> int:
    """Write a notice for everyone whom something concerns on a working day; how many were new.

    Rule: R-REMIND-1, R-REMIND-2, R-REMIND-4. However often this is done, on whatever day and by however many processes
    at once: the database keeps each notice once. One entry of the audit for each piece written.
    """
    calendar = workdays()
    if not calendar.is_workday(day):
        return 0
    told, audience = 0, audience_on(day)
    for piece in _pieces(_notices(calls_on(day, calendar, rules_by_unit()), audience)):
        if fresh := _without_known(piece):
            with transaction.atomic():
                told += _keep(fresh, day)
    return told


def _notices(calls: Iterable[Call], audience: Audience) -> Iterator[Notice]:
    now = clock.now()
    for call in calls:
        for member_id in audience.of(call.agency_id, call.roles, but_for=call.but_for):
            yield Notice(
                member_id=member_id,
                occasion=call.occasion,
                turn=call.turn,
                about_on=call.about_on,
                task_id=call.task_id,
                program_id=call.program_id,
                report=call.report,
                conference_id=call.conference_id,
                made_at=now,
            )


def _pieces(notices: Iterator[Notice]) -> Iterator[list[Notice]]:
    while piece := list(islice(notices, _PIECE)):
        yield piece


def _without_known(notices: list[Notice]) -> list[Notice]:
    """Those nobody was told yet, each once: a member may be reached through two lead agencies.

    Rule: R-REMIND-4. Where the rules changed, the step that holds now may be new and yet behind one that was told:
    a nearer one of a deadline ahead, a later one of a deadline passed. Then it is known as well.
    """
    tasks = {notice.task_id for notice in notices if notice.task_id}
    programs = {notice.program_id for notice in notices if notice.program_id}
    reports = {notice.report for notice in notices if notice.report}
    conferences = {notice.conference_id for notice in notices if notice.conference_id}
    known = _told_of("task_id", tasks) | _told_of("program_id", programs)
    known |= _told_of("report", reports) | _told_of("conference_id", conferences)
    fresh = {(*_thing(notice), notice.turn): notice for notice in notices}
    return [notice for notice in fresh.values() if not _is_known(notice, known.get(_thing(notice)))]


def _thing(notice: Notice) -> tuple:
    return tuple(getattr(notice, column) for column in _THING)


def _told_of(about: str, numbers: set[int]) -> dict[tuple, tuple[int, int]]:
    """For each thing told to each member the smallest and the largest turn."""
    told = Notice.objects.filter(**{f"{about}__in": numbers}).order_by().values_list(*_THING)
    rows = told.annotate(smallest=Min("turn"), largest=Max("turn"))
    return {tuple(thing): (smallest, largest) for *thing, smallest, largest in rows}


def _is_known(notice: Notice, turns: tuple[int, int] | None) -> bool:
    if turns is None:
        return False
    smallest, largest = turns
    if notice.reason == Occasion.ASKED:
        return smallest <= notice.turn <= largest
    if notice.reason in AHEAD:
        return smallest <= notice.turn
    return notice.reason not in TOLD_AGAIN or notice.turn <= largest


def _keep(notices: list[Notice], day: date) -> int:
    """Write them; where another process was quicker with some, the others are written."""
    while notices:
        try:
            with transaction.atomic():
                Notice.objects.bulk_create(notices)
        except IntegrityError:
            told, notices = notices, _without_known(notices)
            if len(told) == len(notices):
                raise
        else:
            record(AuditAction.CREATED, after={"notices": len(notices), "told_on": day})
            break
    return len(notices)
