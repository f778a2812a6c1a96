"""F21: the secret key is exchanged, the signers' certificates run out: `python -m tests.faults.secrets_turned`."""

import subprocess
import sys
from collections.abc import Iterator

from tests.faults.ground import ROOT, Fault, Ground, run
from tests.faults.portal import served
from tests.faults.visitor import Visitor

FAULT = Fault(
    "F21", "secret key exchanged, certificates run out", "people sign in again; what was signed still verifies"
)
_YEARS = 20


def play(ground: Ground, _rounds: int) -> Iterator[tuple[str, bool]]:
    from django.conf import settings

    from records import clock
    from reports.signing.queries import broken_states
    from tests.conftest import MOMENT
    from tests.faults.signed import Desk

    with clock.standing_at(MOMENT):
        desk = Desk(ground)
        desk.take()
    with served(ground) as portal:
        visitor = portal.somebody()
        yield "signed in under the first key", visitor.open("/nhiem-vu/").status == 200
    before, after = settings.SECRET_KEY, "another-key-" + "y" * 40
    with served(ground, PORTAL_SECRET_KEY=after, PORTAL_OLD_SECRET_KEYS=before) as portal:
        opened = portal.somebody().open("/nhiem-vu/").status
        yield "another key, the one before among the old: they go on working", opened == 200
    said = _verified(ground, after, before)
    yield f"then {said}", said == "verify finds nothing"
    with served(ground, PORTAL_SECRET_KEY=after) as portal:
        there = Visitor(portal.base, dict(visitor.cookies))
        yield "the old one gone: the first device has to sign in again", there.open("/nhiem-vu/").status == 302
        yield "and can", portal.somebody().open("/nhiem-vu/").status == 200
    said = _verified(ground, after, "")
    yield f"then {said}", said == "verify finds nothing"
    with clock.standing_at(MOMENT.replace(year=MOMENT.year + _YEARS)):
        yield f"{_YEARS} years later what was signed verifies", not list(broken_states()) and desk.is_signed_once()


def _verified(ground: Ground, key: str, before: str) -> str:
    env = ground.environment(PORTAL_SECRET_KEY=key, PORTAL_OLD_SECRET_KEYS=before)
    command = [sys.executable, "manage.py", "verify", "--files"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    return "verify finds nothing" if done.returncode == 0 else (done.stdout + done.stderr)[-300:]


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
