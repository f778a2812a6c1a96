"""Counting anew what the database counts as it goes."""

from django.db import connection, transaction

from coordination.figures.marks import MARKS
from coordination.figures.settled import SETTLED
from coordination.programs.marks import SIGHT_MARKS


@transaction.atomic
def recount_settled() -> None:
    """Lay the triggers anew and count every settled task; whoever writes a task meanwhile waits until it is done.

    Every program and every agency gets a new mark, so that what processes have kept of it holds no longer.

    Rule: R-FIG-19, R-FIG-23, R-SEE-18. Why the triggers too: SQLite drops them with a table that a migration remakes.
    """
    vendor = connection.vendor
    statements = [*SETTLED.unmaking(vendor), *SETTLED.making(vendor), *SETTLED.recount(vendor)]
    if vendor == "sqlite":
        # On PostgreSQL they are never lost, and laying them on several tables could meet a writer the other way round.
        for marks in (MARKS, SIGHT_MARKS):
            statements += [*marks.unmaking(vendor), *marks.making(vendor)]
    with connection.cursor() as cursor:
        for statement in (*statements, *MARKS.recount(vendor), *SIGHT_MARKS.recount(vendor)):
            cursor.execute(statement)
