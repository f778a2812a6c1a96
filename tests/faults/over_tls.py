"""Somebody with a browser's cookies on the other side of TLS, before the shipped proxy; the certificate is checked."""

import contextlib
import http.client
import re
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

HOST = "phoi-hop.example.vn"
_COOKIE = re.compile(r"^([^=;]+)=([^;]*)")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """One visitor: what the portal gave to keep is shown to it again."""

    def __init__(self, port: int, authority: Path, source: str):
        self.port, self.source, self.cookies = port, source, {}
        self.trust = ssl.create_default_context(cafile=authority)

    def line(self) -> ssl.SSLSocket:
        """A connection nothing was sent on yet."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(self.source, 0))
        return self.trust.wrap_socket(plain, server_hostname=HOST)

    def ask(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> Answer:
        """One request on a connection of its own."""
        way = http.client.HTTPConnection(HOST, timeout=60)
        with contextlib.closing(self.line()) as way.sock:
            body = None if fields is None else urlencode(fields)
            told = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
            if body is not None:
                told |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
            way.request("GET" if body is None else "POST", path, body, told)
            answer = way.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, value = _COOKIE.match(cookie).groups()
                self.cookies[name] = value
            return Answer(answer.status, answer.headers, answer.read())

    def fill_in(self, path: str, **fields: str) -> Answer:
        """Open a page and send its form back with these fields."""
        token = _TOKEN.search(self.ask(path).text)
        return self.ask(path, {"csrfmiddlewaretoken": token[1] if token else "", **fields})
