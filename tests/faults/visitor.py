"""Somebody before the served portal: signs in as everybody does, fills in forms as they are shown, sends them."""

import contextlib
import http.client
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

_COOKIE = re.compile(r"^([^=;]+)=([^;]*)")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    location: str = ""

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Letter:
    """A form filled in: it can be sent again and stays the same form."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str, bytes], ...] = ()

    def packed(self) -> tuple[str, bytes]:
        """Its media type and its body, as a browser packs it."""
        if not self.files:
            return "application/x-www-form-urlencoded", urlencode(self.fields).encode()
        line = secrets.token_hex(12)
        parts = [_part(line, f'name="{name}"', value.encode()) for name, value in self.fields]
        parts += [_part(line, f'name="{name}"; filename="{file}"', content) for name, file, content in self.files]
        return f"multipart/form-data; boundary={line}", b"".join([*parts, f"--{line}--\r\n".encode()])


@dataclass
class Visitor:
    """Somebody with a browser's cookies; every request goes over a connection of its own."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> Answer:
        """Raises: OSError, HTTPException where nobody answers."""
        return self._ask("GET", path, None, {})

    def send(self, letter: Letter) -> Answer:
        """Raises: as `open`."""
        kind, body = letter.packed()
        return self._ask("POST", letter.path, body, {"Content-Type": kind})

    def written(self, path: str, typed: Mapping[str, str], files: tuple = ()) -> Letter:
        """The form of a page that has these fields, filled in and not yet sent.

        Raises: as `open`; LookupError where the page did not open.
        """
        from tests.integration.hostile import Page  # knows the portal's tables, which are not set up as this is read

        answer = self.open(path)
        if answer.status != 200:
            raise LookupError(f"{path} answered {answer.status}")
        shown = Page(answer.text).form_with(*typed).sent()
        token = _TOKEN.search(answer.text)
        sent = {"csrfmiddlewaretoken": [token[1] if token else ""]} | shown | {k: [v] for k, v in typed.items()}
        fields = tuple((name, value) for name, values in sent.items() for value in values)
        return Letter(path, fields, files)

    def sign_in(self, username: str, password: str) -> "Visitor":
        answer = self.send(self.written("/dang-nhap/", {"username": username, "password": password}))
        if answer.status != 302:
            raise LookupError(f"{username} was not let in: {answer.status}")
        return self

    def head_of(self, letter: Letter) -> bytes:
        """What goes over the line before the body, for those who break off."""
        kind, body = letter.packed()
        lines = [f"POST {letter.path} HTTP/1.1", *(f"{name}: {value}" for name, value in self._headers().items())]
        more = [f"Host: {urlsplit(self.base).netloc}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, *more, "", ""]).encode()

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        place = urlsplit(self.base)
        line = http.client.HTTPConnection(place.hostname, place.port, timeout=PATIENCE_SECONDS)
        with contextlib.closing(line):
            line.request(method, path, body, self._headers() | headers)
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, value = _COOKIE.match(cookie).groups()
                self.cookies[name] = value
            return Answer(answer.status, answer.read(), answer.headers.get("Location", ""))

    def _headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookies, "Origin": self.base, "Connection": "close"}


def _part(line: str, told: str, content: bytes) -> bytes:
    return f"--{line}\r\nContent-Disposition: form-data; {told}\r\n\r\n".encode() + content + b"\r\n"
