"""A small HTTP client that costs little: one connection a request, cookies kept, forms read as a browser would."""

import asyncio
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.integration.hostile import Page

_COOKIE = re.compile(rb"\r\n[Ss]et-[Cc]ookie: *([^=\r\n]+)=([^;\r\n]*)")
_LENGTH = re.compile(rb"\r\n[Cc]ontent-[Ll]ength: *(\d+)")
_CHUNKED = b"transfer-encoding: chunked"
_OPENING_SECONDS = 30


class Unexpected(Exception):
    """A page answered otherwise than a measurement needs; its time would mean nothing."""


@dataclass(frozen=True)
class Request:
    """What is asked for and how a good answer is known: by its status and by a part of its body."""

    path: str
    fields: Sequence[tuple[str, str]] | None = None
    status: int = 200
    expect: bytes = b""

    def is_met_by(self, answer: "Answer") -> bool:
        """Whether the answer is the one wanted."""
        return answer.status == self.status and self.expect in answer.body


@dataclass(frozen=True)
class Answer:
    """Status, head and whole body of one answer."""

    status: int
    head: bytes
    body: bytes


@dataclass
class Visitor:
    """Somebody with cookies before one server."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    token: str = "csrfmiddlewaretoken"

    async def ask(self, request: Request, timeout: float = 120) -> Answer:
        """One request on a connection of its own.

        Raises: OSError, TimeoutError, asyncio.IncompleteReadError.
        """
        return await asyncio.wait_for(self._ask(request), timeout)

    async def _ask(self, request: Request) -> Answer:
        place = urlsplit(self.base)
        reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=1 << 20)
        try:
            writer.write(self._written(request, place.netloc))
            head = await reader.readuntil(b"\r\n\r\n")
            body = await _body(reader, head)
        finally:
            writer.close()
        self.cookies |= {name.decode(): value.decode() for name, value in _COOKIE.findall(head)}
        return Answer(int(head[9:12]), head, body)

    def _written(self, request: Request, netloc: str) -> bytes:
        body = b"" if request.fields is None else urlencode(list(request.fields)).encode()
        lines = [
            f"{'GET' if request.fields is None else 'POST'} {request.path} HTTP/1.1",
            f"Host: {netloc}", "Connection: close", "Accept: text/html,*/*",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        ]  # fmt: skip
        if self.encoding:
            lines.append(f"Accept-Encoding: {self.encoding}")
        if request.fields is not None:
            lines += [
                "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
                f"Origin: {self.base}", f"Referer: {self.base}{request.path}",
            ]  # fmt: skip
        return "\r\n".join([*lines, "", ""]).encode() + body

    async def form(self, path: str, *holding: str) -> list[tuple[str, str]]:
        """What the form with these fields would send as it is shown."""
        answer = await self.ask(Request(path))
        if answer.status != 200:
            raise Unexpected(f"{path} answered {answer.status}")
        page = answer.body.decode()
        sent = Page(page).form_with(*holding).sent()
        token = (self.token, self.cookies.get("csrftoken") or _typed_into(page, self.token))
        return [token, *((name, one) for name, values in sent.items() for one in values)]

    async def sign_in(self, path: str, **typed: str) -> None:
        """Through the sign-in page, as everybody comes in."""
        fields = dict(await self.form(path, *typed)) | typed
        answer = await self.ask(Request(path, list(fields.items())))
        if answer.status not in (302, 303):
            raise Unexpected(f"{path} refused {next(iter(typed.values()))}: {answer.status}")


def _typed_into(page: str, name: str) -> str:
    """The value of a hidden field that guards against forgery, where no cookie holds it."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    return html.unescape(found[1]) if found else ""


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    if _CHUNKED in head.lower():
        parts = []
        while length := int((await reader.readline()).split(b";")[0], 16):
            parts.append(await reader.readexactly(length))
            await reader.readexactly(2)
        return b"".join(parts)
    if told := _LENGTH.search(head):
        return await reader.readexactly(int(told[1]))
    return await reader.read(-1)
