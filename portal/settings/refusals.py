"""What a service does not start with, each in one sentence that says how to mend it.

Why not Django's own translations: they need the settings, which are being read.
"""

import gettext
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"
_ = gettext.translation("django", _LOCALE, languages=["vi"], fallback=True).gettext

_SHORTEST_KEY = 32
_DEBUG_SWITCHES = ("DEBUG", "DJANGO_DEBUG", "PORTAL_DEBUG")
_OFF = ("", "0", "false", "no", "off")
_ENGINES = ("django.db.backends.postgresql", "django.db.backends.sqlite3")


def refuse(faults: Iterable[str]) -> None:
    """Tell every fault at once, so that a start is not tried once for each.

    Rule: R-DEPLOY-1. Raises: ImproperlyConfigured where there is any.
    """
    if told := "\n".join(faults):
        raise ImproperlyConfigured(told)


def faults_of_key(key: str, key_of_demo: Path) -> Iterator[str]:
    """The secret is there, long enough, and no demo's."""
    if not key:
        yield _("PORTAL_SECRET_KEY is missing: make a secret and put it into the environment of the service.")
    elif key_of_demo.exists() and key_of_demo.read_text().strip() == key:
        yield _("PORTAL_SECRET_KEY is the key of a demo. Make a new one for the service.")
    elif len(key) < _SHORTEST_KEY:
        yield _("PORTAL_SECRET_KEY is too short to be a secret: make one of 32 characters or more.")


def faults_of_hosts(hosts: list[str]) -> Iterator[str]:
    """The service knows by which names it is called, so no letter and no link leads anywhere else."""
    if not any(hosts) or "*" in hosts:
        yield _("PORTAL_HOSTS must name the hosts the service answers to.")


def faults_of_switches(environment: Mapping[str, str]) -> Iterator[str]:
    """Pages of a failure would show everybody what is in memory."""
    for name in _DEBUG_SWITCHES:
        if environment.get(name, "").strip().lower() not in _OFF:
            yield _("%(name)s is switched on. A service runs without DEBUG: take it out.") % {"name": name}


def faults_of_database(engine: str) -> Iterator[str]:
    """The address of the database was understood."""
    if engine not in _ENGINES:
        yield _("DATABASE_URL is no address of a database, such as postgres://user:password@host:5432/name.")


def faults_of_sendfile(name: str) -> Iterator[str]:
    """Files are handed out by the portal itself or by nginx."""
    if name not in ("", "nginx"):
        yield _("PORTAL_SENDFILE must be nginx or empty.")
