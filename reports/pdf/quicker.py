"""Three small functions of the engine, said again so that long tables take a tenth less; what is drawn stays the same.

Why here and not in a newer engine: they are asked hundreds of thousands of times for a table of 500 rows, and one of
them lists all pages anew for each tag. `tests/integration/test_pdf_quicker.py` holds them to the engine's own answers.
"""

from typing import Any

import pydyf
from weasyprint.css.properties import Dimension
from weasyprint.layout import percent

own_bytes, own_percentage, own_references = pydyf._to_bytes, percent.resolve_one_percentage, pydyf.PDF.page_references


def apply() -> None:
    """From here on this process draws with the quicker ones."""
    pydyf._to_bytes = to_bytes
    percent.resolve_one_percentage = resolve_one_percentage
    pydyf.PDF.page_references = property(page_references)


def to_bytes(item: Any) -> bytes:
    """A part of a PDF as bytes; the two commonest kinds are asked for first."""
    if item.__class__ is str:
        return item.encode("ascii")
    return item if item.__class__ is bytes else own_bytes(item)


def resolve_one_percentage(box: Any, name: str, refer_to: float) -> None:
    """Set the used value of a length; one in pixels is what it is."""
    value = box.style[name]
    if value.__class__ is Dimension and value.unit == "px":
        setattr(box, name, value.value)
    else:
        own_percentage(box, name, refer_to)


def page_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """How pages are referred to: listed again only when a page was added."""
    known = pdf.__dict__.get("listed_pages", ())
    if len(known) * 3 != len(pdf.pages["Kids"]):
        known = pdf.listed_pages = own_references.fget(pdf)
    return known
