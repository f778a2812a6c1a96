"""F16: a new version takes the place of the one before while officials write: `python -m tests.faults.rolling`.

The version before is the newest in the repository's history that has other migrations. It is installed as the page of
deployment says; then tables get newer, a web server and a worker of the new code join, and those of before end.
"""

import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.house import ROOT, House, free_port, installed
from tests.faults.nodes import (
    EACH,
    JOBS,
    WRITERS,
    administrator,
    cluster,
    counted,
    jobs_end,
    machine,
    open_web,
    posted,
    second_node,
    taken_by,
)

NEXT = "opt/next"
_MIGRATIONS = ("*/migrations/*.py",)


def version_before() -> str:
    """The newest commit with other migrations; empty where the history is not here."""
    commits = _git("rev-list", "--date-order", "HEAD").split()
    return next((one for one in commits if new_migrations(one)), "")


def new_migrations(before: str) -> list[str]:
    """The migrations that came since."""
    return _git("diff", "--name-only", "--diff-filter=A", before, "HEAD", "--", *_MIGRATIONS).split()


def refusal(house: House) -> str:
    """What a web server of the new code says on tables of before."""
    try:
        open_web(house, {"PORTAL_BIND": f"127.0.0.1:{free_port()}"}, NEXT)
    except RuntimeError as words:
        return str(words)
    return ""


def rolled(house: House) -> dict[str, tuple[str, bool]]:
    """Everything that is done, and what was seen of it."""
    codes = [f"T{number}" for number in range(WRITERS * EACH)]
    third = len(codes) // 3
    visitor, where = administrator(house), second_node(house)
    house.lay_out("HEAD", NEXT)
    words = refusal(house)
    with ThreadPoolExecutor(1) as aside:
        migrating = aside.submit(house.manage, "migrate", code=NEXT)
        tries = posted(visitor, codes[:third])
        done = migrating.result()
    other = open_web(house, where, NEXT)
    tries += posted(visitor, codes[third : 2 * third])
    both = (taken_by(house, 0), taken_by(house, other))
    stopping = threading.Timer(0.5, house.processes[0].terminate)
    stopping.start()
    tries += posted(visitor, codes[2 * third :])
    stopping.join()
    # What waits is asked for by the code of before; its own worker ends amid it.
    house.start_unit("portal-worker", NEXT)
    house.processes.append(house.processes.pop(1))
    ended, found, sound = jobs_end(house), counted(house, codes), house.manage("verify", code=NEXT)
    again, lost = sum(tried > 1 for tried in tries), found[0]
    doubled = len(codes) - lost - found[1]
    failures = sum("Internal Server Error" in house.log_of(number).read_text() for number in (0, other))
    return {
        "refused": ("new code refused on older tables, by the command that is missing", "manage.py migrate" in words),
        "migrated": ("migrated while they wrote", done.returncode == 0),
        "both": (f"{both[0]} and {both[1]} forms taken by old and new code", min(both) > 0),
        "kept": (f"{again} sent again; {lost} lost; {doubled} doubled", not (lost or doubled)),
        "failures": ("no failure in either log", not failures),
        "jobs": (f"{ended} of {JOBS} jobs ended, the worker of before killed", ended == str(JOBS)),
        "sound": ("verify finds nothing" if not sound.returncode else sound.stdout[-500:], sound.returncode == 0),
    }


def main() -> int:
    before, began = version_before(), time.monotonic()
    if not before:
        machine.say("| F16 a version takes the place of the one before | 0 | – | the history is not here | 0 s |")
        return 0
    more = {"PORTAL_SECOND_FACTOR": "false", "PORTAL_LOG_REQUESTS": "true"}
    with cluster.throw_away_cluster() as address:
        home = Path(tempfile.mkdtemp(prefix="portal-rolling-"))
        with installed(home, address, environment=more, version=before, administrator="van-phong") as house:
            seen = rolled(house)
    added = ", ".join(Path(name).stem for name in new_migrations(before))
    told = "; ".join(words if was_so else f"**NOT HELD**: {words}" for words, was_so in seen.values())
    machine.say(
        f"| F16 a version takes the place of the one before ({before[:8]}, without {added}) | 1"
        " | two versions on one database: nothing lost or doubled, no failure"
        f" | {told} | {time.monotonic() - began:.0f} s |"
    )
    return 0 if all(was_so for _words, was_so in seen.values()) else 1


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
