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


class Change:
    """New code taking the place of that of before, step by step; at each a third of the forms is sent."""

    def __init__(self, house: House):
        self.house, self.new_web, self.tries = house, 0, []
        self.codes = [f"T{number}" for number in range(WRITERS * EACH)]
        third = len(self.codes) // 3
        self._thirds = iter((self.codes[:third], self.codes[third : 2 * third], self.codes[2 * third :]))
        self._visitor, self._where = administrator(house), second_node(house)

    def migrate(self) -> subprocess.CompletedProcess:
        """Tables get newer while the code of before is written to."""
        with ThreadPoolExecutor(1) as aside:
            migrating = aside.submit(self.house.manage, "migrate", code=NEXT)
            self._write()
            return migrating.result()

    def join(self) -> tuple[int, int]:
        """Its static files laid beside, the new web server opens beside the old; the forms each took."""
        self.house.manage("collectstatic", "--no-input", code=NEXT)
        self.new_web = open_web(self.house, self._where, NEXT)
        self._write()
        return taken_by(self.house, 0), taken_by(self.house, self.new_web)

    def leave(self) -> str:
        """The old web server ends amid writing, then the old worker amid its jobs; how many of those ended."""
        stopping = threading.Timer(0.5, self.house.processes[0].terminate)
        stopping.start()
        self._write()
        stopping.join()
        # What waits is asked for by the code of before; its own worker ends amid it.
        self.house.start_unit("portal-worker", NEXT)
        self.house.processes.append(self.house.processes.pop(1))
        return jobs_end(self.house)

    def failures(self) -> int:
        """In the logs of both web servers."""
        logs = (self.house.log_of(number).read_text() for number in (0, self.new_web))
        return sum("Internal Server Error" in log for log in logs)

    def _write(self) -> None:
        self.tries += posted(self._visitor, next(self._thirds))


def rolled(house: House) -> dict[str, tuple[str, bool]]:
    """Everything that is done, and what was seen of it."""
    change = Change(house)
    house.lay_out("HEAD", NEXT)
    words = refusal(house)
    done, both, ended = change.migrate(), change.join(), change.leave()
    found, sound = counted(house, change.codes), house.manage("verify", code=NEXT)
    again, lost = sum(tried > 1 for tried in change.tries), found[0]
    doubled = len(change.codes) - lost - found[1]
    return {
        "refused": ("new code refused on older tables, by the command that is missing", "manage.py migrate" in words),
        "migrated": ("migrated while they wrote", done.returncode == 0),
        "both": (f"{both[0]} and {both[1]} forms taken by old and new code", min(both) > 0),
        "kept": (f"{again} sent again; {lost} lost; {doubled} doubled", not (lost or doubled)),
        "failures": ("no failure in either log", not change.failures()),
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
