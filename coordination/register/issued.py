"""What papers were issued as: number, day and address, as the room says that issues them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coordination.register.enums import DocumentType


@dataclass(frozen=True)
class IssuedAs:
    """A paper as it left the portal: its number as it is printed, the day on it, when it was issued, where it lies."""

    printed_number: str
    dated_on: date
    issued_at: datetime
    url: str


Finder = Callable[[DocumentType, Collection[int]], Mapping[int, IssuedAs]]

_FINDERS: list[Finder] = []


def register(finder: Finder) -> None:
    """Make a room known that issues papers, once, when the portal starts."""
    _FINDERS.append(finder)


def issued_as(kind: DocumentType, subjects: Collection[int]) -> dict[int, IssuedAs]:
    """The paper of a type last issued about each of these subjects, unless it was taken back. One query.

    Shape: whoever asks gives subjects whose papers its reader sees; of a subject without a paper nothing is told.
    """
    found: dict[int, IssuedAs] = {}
    for finder in _FINDERS if subjects else ():
        found |= finder(kind, subjects)
    return found
