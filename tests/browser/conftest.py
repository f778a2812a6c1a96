"""Journeys run in Chromium against a real server process with the sample year; nothing outside it may be asked."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.server import Server
from tests.browser.watching import Watch

AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
CHROMIUM_FLAGS = [
    "--no-sandbox",  # Chromium refuses its sandbox to root, as containers and CI machines run
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# Only what is wrong comes back from the browser: all that is right as well would take longer to carry than to find.
AXE_FAULTS = """
async tags => {
    const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
    return found.violations.flatMap(
        ({id, help, nodes}) => nodes.map(node => `${id}: ${node.target[0] ?? '?'} (${help})`));
}
"""
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# On a busy machine a page may take its time.
expect.set_options(timeout=15_000)
EACH_ON_ITS_OWN = ("test_looks",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where two run at a time, the journeys of a module stay with the portal it has opened for them."""
    for item in items:
        if item.path.stem not in EACH_ON_ITS_OWN:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The portal with its sample year, started once; at the end it must have said nothing of an error."""
    running = Server(tmp_path_factory.mktemp("portal")).start()
    yield running
    running.stop()
    assert "Traceback" not in running.said and " ERROR " not in running.said, running.said


@pytest.fixture(scope="session")
def told(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a portal keeps when the sample year has been told and nobody has been there yet."""
    return server.copied_to(tmp_path_factory.mktemp("told") / "portal")


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.url


@pytest.fixture(scope="session", autouse=True)
def _verify_url() -> None:
    """The plug-in would start the shared portal even for tests that bring their own; ours is known to answer."""


@pytest.fixture(scope="session")
def accounts(server: Server) -> list[dict[str, str]]:
    """The accounts of the sample year: user, password, role, agency, unit."""
    answer = server.run("demo", "--json")
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | {"executable_path": shutil.which("chromium"), "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    ours = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": {"width": 1440, "height": 900}}
    return browser_context_args | ours


@pytest.fixture(autouse=True)
def quiet_and_at_home(context: BrowserContext, server: Server, told: Path) -> Iterator[None]:
    """A journey asks no other host for anything and leaves no error in the console."""
    watch = Watch(server.url)
    watch.over(context)
    yield
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def sign_in(accounts: list[dict[str, str]]) -> Callable[[Page, str], None]:
    """`sign_in(page, "user-name")`: through the sign-in form, as the person would."""
    passwords = {account["user"]: account["password"] for account in accounts}

    def sign_in_as(page: Page, user: str) -> None:
        page.goto("/")
        page.fill("input[name=username]", user)
        page.fill("input[name=password]", passwords[user])
        page.press("input[name=password]", "Enter")
        expect(page.locator("input[name=password]")).to_have_count(0)

    return sign_in_as


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)`: what axe-core finds against WCAG 2.2 AA on the page as it stands, one line a fault."""
    source = AXE.read_text(encoding="utf-8")

    def faults_of(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        return page.evaluate(AXE_FAULTS, WCAG_2_2_AA)

    return faults_of
