"""Papers that were drawn, kept on the disk and served again as long as they say the same; orders to draw others.

Why an order lies on the disk: what a job has to draw is too long for the queue, and is worth nothing once it is drawn.
"""

import base64
import contextlib
import hashlib
import html
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings

from reports.pdf.assets import ASSETS
from reports.pdf.drawn import Box, Drawn, Enclosure, Told
from reports.pdf.engine import draw_pdf
from reports.pdf.errors import NotDrawnYet, OrderLost

KEPT_PAPERS = 200
_TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)
_later: ContextVar[bool] = ContextVar("later", default=False)


@dataclass(frozen=True)
class Order:
    """What is to be drawn: a whole document and what is enclosed in it. What encloses data is made for the archive."""

    html: str
    enclosed: tuple[Enclosure, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Why: it covers the document and the files it loads, so that a new layout never serves an old PDF."""
        inside = b"".join(hashlib.sha256(repr(file).encode()).digest() for file in self.enclosed)
        return hashlib.sha256(self.html.encode() + inside + _loaded()).hexdigest()

    @property
    def title(self) -> str:
        """What the document calls itself."""
        found = _TITLE.search(self.html)
        return " ".join(html.unescape(found.group(1)).split()) if found else ""


@contextmanager
def drawing_later() -> Iterator[None]:
    """Within it nothing is drawn: what was not drawn before is asked for by the error that says so."""
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


def drawn(order: Order, told: Told | None = None) -> Drawn:
    """What an order asks for: from the disk where the same was drawn before, otherwise drawn and kept there.

    Raises: RenderFailed where no PDF can be made; NotDrawnYet within `drawing_later`.
    """
    if (before := _kept(order.digest)) is not None:
        return before
    if _later.get():
        raise NotDrawnYet(order)
    made = draw_pdf(order.html, enclosed=order.enclosed, is_archival=bool(order.enclosed), told=told)
    _keep(order.digest, made)
    return made


def lay_down(order: Order) -> str:
    """Write an order down for whoever will draw it; the digest it is found by."""
    files = [{**asdict(file), "content": base64.b64encode(file.content).decode()} for file in order.enclosed]
    words = json.dumps({"html": order.html, "enclosed": files}, default=date.isoformat)
    _write(_place(order.digest, "order"), words.encode())
    return order.digest


def laid_down(digest: str) -> Order:
    """The order of that digest.

    Raises: OrderLost where it is not there.
    """
    try:
        written = json.loads(_place(digest, "order").read_bytes())
    except FileNotFoundError:
        raise OrderLost from None
    return Order(written["html"], tuple(_enclosure(**file) for file in written["enclosed"]))


def done_with(digest: str) -> None:
    """The order of that digest needs no more drawing."""
    _place(digest, "order").unlink(missing_ok=True)


def is_kept(digest: str) -> bool:
    """Whether what that order asked for lies on the disk."""
    return _kept(digest) is not None


def _enclosure(*, content: str, made_on: str, **facts: str) -> Enclosure:
    return Enclosure(content=base64.b64decode(content), made_on=date.fromisoformat(made_on), **facts)


def _kept(digest: str) -> Drawn | None:
    with contextlib.suppress(FileNotFoundError):
        told = json.loads(_place(digest, "json").read_bytes())
        boxes = {name: Box(*box) for name, box in told["boxes"].items()}
        return Drawn(_place(digest, "pdf").read_bytes(), boxes, told["pages"])
    return None


def _keep(digest: str, made: Drawn) -> None:
    """The PDF comes last: where it lies, the rest does. The oldest papers make room."""
    boxes = {name: [box.page, *box.corners] for name, box in made.boxes.items()}
    _write(_place(digest, "json"), json.dumps({"pages": made.pages, "boxes": boxes}).encode())
    _write(_place(digest, "pdf"), made.content)
    _make_room()


def _place(digest: str, ending: str) -> Path:
    return Path(settings.VAR) / "papers" / f"{digest}.{ending}"


@cache
def _loaded() -> bytes:
    return b"".join(hashlib.sha256(path.read_bytes()).digest() for path, _kind in ASSETS.values())


def _write(place: Path, content: bytes) -> None:
    """Write aside, then rename: a reader never meets half a file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, side = tempfile.mkstemp(dir=place.parent, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.replace(side, place)
    except BaseException:
        Path(side).unlink(missing_ok=True)
        raise


def _make_room() -> None:
    for ending in ("pdf", "order"):
        kept = sorted((Path(settings.VAR) / "papers").glob(f"*.{ending}"), key=_age, reverse=True)
        for path in kept[KEPT_PAPERS:]:
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)


def _age(path: Path) -> float:
    """When it was written; one that another process has just removed is the oldest."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
