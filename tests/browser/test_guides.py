"""Every guide is walked from its first step to its last, as its reader would."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from agencies.access.enums import Role
from portal.guidance import LANGUAGES, guide_of
from tests.browser.pictures import SIZE, WANTED
from tests.browser.server import Server
from tests.browser.walking import walk
from tests.browser.watching import Watch


@pytest.fixture(autouse=True)
def quiet_and_at_home() -> None:
    """The readers have a portal of their own, so that what they enter disturbs nobody."""


@pytest.fixture(scope="module")
def sample(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample year as it was told, for readers only."""
    server = Server(shutil.copytree(told, tmp_path_factory.mktemp("readers") / "portal")).start()
    yield server
    server.stop()
    assert "Traceback" not in server.said and " ERROR " not in server.said, server.said


@pytest.mark.parametrize("role", Role)
def test_a_guide_can_be_walked(browser: Browser, sample: Server, role: Role):
    """As in Vietnam; where pictures are asked for, then by a reader who changes to English as well."""
    for language in LANGUAGES if os.environ.get(WANTED) else LANGUAGES[:1]:
        watch = Watch(sample.url)
        context = browser.new_context(
            base_url=sample.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport=SIZE
        )
        watch.over(context)
        page = context.new_page()
        page.goto("/")
        walk(page, guide_of(role, language), takes_pictures=language == LANGUAGES[0])
        context.close()
        assert not watch.faults, "\n".join(watch.faults)
