"""Everything a portal answers to somebody: addresses found page by page, and what is to be read at each."""

import hashlib
import io
import subprocess
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.faults.visitor import Answer, Visitor

Told = dict[str, list]
_OF_EACH_ROUTE = 3
_NEW_EACH_TIME = ("csrfmiddlewaretoken", "form_token")  # against forged forms, against forms sent twice
_UNREAD = {"script", "style", "template"}


def walked(visitor: Visitor, most: int) -> Told:
    """What up to so many addresses answer: those of pages without arguments and those found along links, in turn; of
    these one whose kind was met least.
    """
    begun, linked, met, told = deque(["/", *first_addresses()]), {}, Counter(), {}
    while (begun or linked) and len(told) < most:
        by_link = linked and (not begun or len(told) % 2)
        path = min(linked, key=lambda one: met[linked[one]]) if by_link else begun.popleft()
        linked.pop(path, None)
        route = route_of(path)
        if path in told or not route or met[route] >= _OF_EACH_ROUTE:
            continue
        met[route] += 1
        answer = visitor.open(path)
        told[path] = what_is_read(answer)
        found = {link: route_of(link) for link in links_of(answer, path) if link not in told}
        linked |= {link: route for link, route in found.items() if route and met[route] < _OF_EACH_ROUTE}
    return told


def asked(visitor: Visitor, paths: Iterable[str]) -> Told:
    """What these addresses answer, asked in this order."""
    return {path: what_is_read(visitor.open(path)) for path in paths}


def first_addresses() -> Iterator[str]:
    """The pages of docs/routes.txt that need no argument and can be opened."""
    from django.urls import NoReverseMatch, reverse

    from portal.permissions_page.routes import read

    for route in sorted({route for (route, _state), given in read().rows.items() if set(given.get) != {"405"}}):
        try:
            yield reverse(route)
        except NoReverseMatch:
            continue


@cache
def route_of(path: str) -> str:
    """The name of the view behind an address of the portal's own, or nothing."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def links_of(answer: Answer, path: str) -> list[str]:
    """Where a page leads within the portal."""
    if not _is_page(answer.body):
        return [answer.location] if answer.location.startswith("/") else []
    found = (urldefrag(urljoin(path, link))[0] for link in _read(answer.text).links)
    return [link for link in dict.fromkeys(found) if link.startswith("/")]


def what_is_read(answer: Answer) -> list:
    """Status, where it sends one, and the text: of a page with its links and fields, of a PDF, of a workbook's and a
    document's parts; the digest of anything else.
    """
    return [answer.status, answer.location, _text_of(answer.body)]


def _text_of(body: bytes) -> str:
    if _is_page(body):
        return " ".join(_read(body.decode()).words)
    if body.startswith(b"%PDF"):
        command = ["pdftotext", "-layout", "-", "-"]
        return subprocess.run(command, input=body, capture_output=True, check=True).stdout.decode()
    if body.startswith(b"PK"):
        return "\n".join(_parts_of(body))
    try:
        return body.decode()
    except UnicodeDecodeError:
        return hashlib.sha256(body).hexdigest()


def _parts_of(body: bytes) -> Iterator[str]:
    """Each part by name with its digest; the moment it was packed stands in docProps/core.xml alone."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        for name in sorted(packed.namelist()):
            if name != "docProps/core.xml":
                yield f"{name} {hashlib.sha256(packed.read(name)).hexdigest()}"


def _is_page(body: bytes) -> bool:
    return body.lstrip()[:9].lower() in (b"<!doctype", b"<html")


def _read(page: str) -> "_Reader":
    reader = _Reader()
    reader.feed(page)
    return reader


class _Reader(HTMLParser):
    """What stands on a page: words, what fields hold, where links lead; rows of tables are lines. Tokens of forms are
    left out.
    """

    def __init__(self):
        super().__init__()
        self.words, self.links, self._unread = [], [], 0

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self._unread += tag in _UNREAD
        self.words += ["\n"] if tag == "tr" else []
        if tag in ("a", "img") and (link := held.get("href") or held.get("src")):
            self.links += [link] if not link.startswith("/static/") else []
            self.words.append(link)
        if held.get("name") not in _NEW_EACH_TIME:
            self.words += [held[name] for name in ("value", "title", "aria-label") if held.get(name)]

    def handle_endtag(self, tag):
        self._unread -= tag in _UNREAD
        self.words += ["\n"] if tag == "tr" else []

    def handle_data(self, data):
        if not self._unread:
            self.words += data.split()
