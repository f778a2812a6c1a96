"""One workbook in memory, the same bytes for the same content, no text taken for a formula or a link."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

_FIRST_DAY = datetime(2022, 1, 1)  # noqa: DTZ001 - the writer wants a plain moment; a fixed one keeps the bytes the same
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def new_workbook(title: str, *, row_by_row: bool = False) -> Iterator[tuple[Workbook, BytesIO]]:
    """A workbook to be written; its bytes are whole once the block ends.

    `row_by_row` keeps no row in memory once the next is begun: of each sheet they are written in their order.
    """
    bytes_ = BytesIO()
    with Workbook(bytes_, _OPTIONS | {"constant_memory" if row_by_row else "in_memory": True}) as book:
        book.set_properties({"title": title, "created": _FIRST_DAY})
        yield book, bytes_
