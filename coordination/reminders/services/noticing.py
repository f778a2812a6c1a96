"""Telling people what concerns them: one notice for each, never twice."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import IntegrityError, transaction

from coordination.reminders.models import Notice
from coordination.reminders.queries import Audience, Call, audience_on, calls_on
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.workdays.queries import workdays

# So many at once: other people's work is never held up for long.
_PIECE = 500


def tell_whom_it_concerns(day: date) -> int:
    """Write a notice for everyone whom something concerns on a working day; how many were new.

    Rule: R-REMIND-1, R-REMIND-2. However often this is done, on whatever day and by however many processes at once:
    the database keeps each notice once. One entry of the audit for each piece written.
    """
    calendar = workdays()
    if not calendar.is_workday(day):
        return 0
    told, audience = 0, audience_on(day)
    for piece in _pieces(_notices(calls_on(day, calendar), audience)):
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
                made_at=now,
            )


def _pieces(notices: Iterator[Notice]) -> Iterator[list[Notice]]:
    while piece := list(islice(notices, _PIECE)):
        yield piece


def _without_known(notices: list[Notice]) -> list[Notice]:
    """Those not in the database yet, each once: a member may be reached through two lead agencies."""
    tasks = {notice.task_id for notice in notices if notice.task_id}
    programs = {notice.program_id for notice in notices if notice.program_id}
    columns = ("task_id", "program_id", "member_id", "occasion", "about_on", "turn")
    known = set(Notice.objects.filter(task_id__in=tasks).values_list(*columns))
    known |= set(Notice.objects.filter(program_id__in=programs).values_list(*columns))
    fresh = {tuple(getattr(notice, column) for column in columns): notice for notice in notices}
    return [notice for key, notice in fresh.items() if key not in known]


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
