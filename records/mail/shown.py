"""A letter as HTML, made from its text when it leaves: one text, two forms that cannot disagree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string

from records.mail.models import OutgoingMail

_ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")
_ITEM, _AFTER = "- ", ".,;:)"


@dataclass(frozen=True)
class Piece:
    """A run of text; `leads_to` where it is an address of the portal itself."""

    text: str
    leads_to: str = ""


Lines = list[list[Piece]]


@dataclass
class Block:
    """What stands between two empty lines: some lines, then a list. A list's items are some lines each."""

    lines: Lines = field(default_factory=list)
    items: list[Lines] = field(default_factory=list)


def as_html(letter: OutgoingMail) -> str:
    """The letter as a page: paragraphs, lists, and addresses of the portal as links.

    Rule: R-MAIL-6. Whatever was typed stays text, and no address but the portal's own becomes a link.
    """
    page = {
        "subject": letter.subject,
        "language": letter.language or settings.LANGUAGE_CODE,
        "blocks": [_block(part) for part in re.split(r"\n{2,}", letter.body.replace("\r\n", "\n").strip("\n"))],
    }
    return render_to_string("records/letter.html", page)


def _block(part: str) -> Block:
    block = Block()
    for line in part.split("\n"):
        if line.startswith(_ITEM):
            block.items.append([_pieces(line.removeprefix(_ITEM))])
        else:
            (block.items[-1] if block.items else block.lines).append(_pieces(line.strip()))
    return block


def _pieces(line: str) -> list[Piece]:
    return [piece for part in _ADDRESS.split(line) if part for piece in _piece(part)]


def _piece(part: str) -> Iterator[Piece]:
    address = part.rstrip(_AFTER)
    if settings.PORTAL_ADDRESS and address.startswith(f"{settings.PORTAL_ADDRESS}/"):
        yield Piece(address, leads_to=address)
        part = part.removeprefix(address)
    if part:
        yield Piece(part)
