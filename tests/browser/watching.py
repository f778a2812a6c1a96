"""What a journey must not do: ask another host for anything, leave an error in the console."""

import re

from playwright.sync_api import BrowserContext

# A page that answers 403, 404, 409 or 422 as it should is told in the console by Chromium itself.
EXPECTED_IN_CONSOLE = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


class Watch:
    """Looks over any number of browser contexts at one portal and keeps what it should not have seen."""

    def __init__(self, home: str):
        self.home = home
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watch a context from now on."""
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def _note_request(self, request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.faults.append(f"asked another host: {request.url}")

    def _note_console(self, message) -> None:
        if message.type == "error" and not EXPECTED_IN_CONSOLE.match(message.text):
            self.faults.append(f"console: {message.text}")
