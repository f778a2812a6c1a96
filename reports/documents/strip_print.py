"""The strip as the pages of a paper print it: a code a phone reads, and two lines for an eye."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from records.qr import Qr, as_path
from reports.documents.papers import Paper, PaperState

# Letters of a number and symbol that still leave code and version on the first line.
LONGEST_NUMBER = 45


@dataclass(frozen=True)
class PrintedStrip:
    """What stands at the foot of every page. `place` is the address a person types, `qr` leads to the answer itself."""

    code: str
    version: str
    number: str
    place: str
    digest: str
    qr: Qr


def printed_strip(paper: Paper) -> PrintedStrip | None:
    """The strip of a paper laid before its signers or issued; a draft has none, for nobody answers for it.

    Why no quiet border in the code: the page around it is white, wider than the four modules readers ask for.
    """
    strip = paper.strip
    if strip is None or paper.is_draft:
        return None
    number = paper.letterhead.number_text.removeprefix("Số").lstrip(": ")
    return PrintedStrip(
        code=strip.code_in_groups,
        version=_version(strip.version, paper.state),
        number=number if paper.letterhead.number is not None and len(number) <= LONGEST_NUMBER else "",
        place=(settings.PORTAL_ADDRESS + reverse("reports:verify")).partition("://")[2].rstrip("/"),
        digest=strip.short_digest,
        qr=_leading_to(settings.PORTAL_ADDRESS + reverse("reports:verify-code", args=[strip.code_in_groups])),
    )


@lru_cache(maxsize=256)
def _leading_to(address: str) -> Qr:
    """The code of an address. Why kept: it is a fifth of what serving a paper from the store takes."""
    return as_path(address, border=0)


def _version(label: str, state: PaperState) -> str:
    if not label:
        return ""
    return f"Bản trình ký {label}" if state is PaperState.FOR_SIGNING else f"Bản {label}"
