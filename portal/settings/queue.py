"""Where jobs wait to be done: a table of the portal's own database, or Redis where several machines share one queue."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from .refusals import _

TABLE = "django_tasks_db.DatabaseBackend"
_REDIS = "records.jobs.redis_queue.Backend"
_SCHEMES = ("redis", "rediss")
_AUTHORITIES = "ssl_ca_certs"


def backend_of(named: str) -> str:
    """The backend of Django's task interface: PORTAL_QUEUE is empty, an address of Redis, or a backend's own name."""
    return _REDIS if is_redis(named) else named or TABLE


def is_redis(named: str) -> bool:
    return "://" in named and named.partition("://")[0] in _SCHEMES


def faults_of_queue(named: str) -> Iterator[str]:
    """The address was understood, and what speaks to Redis is installed."""
    if "://" in named and not (is_redis(named) and _is_whole(named)):
        yield _("PORTAL_QUEUE is no address of Redis, such as redis://127.0.0.1:6379/0.")
    elif is_redis(named) and not _is_understood_behind(urlsplit(named).query):
        yield _("Behind the address in PORTAL_QUEUE only ?ssl_ca_certs=FILE may stand, a file with certificates.")
    elif is_redis(named) and find_spec("rq") is None:
        yield _("PORTAL_QUEUE names Redis, whose packages are missing: pip install -r requirements-redis.txt")


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0 and (parts.path.strip("/") or "0").isdigit()
    except ValueError:
        return False


def _is_understood_behind(query: str) -> bool:
    """The certificates of the authorities that vouch for the server, or nothing: all else would weaken the line."""
    given = parse_qsl(query, keep_blank_values=True)
    return all(name == _AUTHORITIES and Path(value).is_file() for name, value in given)
