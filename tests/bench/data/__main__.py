"""`python -m tests.bench.data 100000 [seed]`: fill the database DATABASE_URL names."""

import sys

import django


def main() -> None:
    from django.core.management import call_command

    from tests.bench.data.making import make

    call_command("migrate", verbosity=0)
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for told in make(tasks, seed=sys.argv[2] if len(sys.argv) > 2 else "phoi-hop"):
        sys.stdout.write(told + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    main()
