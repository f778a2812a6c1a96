"""What the page of workbooks shows: which can be taken, what was sent, what of it can still be undone."""

from dataclasses import dataclass
from datetime import datetime

from agencies.models import Membership
from coordination.intake.models import TaskTable
from coordination.intake.queries.undoing import undo_until
from coordination.programs.models import Program
from coordination.tasks.queries import programs_open_to

_MOST_SENT = 20


@dataclass(frozen=True)
class SentTable:
    """A table that was sent, and until when its import can be undone, where it can."""

    table: TaskTable
    undo_until: datetime | None


@dataclass(frozen=True)
class HomePage:
    """Everything the page of workbooks shows."""

    year: int
    programs: list[Program]
    sent: list[SentTable]


def home_page(actor: Membership, year: int) -> HomePage:
    """The page of workbooks for a working year. Three queries."""
    programs = list(programs_open_to(actor).covering(year))
    tables = TaskTable.objects.visible_to(actor).select_related("file", "program")[:_MOST_SENT]
    return HomePage(year, programs, [SentTable(table, undo_until(table)) for table in tables])
