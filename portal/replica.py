"""Reading from a copy of the database: which requests may, how it is known that it follows, when it is left alone.

`REPLICA_URL` names the copy, which PostgreSQL keeps up to date itself. Rules: R-READ-1, R-READ-2, R-READ-3.
"""

import logging
import threading
from contextlib import suppress
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from portal.middleware import Handler
from records import clock

log = logging.getLogger(__name__)

PRIMARY, COPY = "default", "replica"
# A copy that lacks something older than two looks is not read; who has written reads the primary for longer than that.
LOOK_EVERY = timedelta(seconds=3)
AFTER_WRITING_SECONDS = 10
REST = timedelta(seconds=30)

_reads_copy: ContextVar[bool] = ContextVar("reads_copy", default=False)


class Router:
    """Reads of a request that may use the copy go there, outside transactions; everything else to the primary.

    Rule: R-READ-1.
    """

    def db_for_read(self, model, **hints) -> str:
        """The copy while a request reads from it and no transaction is open."""
        return COPY if _reads_copy.get() and not connections[PRIMARY].in_atomic_block else PRIMARY

    def db_for_write(self, model, **hints) -> str:
        """The primary; a request that has written reads there from then on. Rule: R-READ-2."""
        _reads_copy.set(False)
        return PRIMARY

    def allow_relation(self, one, other, **hints) -> bool:
        """Both hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints) -> bool | None:
        """The copy gets its tables from the primary."""
        return False if db == COPY else None


class Follower:
    """Whether the copy follows, looked at now and then: it has all that the primary had at the look before.

    Rule: R-READ-3.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._looked_at: datetime | None = None
        self._follows = False
        self._wanted = ""

    def may_be_read(self, primary: BaseDatabaseWrapper, copy: BaseDatabaseWrapper) -> bool:
        """The answer of the last look; a new one when that is old. Only one thread looks, the others do not wait."""
        now = clock.machine_now()
        if self._looked_at and now < self._looked_at + (LOOK_EVERY if self._follows else REST):
            return self._follows
        if self._lock.acquire(blocking=False):
            try:
                self._look(primary, copy, now)
            finally:
                self._lock.release()
        return self._follows

    def leave_alone(self, why: object) -> None:
        """Not to be read for a while."""
        if self._follows or self._looked_at is None:
            log.warning("The copy of the database is not read for now: %s", str(why).strip())
        self._looked_at, self._follows, self._wanted = clock.machine_now(), False, ""

    def _look(self, primary: BaseDatabaseWrapper, copy: BaseDatabaseWrapper, now: datetime) -> None:
        present = _one(primary, "SELECT pg_current_wal_lsn()::text")
        try:
            has_all = _one(
                copy,
                "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn",
                self._wanted or present,
            )
        except DatabaseError as failure:
            with suppress(DatabaseError, InterfaceError):
                copy.close()
            self.leave_alone(failure)
            return
        if not has_all:
            self.leave_alone("it follows no server, or it lies behind")
            return
        if not self._follows:
            log.warning("The copy of the database follows and is read.")
        self._looked_at, self._follows, self._wanted = now, True, present


follower = Follower()


def reads_from_replica(get_response: Handler):
    """Let the pages of people signed in be read from the copy, unless they have just written something."""
    return _FromCopy(get_response)


class _FromCopy:
    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.REPLICA_URL:
            return self.get_response(request)
        token = _reads_copy.set(_may_read_copy(request))
        try:
            response = self.get_response(request)
        finally:
            _reads_copy.reset(token)
        if request.method not in ("GET", "HEAD") and request.user.is_authenticated:
            _mark(response)
        return response

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """A copy that fails in the middle of a page: the page is asked for again, and then read from the primary."""
        if not (_reads_copy.get() and isinstance(failure, OperationalError | InterfaceError)):
            return None
        connections[COPY].close()
        follower.leave_alone(failure)
        return HttpResponseRedirect(request.get_full_path())


def _may_read_copy(request: HttpRequest) -> bool:
    """Rule: R-READ-1, R-READ-2."""
    if (
        request.method not in ("GET", "HEAD")
        or not request.user.is_authenticated
        or settings.WRITTEN_COOKIE_NAME in request.COOKIES
    ):
        return False
    return follower.may_be_read(connections[PRIMARY], connections[COPY])


def _mark(response: HttpResponse) -> None:
    """Who has sent something sees what came of it: their browser is told to say so for a while."""
    response.set_cookie(
        settings.WRITTEN_COOKIE_NAME,
        "1",
        max_age=AFTER_WRITING_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _one(connection: BaseDatabaseWrapper, question: str, *given: str):
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchone()[0]
