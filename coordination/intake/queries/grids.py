"""The sheets or tables of a file, before and after it is stored."""

from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _

from coordination.intake.reading.grids import Grid
from coordination.intake.reading.headings import head_of
from records.errors import RuleBroken
from records.files.enums import FileKind
from records.models import StoredFile


def grids_in(content: BinaryIO, kind: FileKind | str) -> list[Grid]:
    """Every sheet or table that holds something.

    Raises: RuleBroken when there is none, or when the file cannot be read.
    """
    grids = _read(content, kind)
    if not grids:
        empty = _("The workbook holds no row") if kind == FileKind.XLSX else _("The document holds no table")
        raise RuleBroken(empty, "file")
    return grids


def _read(content: BinaryIO, kind: FileKind | str) -> list[Grid]:
    if kind == FileKind.XLSX:
        from coordination.intake.reading.workbook import sheets_of

        return sheets_of(content)
    from coordination.intake.reading.document import tables_of

    return tables_of(content)


def grids_of(file: StoredFile) -> list[Grid]:
    """The same of a file that was kept.

    Raises: RuleBroken also when its bytes are gone.
    """
    try:
        content = file.content()
    except FileNotFoundError as lost:
        raise RuleBroken(_("The file is no longer there. Send it again."), "file") from lost
    return grids_in(BytesIO(content), file.kind)


def likeliest(grids: list[Grid]) -> int:
    """The place of the sheet that looks most like a table of tasks: the first with the most columns known."""
    known = [len(head.columns) if (head := head_of(grid)) else 0 for grid in grids]
    return known.index(max(known))
