"""Reminding in the rush of `rush`: several processes at once, and some that are killed while they do it."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date

DAY, NEXT = date(2022, 3, 30), date(2022, 3, 31)
KILLED_AFTER_SECONDS = (1, 3)


def reminded_at_once() -> dict:
    """Six runs of one day at the same moment; then runs of the next day that are killed, and one that is not."""
    from coordination.reminders.models import Digest, Notice
    from records import clock
    from tests.factories.people import make_member
    from tests.factories.programs import make_program
    from tests.factories.reminders import with_address
    from tests.factories.tasks import make_task, official_of

    with clock.standing_at(clock.at(DAY, 8)):
        program = make_program("signed")
        lead = program.parties.order_by("letterhead_order").first().agency
        people = [with_address(official_of(lead)), *(with_address(make_member(lead)) for _number in range(3))]
        for number in range(4):
            make_task(program, title=f"Việc {number}", due_on=DAY)
    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(_remind, [DAY] * 6))
    out = {"letters of six runs at once": _letters_to(people)}
    out["their notices are told once each"] = _each_once(Notice)
    with clock.standing_at(clock.at(NEXT, 7)):
        make_task(program, title="Việc thêm", due_on=NEXT)
    for seconds in KILLED_AFTER_SECONDS:
        _remind_and_be_killed(seconds)
    _remind(NEXT)
    out["letters after runs that were killed"] = _letters_to(people)
    out["no letter tells nothing"] = all(digest.notices.exists() for digest in Digest.objects.all())
    return out


def _remind(day: date) -> None:
    from django.db import connections

    from coordination.reminders.services import send_digests, tell_whom_it_concerns
    from records import clock

    with closing(connections["default"]), clock.standing_at(clock.at(day, 8)):
        tell_whom_it_concerns(day)
        send_digests(day)


def _remind_and_be_killed(seconds: float) -> None:
    environment = {**os.environ, "PORTAL_CLOCK": f"{NEXT.isoformat()}T08:00:00+07:00"}
    with subprocess.Popen(
        [sys.executable, "manage.py", "remind"], env=environment, stdout=subprocess.DEVNULL
    ) as running:
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            running.kill()


def _letters_to(people: list) -> list[int]:
    from records.models import OutgoingMail

    return [OutgoingMail.objects.filter(to=member.user.email).count() for member in people]


def _each_once(notices) -> bool:
    told = list(notices.objects.values_list("member_id", "task_id", "program_id", "occasion", "about_on", "turn"))
    return len(told) == len(set(told))
