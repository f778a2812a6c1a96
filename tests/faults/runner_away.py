"""F4: whoever does the jobs is away, the web server's master killed: `python -m tests.faults.runner_away [ROUNDS]`."""

import subprocess
import sys
from collections.abc import Iterator

from tests.faults.ground import ROOT, Fault, Ground, run
from tests.faults.portal import Portal, kill, pause, served
from tests.faults.writing import answers_of, pens_of

FAULT = Fault(
    "F4", "job runner away, web server's master killed", "forms work; jobs wait in the database and are all done", 3
)
_SECONDS_AWAY, _SECONDS_TO_GO = 10.0, 10.0


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from records.jobs.enums import JobState
    from records.models import Job
    from tests.faults.counting import held_against, verified

    with served(ground) as portal, pens_of(portal) as pens:
        asked = {_asked_for(portal, turn) for turn in range(len(ground.office.writers))}
        for _round in range(rounds):
            pause(_SECONDS_AWAY / rounds)
            _master_killed(portal)
    waiting = Job.objects.filter(pk__in=asked, state=JobState.WAITING).count()
    yield f"{rounds} masters killed ({answers_of(pens)})", sum(pen.traces for pen in pens) == 0
    yield f"{waiting} of {len(asked)} jobs waited", waiting == len(asked)
    _work_once(ground)
    done = Job.objects.filter(pk__in=asked, state=JobState.DONE).count()
    yield f"{done} done once somebody came", done == len(asked)
    yield from held_against(pens)
    yield verified()


def _asked_for(portal: Portal, turn: int) -> int:
    """The number of the job that will draw a paper for one of the officials."""
    answer = portal.somebody(turn).open(f"/bao-cao/chuong-trinh/{portal.ground.office.program}.pdf")
    if answer.status != 302:
        raise LookupError(f"no job was asked for: {answer.status}")
    return int(answer.location.split("/")[2])


def _master_killed(portal: Portal) -> None:
    """Its workers notice and go; then it is opened again at the same address."""
    kill(portal.process.pid)
    portal.process.wait()
    portal.open()


def _work_once(ground: Ground) -> None:
    command = [sys.executable, "manage.py", "work", "--once"]
    subprocess.run(command, cwd=ROOT, env=ground.environment(), check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
