"""Which cells of a row that came back the office wrote anew, and which of these someone else has changed as well."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from coordination.intake.enums import Column
from coordination.intake.queries.frame import RowRead
from coordination.intake.reading.marks import Mark


def is_written(row: RowRead, column: Column, now: str, mark: Mark) -> bool:
    """Whether the office wrote something else into a cell than it found in it and than the task says today."""
    if column not in row.frame.head.columns:
        return False
    said = row.text(column)
    return said != now and not mark.is_as_sent(column, said)


def tell_both(row: RowRead, written: Mapping[Column, str], mark: Mark) -> None:
    """Where someone else has written into the same cell since the workbook was made; `written` has what it says now."""
    for column, now in written.items():
        if mark.knows_of(column) and not mark.is_as_sent(column, now):
            what = _("Someone else changed this since the workbook was made; it now says “%(now)s”")
            fix = _("Write that, or download the workbook again and write yours into it")
            row.fault(column, what % {"now": short(now)}, fix)


def as_it_was(now: str) -> str:
    """What to do where a cell is not to be written."""
    return _("Write the cell as it was: “%(was)s”") % {"was": short(now)}


def short(said: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(said.split())
    return f"{line[:77]}…" if len(line) > 80 else line
