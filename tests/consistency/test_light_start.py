"""What a web worker holds in memory before its first page, which is what everybody waits for at a start."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.consistency.tree import PROJECT

# Each is needed by few requests or by the processes beside the server, and is imported by whoever needs it.
HEAVY = {
    "PIL", "aiohttp", "asn1crypto", "botocore", "cryptography", "docx", "fontTools", "icalendar", "jmespath", "lxml",
    "pikepdf", "pydyf", "pyhanko", "pyhanko_certvalidator", "python_calamine", "segno", "urllib3", "weasyprint",
    "xlsxwriter",
}  # fmt: skip
_LOADED = """
import json, sys, threading
import portal.wsgi
from django.db import connections
print(json.dumps({
    "modules": sorted({name.partition(".")[0] for name in sys.modules}),
    "pages": [name for name in sys.modules if name.endswith(".views")],
    "threads": threading.active_count(),
    "connected": [one.alias for one in connections.all(initialized_only=True) if one.connection is not None],
}))
"""


@pytest.fixture(scope="module")
def loaded() -> dict:
    """What is there once the application was loaded, in an interpreter of its own, as the web server loads it."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "-W", "ignore", "-c", _LOADED]
    return json.loads(subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=True).stdout)


def test_nothing_heavy_is_imported_before_it_is_asked_for(loaded: dict):
    assert HEAVY.intersection(loaded["modules"]) == set()


def test_every_page_is_there_before_workers_are_forked(loaded: dict):
    """What is imported later is imported by each worker for itself."""
    assert {"agencies.units.views", "coordination.tasks.views", "reports.dashboard.views"} <= set(loaded["pages"])


def test_workers_inherit_no_connection_and_no_thread(loaded: dict):
    """Two processes on one connection read each other's answers; a lock held by a thread that is gone is never free."""
    assert (loaded["threads"], loaded["connected"]) == (1, [])


def test_what_is_called_heavy_is_there():
    """A name that nothing answers to would be found missing for ever."""
    assert {name for name in HEAVY if find_spec(name) is None} == set()
