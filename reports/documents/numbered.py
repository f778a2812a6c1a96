"""The main sections of a paper in their order."""

from collections.abc import Iterable
from dataclasses import replace

from reports.documents.papers import PaperSection

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


def numbered(sections: Iterable[PaperSection | None]) -> tuple[PaperSection, ...]:
    """The main sections that say something, numbered I, II, III in their order."""
    kept = [section for section in sections if section and (section.blocks or section.children)]
    return tuple(replace(section, number=_ROMAN[place], level=1) for place, section in enumerate(kept))
