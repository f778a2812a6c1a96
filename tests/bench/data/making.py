"""One body of data from beginning to end."""

import time
from collections.abc import Iterator
from io import StringIO
from random import Random

from django.core.management import call_command, get_commands
from django.db import transaction

from records.audit.models import AuditEntry
from tests.bench.data import log, places
from tests.bench.data.scales import scale_of
from tests.bench.data.store import filling, settle
from tests.bench.data.work import MODELS, Work


def make(tasks: int, seed: str = "phoi-hop") -> Iterator[str]:
    """Write everything for so many tasks, telling what has been done; the same seed gives the same rows."""
    scale, random, begun = scale_of(tasks), Random(f"{seed}-{tasks}"), time.monotonic()

    def told(what: str) -> str:
        return f"{time.monotonic() - begun:7.1f} s  {what}"

    with transaction.atomic():
        country = places.found(scale, random)
    yield told(f"{len(country.places)} units")
    with filling(MODELS):
        work = Work(scale, country, random)
        for place in country.places:
            work.of(place)
        work.flush()
        yield told(f"{work.programs.count} programs, {work.tasks.count} tasks, {work.reports.count} reports")
    yield told("indexes and foreign keys proved")
    with filling((AuditEntry,)):
        yield told(f"{log.tell(scale)} entries in the log")
    if "figures" in get_commands():
        call_command("figures", rebuild=True, stdout=StringIO())
        yield told("settled counts counted anew")
    settle()
    yield told("settled")
