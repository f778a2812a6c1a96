"""The workbook's last sheet: how each figure is counted, in the words it is defined by."""

from xlsxwriter.worksheet import Worksheet

from coordination.figures.definitions import COUNTED, CUT_OFF, DEFINITIONS
from records.spreadsheets import cell
from reports.dashboard.paper.book_looks import Looks


def write_definitions(sheet: Worksheet, looks: Looks) -> None:
    """A row a figure: its name, what is counted, out of what; then what holds for all of them."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.set_column(2, 2, 34)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for place, words in enumerate(("Số liệu", "Cách tính", "Tính trên")):
        sheet.write_string(0, place, words, looks.head)
    for row, one in enumerate(DEFINITIONS.values(), start=1):
        whole = DEFINITIONS[one.out_of].name if one.is_share else ""
        for place, words in enumerate((one.name, one.counts, whole)):
            sheet.write_string(row, place, cell(str(words)), looks.text)
    for row, words in enumerate((CUT_OFF, COUNTED), start=len(DEFINITIONS) + 2):
        sheet.write_string(row, 0, cell(str(words)))
