"""A body of data behind a served portal, ready to be measured."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.data.places import PASSWORD
from tests.bench.load.http import Visitor
from tests.bench.load.plan import plan_of
from tests.bench.load.rush import Server
from tests.bench.load.serving import ROOT, Served, served
from tests.bench.load.subjects import Subjects
from tests.bench.load.systems import System

_WHO = ("reader", "leader", "official")


@contextmanager
def ready(name: str, database: str, home: Path) -> Iterator[tuple[System, Served, Subjects, dict]]:
    """The portal on a filled database with its reader, leader and official signed in."""
    told = _asked_of(database)
    found = Subjects(**{key: _tuples(value) for key, value in told.pop("subjects").items()})
    with served(database, home) as portal:
        visitors = {who: asyncio.run(_signed_in(portal.base, getattr(found, who))) for who in _WHO}
        server = Server(portal.pid, told["database_pid"])
        yield System(name, server, plan_of(found), visitors), portal, found, told


def _asked_of(database: str) -> dict:
    """What only the database can tell, by a process of its own: this one may be connected to another one."""
    env = os.environ | {"DATABASE_URL": database}
    command = [sys.executable, "-m", "tests.bench.load.telling"]
    return json.loads(subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE).stdout)


async def _signed_in(base: str, username: str) -> Visitor:
    visitor = Visitor(base)
    await visitor.sign_in("/dang-nhap/", username=username, password=PASSWORD)
    return visitor


def _tuples(value):
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
