"""How the cells of the workbook look."""

from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format


@dataclass(frozen=True)
class Looks:
    """The formats of the workbook."""

    head: Format
    text: Format
    count: Format
    rate: Format
    day: Format
    strong: Format
    strong_count: Format
    strong_rate: Format


def looks_of(book: Workbook) -> Looks:
    """Numbers and days as the reader's own program writes them; in Vietnamese ones with points and decimal commas."""
    strong = {"bold": True, "top": 1}
    return Looks(
        head=book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}),
        text=book.add_format({"text_wrap": True, "valign": "top", "align": "left"}),
        count=book.add_format({"num_format": "#,##0", "valign": "top"}),
        rate=book.add_format({"num_format": "0.0%", "align": "right", "valign": "top"}),
        day=book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"}),
        strong=book.add_format(strong),
        strong_count=book.add_format({**strong, "num_format": "#,##0"}),
        strong_rate=book.add_format({**strong, "num_format": "0.0%", "align": "right"}),
    )
