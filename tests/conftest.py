"""What every test stands on: a held clock, a throw-away file store, a signed-in client, and no test left out."""

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from portal.middleware import ACTING_KEY
from records import clock

CONFERENCE_DAY = date(2022, 3, 30)
# The conference of the sample year has just closed.
MOMENT = datetime.fromisoformat("2022-03-30T17:30:00+07:00")


# Looking for rubbish cycles after every 700 new objects takes a twentieth of the time of a test run.
gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def held_clock() -> Iterator[datetime]:
    """Every test lives at one moment; a test that needs another stands in `clock.standing_at(...)` itself."""
    with clock.standing_at(MOMENT):
        yield MOMENT


@pytest.fixture(autouse=True)
def nothing_found_damaged() -> Iterator[None]:
    """What `manage.py verify` found in one test stands on no page of the next, whose records have the same numbers."""
    yield
    Path(settings.MEDIA_ROOT, "verified.json").unlink(missing_ok=True)


@pytest.fixture
def today() -> date:
    """The day every test lives on."""
    return CONFERENCE_DAY


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    """`sign_in(membership)` or `sign_in(user)`: a client past the sign-in page, acting in that membership."""

    def signed_in(someone, **extra) -> Client:
        client = Client(**extra)
        client.force_login(getattr(someone, "user", someone), backend="django.contrib.auth.backends.ModelBackend")
        if hasattr(someone, "user"):
            session = client.session
            session[ACTING_KEY] = someone.pk
            session.save()
        return client

    return signed_in


def pytest_unconfigure() -> None:
    """Files kept during the tests lie in the temporary folder of the test settings and go with the session."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test has shown nothing, so a session that skipped one has not passed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.ensure_newline()
        for report in skipped:
            reporter.write_line(f"NOT RUN: {report.nodeid}")
