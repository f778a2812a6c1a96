"""What a web worker holds in memory before its first page, which is what everybody waits for at a start."""

import os
import subprocess
import sys
from importlib.util import find_spec

from tests.consistency.tree import PROJECT

# Each is needed by few requests or by the processes beside the server, and is imported by whoever needs it.
HEAVY = {
    "PIL", "aiohttp", "asn1crypto", "cryptography", "docx", "fontTools", "icalendar", "lxml", "pikepdf", "pydyf",
    "pyhanko", "pyhanko_certvalidator", "python_calamine", "segno", "weasyprint", "xlsxwriter",
}  # fmt: skip
_LOADED = """
import sys
from django.urls import get_resolver
import portal.wsgi
get_resolver().url_patterns
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_nothing_heavy_is_imported_before_it_is_asked_for():
    """The application and all its addresses, in an interpreter of their own."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "-W", "ignore", "-c", _LOADED]
    loaded = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=True).stdout.split()
    assert {"portal", "reports", "coordination", "agencies", "records", "django"} <= set(loaded)
    assert HEAVY.intersection(loaded) == set()


def test_what_is_called_heavy_is_there():
    """A name that nothing answers to would be found missing for ever."""
    assert {name for name in HEAVY if find_spec(name) is None} == set()
