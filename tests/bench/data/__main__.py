"""`python -m tests.bench.data 100000 [seed]`: fill the database DATABASE_URL names."""

import sys

import django


def main() -> None:
    from django.core.management import call_command

    from tests.bench.data.making import make

    create_if_missing()
    call_command("migrate", verbosity=0)
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for told in make(tasks, seed=sys.argv[2] if len(sys.argv) > 2 else "phoi-hop"):
        sys.stdout.write(told + "\n")
        sys.stdout.flush()


def create_if_missing() -> None:
    """A database of its own on the server, where there is none of this name yet."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")


if __name__ == "__main__":
    django.setup()
    main()
