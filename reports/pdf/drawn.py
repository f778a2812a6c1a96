"""What the engine is given beside the text, and what it hands back: the file and where its named places stand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

# Is told, again and again while the engine works, how many pages are laid out so far.
Told = Callable[[int], None]


@dataclass(frozen=True)
class Enclosure:
    """A file carried inside a PDF. `relationship` is what it is to the paper: Data, Source, Supplement, Alternative.

    Why a day: the file format wants one, and the moment of drawing would give other bytes each time.
    """

    name: str
    content: bytes
    description: str
    made_on: date
    relationship: str = "Data"


@dataclass(frozen=True)
class Box:
    """The rectangle of one element that has an id, on the page it begins on.

    Units: PDF points from the lower left corner of the page, as signature fields are placed; `page` counts from 0.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top: the order a PDF writes a rectangle in."""
        return self.left, self.bottom, self.right, self.top


@dataclass(frozen=True)
class Drawn:
    """One PDF with the boxes of its elements by their ids, such as `sigbox-1` for the first party's signature.

    What drawing it took is known where it was drawn just now. Units: seconds on the processor, bytes at most.
    """

    content: bytes
    boxes: dict[str, Box]
    pages: int
    cpu_seconds: float = field(default=0.0, compare=False)
    peak_bytes: int = field(default=0, compare=False)
