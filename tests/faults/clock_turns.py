"""F17, F18: the year ends on a server in UTC; the clock goes back a day, then on a year:
`python -m tests.faults.clock_turns`.
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta

from tests.faults.ground import Fault, Ground, run
from tests.faults.portal import served

FAULT = Fault(
    "F17 F18",
    "year ends on a server in UTC; clock back a day, on a year",
    "days, lateness and number series of Hà Nội; the log in its own order; no session revived",
)
_EVE, _NEW_YEAR, _DAY_BEFORE = (
    "2022-12-31T16:35:00+00:00",
    "2022-12-31T17:05:00+00:00",
    "2022-12-30T17:05:00+00:00",
)


def play(ground: Ground, _rounds: int) -> Iterator[tuple[str, bool]]:
    from records.models import AuditEntry
    from tests.faults.counting import verified

    days = []
    for number, moment in enumerate((_EVE, _NEW_YEAR, _DAY_BEFORE)):
        before = AuditEntry.objects.latest("sequence").sequence
        days.append(_reported(ground, number, moment))
        since = AuditEntry.objects.filter(sequence__gt=before, action="reported").count()
        yield f"at {moment[5:16]} {since} entry of a report follows the ones before", since == 1
    wanted = [date(2022, 12, 31), date(2023, 1, 1), date(2022, 12, 31)]
    yield f"reports of {', '.join(f'{day:%d/%m/%Y}' for day in days)}", days == wanted
    yield from _series(ground)
    yield from _sessions(ground)
    yield verified()


def _reported(ground: Ground, number: int, moment: str) -> date:
    """The day of a report entered at a moment, as it stands in the database."""
    from coordination.models import ProgressReport

    slug, mark = ground.office.writers[0].tasks[number], f"Đợt giao thừa {number}"
    with served(ground, PORTAL_CLOCK=moment, TZ="UTC") as portal:
        visitor = portal.somebody()
        answer = visitor.send(visitor.written(f"/nhiem-vu/{slug}/tien-do/", {"value": "3", "result": mark}))
    if answer.status != 302:
        raise LookupError(f"not reported at {moment}: {answer.status}")
    return ProgressReport.objects.get(result=mark).reported_on


def _series(ground: Ground) -> Iterator[tuple[str, bool]]:
    """A number taken half an hour before midnight and one five minutes after it."""
    from datetime import datetime

    from coordination.models import RegisterEntry
    from coordination.register.services import assign_number
    from records import clock
    from tests.factories.programs import make_program, secretary_of

    years = []
    for moment in (_EVE, _NEW_YEAR):
        with clock.standing_at(datetime.fromisoformat(moment)):
            program = make_program("agreed")
            assign_number(program, actor=secretary_of(program.drafting_agency), symbol="CTPH-MAU")
            years.append(RegisterEntry.objects.order_by("-pk").first().series.year)
    yield f"number series of {years[0]} and {years[1]}", years == [2022, 2023]


def _sessions(ground: Ground) -> Iterator[tuple[str, bool]]:
    """Somebody signed in; a year later and back again."""
    from django.test import Client

    from records import clock

    visitor, now = Client(headers={"host": "127.0.0.1"}), clock.machine_now()
    who = {"username": ground.office.writers[0].username, "password": ground.office.password}
    visitor.post("/dang-nhap/", who)
    opened = [visitor.get("/nhiem-vu/").status_code]
    for moment in (now + timedelta(days=365), now):
        with clock.machine_standing_at(moment):
            opened.append(visitor.get("/nhiem-vu/").status_code)
    yield f"a page now, a year later, back again: {opened}", opened == [200, 302, 302]


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
