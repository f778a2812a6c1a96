"""Two workers at the same moment, and one that is killed while it does what is scheduled.

Run by `crowd.left_behind`; with an argument it is one of the workers, which begins when it is told to.
"""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import django

NAMES, LOG = "abcd", "RUSH_SCHEDULE_LOG"
MODULE = "tests.integration.rush_schedule"


def done(name: str) -> str:
    with Path(os.environ[LOG]).open("a") as log:
        log.write(f"{name}\n")
    return name


def done_a() -> str:
    return done("a")


def done_b() -> str:
    return done("b")


def done_c() -> str:
    return done("c")


def done_d() -> str:
    return done("d")


def fatal() -> str:
    """Kills its process the first time, as a power cut would."""
    done("fatal")
    if Path(os.environ[LOG]).read_text().split().count("fatal") == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return "made up"


def declare(*names: str) -> None:
    """Only these are scheduled, from now on."""
    from records.jobs.schedule import declared

    declared._PLANNED.clear()
    acts = {**{name: f"done_{name}" for name in NAMES}, "fatal": "fatal"}
    declared.declare(
        *(declared.Planned(name, name, act=f"{MODULE}.{acts[name]}", every=timedelta(hours=1)) for name in names)
    )


def work(names: list[str]) -> None:
    """One worker: it says it is ready, and begins when it is told to."""
    from records.jobs.schedule.services import run_due

    declare(*names)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    run_due(long=False)


def workers(count: int, *names: str) -> list[int]:
    """So many workers of their own, begun at the same moment; how each ended."""
    command = [sys.executable, "-m", MODULE, *names]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _number in range(count)
    ]
    for one in started:
        assert one.stdout.readline() == "ready\n"
    for one in started:
        one.stdin.write("\n")
        one.stdin.flush()
    for one in started:
        one.communicate(timeout=60)
    return [one.returncode for one in started]


def done_by_a_child() -> list[str]:
    """What the worker of a new portal has done at once, by the process it starts; it starts no second one."""
    from portal.scheduled import Children
    from records.models import ScheduledJob

    children = Children()
    children.see_to_what_is_due()
    (child,) = children._running.values()
    children.see_to_what_is_due()
    assert list(children._running.values()) == [child] and child.wait(60) == 0
    children.see_to_what_is_due()
    children.end()
    return sorted(ScheduledJob.objects.filter(outcome="done").values_list("name", flat=True))


def rush() -> dict:
    from records import clock
    from records.jobs.enums import LEASE
    from records.jobs.schedule.services import run_due
    from records.models import ScheduledJob

    out = {"by the worker's child": done_by_a_child()}
    assert workers(2, *NAMES) == [0, 0]
    out |= {"each was done once": sorted(Path(os.environ[LOG]).read_text().split())}
    assert workers(1, "fatal") == [-signal.SIGKILL]
    row = ScheduledJob.objects.get(name="fatal")
    out["a run that was killed"] = "held" if row.is_held else row.outcome
    declare("fatal")
    with clock.machine_standing_at(row.lease_until + LEASE):
        run_due(long=False)
    row.refresh_from_db()
    out["then"] = row.outcome
    with clock.machine_standing_at(row.next_at):
        run_due(long=False)
    row.refresh_from_db()
    out["at last"] = row.outcome
    return {**out, "how often it was begun": Path(os.environ[LOG]).read_text().split().count("fatal")}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    if sys.argv[1:]:
        work(sys.argv[1:])
    else:
        with TemporaryDirectory() as folder:
            os.environ[LOG] = f"{folder}/log"
            json.dump(rush(), sys.stdout)
