"""What is inside an uploaded file: whether it is what its name says, and nothing that acts when it is opened.

Rule: R-FILE-1, R-FILE-2. Nothing is run, rendered or kept; every part is read once within bounds.
"""

from typing import BinaryIO

from records.files.contents import disguise, office, pdf
from records.files.enums import FileKind

_LOOK = {FileKind.PDF: pdf.look_inside, FileKind.DOCX: office.look_inside, FileKind.XLSX: office.look_inside}


def look_inside(kind: FileKind, content: BinaryIO) -> None:
    """Refuse a file that is not what its name says, or that holds what could act on whoever opens it.

    Raises: RuleBroken that says what was found and what to do.
    """
    disguise.must_be(kind, content)
    if kind in _LOOK:
        _LOOK[kind](kind, content)
    content.seek(0)
