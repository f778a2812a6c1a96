"""`python -m tests.bench.load.telling`: what a filled database offers, raw SQL and queries a page, as JSON."""

import json
import sys
from dataclasses import asdict

import django


def main() -> None:
    from django.db import connection

    from records import clock
    from tests.bench.data.scales import DAY
    from tests.bench.load.inside import queries_of_pages, raw_sql_ms
    from tests.bench.load.subjects import subjects

    with clock.standing_at(clock.at(DAY, 9)):
        found = subjects()
        told = {
            "subjects": asdict(found),
            "database_pid": database_pid(connection),
            "raw_ms": raw_sql_ms(),
            "queries": queries_of_pages(found),
        }
    json.dump(told, sys.stdout)


def database_pid(connection) -> int:
    """The first process of a PostgreSQL server on this machine whose files it may tell of; 0 otherwise."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    django.setup()
    main()
