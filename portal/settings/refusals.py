"""What a service does not start with, each in one sentence that says how to mend it.

Why not Django's own translations: they need the settings, which are being read.
"""

import gettext
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"
_ = gettext.translation("django", _LOCALE, languages=["vi"], fallback=True).gettext

_SHORTEST_KEY = 32
_DEBUG_SWITCHES = ("DEBUG", "DJANGO_DEBUG", "PORTAL_DEBUG")
_OFF = ("", "0", "false", "no", "off")
_ENGINES = ("django.db.backends.postgresql", "django.db.backends.sqlite3")


class Environment(environ.Env):
    """What the environment says. A value that is no number or address is named, never shown: it may be a secret."""

    def get_value(self, var, *args, **kwargs):
        try:
            return super().get_value(var, *args, **kwargs)
        except ValueError:
            raise ImproperlyConfigured(_("The value of %(name)s was not understood.") % {"name": var}) from None

    def db_url(self, var, *args, **kwargs):
        try:
            with warnings.catch_warnings(action="ignore", category=UserWarning):  # said in our words below
                return super().db_url(var, *args, **kwargs)
        except ValueError:
            raise ImproperlyConfigured(*faults_of_database("")) from None


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


def faults_of_mail(url: str, address: str) -> Iterator[str]:
    """The mail server's address was understood, and letters know where their links lead."""
    if url and not _is_mail_server(url):
        yield _("EMAIL_URL is no address of a mail server, such as smtp+tls://user:password@mail.example.vn:587.")
    if url and not address:
        yield _("PORTAL_ADDRESS is missing: the links of letters lead there. Such as https://phoi-hop.example.vn.")
    if address and not _is_address(address):
        yield _("PORTAL_ADDRESS must be an address such as https://phoi-hop.example.vn.")


def _is_mail_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in environ.Env.EMAIL_SCHEMES and (parts.port or 25) > 0
    except ValueError:
        return False


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.path.rstrip("/")
    except ValueError:
        return False


def faults_of_sendfile(name: str) -> Iterator[str]:
    """Files are handed out by the portal itself or by nginx."""
    if name not in ("", "nginx"):
        yield _("PORTAL_SENDFILE must be nginx or empty.")
