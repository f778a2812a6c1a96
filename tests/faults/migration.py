"""F15: `migrate` is killed on the way from an empty database: `python -m tests.faults.migration [ROUNDS]`."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

from tests.faults.ground import ROOT, Fault, Ground, run

FAULT = Fault("F15", "migration killed", "what was begun is undone or whole; run again it ends at the same tables", 20)
_TABLES = """SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS line
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT concat_ws(' ', app, name) FROM django_migrations) AS told"""


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    whole, wanted = _seconds_for(ground), _digest(ground.database)
    chance, cut, differing, failing = random.Random(15), 0, 0, 0
    for _round in range(rounds):
        address = _empty(ground)
        cut += _killed(ground, address, chance.random() * whole)
        failing += _migrating(ground, address).wait() != 0
        differing += _digest(address) != wanted
    yield f"{rounds} runs of {whole:.0f} s, {cut} killed on the way", cut > 0
    yield f"{failing} could not be run again", not failing
    yield f"{differing} ended at other tables", not differing
    ground.sql("DROP DATABASE half WITH (FORCE)")


def _seconds_for(ground: Ground) -> float:
    began = time.monotonic()
    _migrating(ground, _empty(ground)).wait()
    return time.monotonic() - began


def _empty(ground: Ground) -> str:
    ground.sql("DROP DATABASE IF EXISTS half WITH (FORCE)")
    ground.sql("CREATE DATABASE half")
    return f"{ground.database.rpartition('/')[0]}/half"


def _migrating(ground: Ground, address: str) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    return subprocess.Popen(command, cwd=ROOT, env=ground.environment(DATABASE_URL=address))


def _killed(ground: Ground, address: str, seconds: float) -> bool:
    """Whether the kill came before the end."""
    process = _migrating(ground, address)
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    return process.wait() != 0


def _digest(address: str) -> str:
    """Of everything the migrations have made."""
    asked = subprocess.run(["psql", address, "-qAtc", _TABLES], check=True, capture_output=True, text=True)
    return asked.stdout.strip()


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
