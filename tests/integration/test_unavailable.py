"""What passes or is mended on the server is told as such: 503, in words, with a time to try again."""

import errno
import logging
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client

from portal.session_store import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _failures_are_expected(monkeypatch):
    for name in ("django.request", "portal.views.errors"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)


def answered(error: Exception):
    """The page of a failure, where every statement to the database ends in one."""

    def fail(execute: Callable, *statement) -> None:
        raise error

    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "session-that-has-to-be-read"
    with connection.execute_wrapper(fail):
        return client.get("/")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("server closed the connection unexpectedly"), "Cơ sở dữ liệu tạm thời không trả lời"),
        (OSError(errno.ENOSPC, "No space left on device"), "Ổ đĩa của máy chủ đã đầy"),
        (OSError(errno.EROFS, "Read-only file system"), "Ổ đĩa của máy chủ đã đầy"),
    ],
)
def test_what_passes_is_told_in_words_and_when_to_try_again(error, words):
    """Rule: R-FAULT-1."""
    response = answered(error)
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert words in page
    assert "Mã 503" in page
    assert str(error) not in page


@pytest.mark.parametrize("error", [ProgrammingError("no such column"), OSError(errno.EACCES, "Permission denied")])
def test_what_nobody_mends_by_waiting_stays_a_failure(error):
    response = answered(error)
    assert response.status_code == 500
    assert "Retry-After" not in response
    assert str(error) not in response.content.decode()


def test_a_session_that_cannot_be_kept_for_a_while_is_not_told_to_be_gone():
    """Rule: R-FAULT-1. Found by cutting connections amid posts: the answer was a failure that nobody could mend."""
    session = SessionStore()
    session.create()
    away = OperationalError("server closed the connection unexpectedly")

    def fail_to_write(execute: Callable, words: str, *rest) -> object:
        if words.startswith("UPDATE"):
            raise away
        return execute(words, *rest)

    with connection.execute_wrapper(fail_to_write), pytest.raises(OperationalError) as told:
        session.save()
    assert told.value is away
    SessionStore(session.session_key).delete()
    with pytest.raises(UpdateError):
        session.save()
