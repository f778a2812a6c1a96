"""How scheduled jobs stand, and which are due."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from records import clock
from records.jobs.schedule.declared import Planned, everything
from records.jobs.schedule.models import ScheduledJob


@dataclass(frozen=True)
class Stand:
    """One scheduled job as whoever looks after the server sees it; without a row it was never done."""

    planned: Planned
    row: ScheduledJob | None
    why_off: str
    looked_at: datetime

    @property
    def name(self) -> str:
        return self.planned.name

    @property
    def next_at(self) -> datetime:
        return self.row.next_at if self.row else self.planned.first_at(self.looked_at)

    @property
    def is_running(self) -> bool:
        return self.row is not None and self.row.is_held

    @property
    def is_due(self) -> bool:
        return not self.why_off and not self.is_running and self.next_at <= self.looked_at


def stands() -> list[Stand]:
    """Every scheduled job this version knows, in one query."""
    rows, now = {row.name: row for row in ScheduledJob.objects.all()}, clock.machine_now()
    return [Stand(one, rows.get(one.name), one.why_off(), now) for one in everything()]


def failed_lately() -> list[Stand]:
    """What is done here and went wrong when it was done last."""
    return [stand for stand in stands() if stand.row is not None and stand.row.is_failed and not stand.why_off]


def due(*, long: bool) -> list[Planned]:
    """What should be done now, of what is long or of what is not; one nobody does any more is due again too."""
    gone = set(lapsed().values_list("name", flat=True))
    return [one.planned for one in stands() if one.planned.is_long == long and (one.is_due or one.name in gone)]


def lapsed() -> QuerySet[ScheduledJob]:
    """Scheduled jobs whose process is gone: their lease has run out."""
    return ScheduledJob.objects.filter(lease_until__lt=clock.machine_now())
