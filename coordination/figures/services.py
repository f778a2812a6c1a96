"""Counting anew what the database counts as it goes."""

from django.db import connection, transaction

from coordination.figures.settled import SETTLED


@transaction.atomic
def recount_settled() -> None:
    """Lay the triggers anew and count every settled task; whoever writes a task meanwhile waits until it is done.

    Rule: R-FIG-19. Why the triggers too: SQLite drops them with a table that a migration remakes.
    """
    vendor = connection.vendor
    with connection.cursor() as cursor:
        for statement in (*SETTLED.unmaking(vendor), *SETTLED.making(vendor), *SETTLED.recount(vendor)):
            cursor.execute(statement)
