"""Tables that come as plain text: CSV files in the writings offices save them in, and ranges pasted from a sheet."""

import csv
import io
import re
from itertools import islice

from django.utils.translation import gettext as _

from coordination.intake.reading.grids import MOST_COLUMNS, MOST_ROWS
from coordination.intake.reading.safety import unreadable
from records import text
from records.errors import RuleBroken

_SPARE_ROWS = 60
_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_VIETNAMESE = "cp1258"
_SEPARATORS = "\t;,|"
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|table|\?xml|head|body|script|svg)\b", re.IGNORECASE)


def rows_of_file(content: bytes) -> list[list[str]]:
    """The rows of a CSV file in UTF-8, UTF-16 or Windows-1258, whatever parts its cells.

    Raises: RuleBroken for a web page, a file that is no text, or one in another writing.
    """
    if _MARKUP.match(content[:1000].removeprefix(b"\xef\xbb\xbf")):
        raise unreadable(_("The file is a web page under another name. Open it in Excel and save it as .xlsx."))
    return rows_of_text(_decoded(content))


def rows_of_text(pasted: str) -> list[list[str]]:
    """The rows of a pasted range or of a file's text.

    Raises: RuleBroken when it holds no row.
    """
    said = pasted.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    reader = csv.reader(io.StringIO(said), delimiter=_separator(said))
    try:
        rows = [row[:MOST_COLUMNS] for row in islice(reader, MOST_ROWS + _SPARE_ROWS + 1)]
    except csv.Error as broken:
        raise unreadable(_("The text is not a table: its quotation marks do not close.")) from broken
    if not any(cell.strip() for row in rows for cell in row):
        raise RuleBroken(_("The table holds no row"), "file")
    return rows


def _decoded(content: bytes) -> str:
    for mark, writing in _MARKED:
        if content.startswith(mark):
            return _decode(content, writing)
    if b"\x00" in content:
        raise unreadable()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Windows-1258 keeps tone marks apart from their letters.
        return text.nfc(_decode(content, _VIETNAMESE))


def _decode(content: bytes, writing: str) -> str:
    try:
        return content.decode(writing)
    except UnicodeDecodeError as foreign:
        raise unreadable(
            _("The letters of the file cannot be read. In Excel choose “Save as”, CSV UTF-8, or send the .xlsx.")
        ) from foreign


def _separator(said: str) -> str:
    """What parts the cells: of the four signs the one that stands in most of the first lines, most often."""
    lines = [line for line in said.split("\n")[:20] if line.strip()]
    return max(_SEPARATORS, key=lambda sign: (sum(sign in line for line in lines), "".join(lines).count(sign)))
