"""`python -m tests.bench`: every measurement on the database DATABASE_URL names, one line each."""

import sys
from itertools import chain

import django


def main() -> int:
    """Prepare the database, measure, print; the exit code is 1 where a figure lies over its target."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from tests.bench import directory, log, names, numbers, papers, programs, reports, signing, tasks

    sys.stdout.write(f"\n{connection.vendor}\n")
    over = False
    rooms = (names, numbers, directory, programs, tasks, papers, reports, signing, log)
    for figure in chain.from_iterable(room.figures() for room in rooms):
        sys.stdout.write(figure.line() + "\n")
        sys.stdout.flush()
        over |= figure.is_over
    return int(over)


if __name__ == "__main__":
    django.setup()
    sys.exit(main())
