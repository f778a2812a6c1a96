"""What stands in the database and in the log against what was acknowledged; and whether `verify` finds anything."""

from collections import Counter
from collections.abc import Iterator
from io import StringIO

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

from coordination.models import ProgressReport, Task
from records.audit.enums import AuditAction
from records.models import AuditEntry
from tests.faults.writing import Pen


def held_against(pens: list[Pen]) -> Iterator[tuple[str, bool]]:
    """I1 and I2: what was acknowledged is there once, with its entry of the log; nothing is there by halves."""
    connections.close_all()
    kept, unsure = [mark for pen in pens for mark in pen.kept], [mark for pen in pens for mark in pen.open]
    there, told = rows(), entries()
    lost = [mark for mark in kept if not there[mark]]
    doubled = [mark for mark, count in there.items() if count > 1]
    halves = [mark for mark in {*kept, *unsure, *there} if there[mark] != told[mark]]
    again = sum(pen.again for pen in pens)
    yield f"{len(kept)} acknowledged, {again} sent again", len(kept) > 0
    yield f"{len(lost)} lost", not lost
    yield f"{len(doubled)} doubled", not doubled
    yield f"{len(halves)} halves", not halves
    if unsure:
        yield f"{len(unsure)} never acknowledged", False


def rows() -> Counter:
    """How many rows bear a mark."""
    titles = Task.objects.filter(title__startswith="Đợt ").values_list("title", flat=True)
    words = ProgressReport.objects.filter(result__startswith="Đợt ").values_list("result", flat=True)
    return Counter([*titles, *words])


def entries() -> Counter:
    """How many entries of the log tell of a mark: a task tells its title, a report its value, found by its task."""
    made = AuditEntry.objects.filter(action=AuditAction.CREATED, after__title__startswith="Đợt ")
    titles = Counter(made.values_list("after__title", flat=True))
    reported = Counter(
        (about, float(value))
        for about, value in AuditEntry.objects.filter(action=AuditAction.REPORTED).values_list(
            "object_id", "after__value"
        )
        if value is not None
    )
    for pk, value, result in ProgressReport.objects.filter(result__startswith="Đợt ").values_list(
        "task_id", "value", "result"
    ):
        titles[result] = reported[str(pk), float(value)] or reported[pk, float(value)]
    return titles


def verified(*arguments: str) -> tuple[str, bool]:
    """What `manage.py verify` says of the whole database."""
    said = StringIO()
    connections.close_all()
    try:
        call_command("verify", *arguments, stdout=said)
    except CommandError as faults:
        return f"verify: {faults} {' '.join(said.getvalue().split())[:300]}", False
    return "verify finds nothing", True
