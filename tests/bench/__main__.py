"""`python -m tests.bench`: every measurement on the database DATABASE_URL names, one line each."""

import json
import os
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
        _keep(connection.vendor, figure.as_dict())
        over |= figure.is_over
    return int(over)


def _keep(vendor: str, figure: dict) -> None:
    """Add a line to the file of figures, where the environment names one."""
    if path := os.environ.get("BENCH_FIGURES"):
        with open(path, "a") as out:
            out.write(json.dumps({"kind": "act", "system": vendor, **figure}) + "\n")


if __name__ == "__main__":
    django.setup()
    sys.exit(main())
