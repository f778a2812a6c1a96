"""Where jobs wait to be done: a table of the portal's own database, or Redis where several machines share one queue."""

from collections.abc import Iterator
from importlib.util import find_spec
from urllib.parse import urlsplit

from .refusals import _

TABLE = "django_tasks_db.DatabaseBackend"
_REDIS = "records.jobs.redis_queue.Backend"
_SCHEMES = ("redis", "rediss")


def backend_of(named: str) -> str:
    """The backend of Django's task interface: PORTAL_QUEUE is empty, an address of Redis, or a backend's own name."""
    return _REDIS if is_redis(named) else named or TABLE


def is_redis(named: str) -> bool:
    return "://" in named and named.partition("://")[0] in _SCHEMES


def faults_of_queue(named: str) -> Iterator[str]:
    """The address was understood, and what speaks to Redis is installed."""
    if "://" in named and not (is_redis(named) and _is_whole(named)):
        yield _("PORTAL_QUEUE is no address of Redis, such as redis://127.0.0.1:6379/0.")
    elif is_redis(named) and find_spec("rq") is None:
        yield _("PORTAL_QUEUE names Redis, whose packages are missing: pip install -r requirements-redis.txt")


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0 and (parts.path.strip("/") or "0").isdigit()
    except ValueError:
        return False
