"""A machine that knows nothing but an archive: `python -m tests.faults.alone FOLDER`, run in a copy of the code.

FOLDER/wanted.json says who asks for what; what was answered is left in FOLDER/answers.json. The database server, the
files and, where one was given, the network are this machine's own.
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys
from pathlib import Path

import django

from tests.faults.asking import asked
from tests.faults.ground import ROOT, Ground, cluster
from tests.faults.portal import Portal, served
from tests.faults.visitor import Visitor

_SET_FLAGS, _UP = 0x8914, 0x1  # SIOCSIFFLAGS and IFF_UP of Linux


def raise_loopback() -> None:
    """A network of its own begins with everything down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        fcntl.ioctl(line, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))


def main(folder: Path) -> None:
    """Restore, serve, answer; then once more with one word of the task that is named changed."""
    wanted = json.loads((folder / "wanted.json").read_text())
    if wanted["has_own_network"]:
        raise_loopback()
    (folder / "var").mkdir(exist_ok=True)
    with cluster.throw_away_server() as server:
        ground = Ground(server.address, folder / "var", None, server)
        env = ground.environment(**wanted["environment"])
        _manage(env, "restore", wanted["archive"])
        with served(ground, **wanted["environment"]) as portal:
            answers = _answered(portal, wanted, wanted["paths"])
            ground.sql(
                f"UPDATE coordination_task SET title = title || ' khác' WHERE lower(code) = lower('{wanted['task']}')"
            )
            changed = _answered(portal, wanted, wanted["again"])
    (folder / "answers.json").write_text(json.dumps({"answers": answers, "changed": changed}))


def _answered(portal: Portal, wanted: dict, paths: dict[str, list[str]]) -> dict:
    return {who: asked(Visitor(portal.base, dict(wanted["cookies"][who])), some) for who, some in paths.items()}


def _manage(env: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
