"""Reading from a copy: a real PostgreSQL server with a real one that follows it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import environ
import pytest
from django.db import ConnectionHandler, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from agencies.models import User
from portal import replica
from records import clock
from tests.consistency.tree import PROJECT

pytestmark = pytest.mark.on_postgresql
SIGNED_IN, STRANGER = SimpleNamespace(is_authenticated=True), SimpleNamespace(is_authenticated=False)


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[str, str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PROJECT / ".ci"))
        import cluster

        with cluster.throw_away_pair() as addresses:
            yield addresses


@pytest.fixture
def both(pair, settings, monkeypatch, django_db_blocker) -> Iterator[ConnectionHandler]:
    """Connections to the two servers, taken by the portal for its own; a follower that has not looked yet."""
    known = {
        name: environ.Env.db_url_config(address)
        for name, address in zip((replica.PRIMARY, replica.COPY), pair, strict=True)
    }
    handler = ConnectionHandler(known)
    settings.REPLICA_URL = pair[1]
    monkeypatch.setattr(replica, "connections", handler)
    monkeypatch.setattr(replica, "follower", replica.Follower())
    with django_db_blocker.unblock():
        wait_for_all(handler)
        yield handler
        handler.close_all()


def asked(both: ConnectionHandler, name: str, question: str):
    with both[name].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone() if cursor.description else None


def wait_for_all(both: ConnectionHandler) -> None:
    """A write the primary gives back only when the copy has it too, and with it all that was before."""
    asked(both, replica.PRIMARY, "ALTER SYSTEM SET synchronous_standby_names = '*'")
    asked(both, replica.PRIMARY, "SELECT pg_reload_conf()")
    both[replica.PRIMARY].close()
    asked(both, replica.PRIMARY, "SET synchronous_commit = remote_apply")
    asked(both, replica.PRIMARY, "CREATE TABLE IF NOT EXISTS written (n int)")
    asked(both, replica.PRIMARY, "INSERT INTO written VALUES (1)")


@contextmanager
def held_back(both: ConnectionHandler) -> Iterator[None]:
    """Something is written that the copy does not get to see."""
    asked(both, replica.COPY, "SELECT pg_wal_replay_pause()")
    asked(both, replica.PRIMARY, "SET synchronous_commit = local")
    asked(both, replica.PRIMARY, "INSERT INTO written VALUES (3)")
    try:
        yield
    finally:
        asked(both, replica.COPY, "SELECT pg_wal_replay_resume()")


def look(both: ConnectionHandler, later: timedelta) -> bool:
    with clock.machine_standing_at(clock.machine_now() + later):
        return replica.follower.may_be_read(both[replica.PRIMARY], both[replica.COPY])


def opened(method: str, user=SIGNED_IN, cookies: dict | None = None, view: Callable | None = None):
    """The answer to a request, and from where its page was read."""
    read_from = []

    def page(request):
        read_from.append(replica.Router().db_for_read(User))
        return view(request) if view else HttpResponse()

    request = RequestFactory().generic(method, "/tong-quan/?year=2022")
    request.user = user
    request.COOKIES |= cookies or {}
    return replica.reads_from_replica(page)(request), read_from[0]


def test_page_of_somebody_signed_in_is_read_from_the_copy(both):
    """R-READ-1."""
    assert opened("GET")[1] == replica.COPY
    assert opened("GET", user=STRANGER)[1] == replica.PRIMARY
    assert opened("POST")[1] == replica.PRIMARY
    assert replica.Router().db_for_read(User) == replica.PRIMARY, "outside a request"


def test_within_a_transaction_the_primary_is_read(both):
    """R-READ-1."""
    seen = []

    def view(request):
        both[replica.PRIMARY].set_autocommit(False)
        both[replica.PRIMARY].in_atomic_block = True
        seen.append(replica.Router().db_for_read(User))
        both[replica.PRIMARY].in_atomic_block = False
        both[replica.PRIMARY].set_autocommit(True)
        return HttpResponse()

    assert opened("GET", view=view)[1] == replica.COPY
    assert seen == [replica.PRIMARY]


def test_who_has_written_reads_the_primary_for_a_while(both, settings):
    """R-READ-2."""
    answer, _where = opened("POST")
    marked = answer.cookies[settings.WRITTEN_COOKIE_NAME]
    assert marked["max-age"] == replica.AFTER_WRITING_SECONDS
    assert 2 * replica.LOOK_EVERY.total_seconds() < replica.AFTER_WRITING_SECONDS
    assert opened("GET", cookies={settings.WRITTEN_COOKIE_NAME: marked.value})[1] == replica.PRIMARY
    assert settings.WRITTEN_COOKIE_NAME not in opened("GET")[0].cookies


def test_request_that_writes_reads_the_primary_from_then_on(both):
    """R-READ-2."""
    seen = []

    def view(request):
        router = replica.Router()
        seen.extend((router.db_for_write(User), router.db_for_read(User)))
        return HttpResponse()

    opened("GET", view=view)
    assert seen == [replica.PRIMARY, replica.PRIMARY]


def test_copy_takes_no_write(both):
    """R-READ-1: what is sent there by mistake is refused by the copy itself."""
    with pytest.raises(Exception, match="read-only transaction"):
        asked(both, replica.COPY, "INSERT INTO written VALUES (2)")


def test_copy_that_lies_behind_is_left_alone_until_it_has_caught_up(both, caplog):
    """R-READ-3."""
    caplog.set_level(logging.WARNING)
    assert look(both, timedelta())
    with held_back(both):
        assert look(both, timedelta(seconds=1)), "the last look is young enough"
        assert look(both, timedelta(seconds=4)), "all of the look before is there"
        assert not look(both, timedelta(seconds=8))
    assert "or it lies behind" in caplog.text
    wait_for_all(both)
    assert not look(both, timedelta(seconds=20)), "it rests for half a minute"
    assert look(both, timedelta(seconds=60))


def test_page_on_which_the_copy_fails_is_asked_for_again(both, caplog):
    """R-READ-3."""
    handler = replica.reads_from_replica(lambda request: HttpResponse())
    request = RequestFactory().get("/tong-quan/?year=2022")
    token = replica._reads_copy.set(True)
    answer = handler.process_exception(request, OperationalError("terminating connection"))
    assert (answer.status_code, answer.url) == (302, "/tong-quan/?year=2022")
    assert handler.process_exception(request, ValueError()) is None
    replica._reads_copy.reset(token)
    assert handler.process_exception(request, OperationalError("of the primary")) is None
    assert opened("GET")[1] == replica.PRIMARY
    assert "not read for now: terminating connection" in caplog.text


def test_without_a_copy_in_reach_pages_are_read_from_the_primary(both, monkeypatch, caplog):
    """R-READ-3."""
    nowhere = both.settings[replica.COPY] | {"PORT": 1}
    gone = ConnectionHandler({replica.PRIMARY: both.settings[replica.PRIMARY], replica.COPY: nowhere})
    monkeypatch.setattr(replica, "connections", gone)
    assert opened("GET")[1] == replica.PRIMARY
    assert opened("GET")[1] == replica.PRIMARY
    assert caplog.text.count("not read for now") == 1
    gone.close_all()


def test_copy_gets_its_tables_from_the_primary():
    assert replica.Router().allow_migrate(replica.COPY, "coordination") is False
    assert replica.Router().allow_migrate(replica.PRIMARY, "coordination") is None
    assert replica.Router().allow_relation(None, None)
