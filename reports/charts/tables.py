"""The same values a chart draws, as a table beside it: chart and table are given one and the same rows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DataTable:
    """Headings and rows of text. Shape: every row has one cell a heading; the first names the row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
