"""What a signature shows on the page: who signed and when; for a seal the agency, in red."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from tempfile import NamedTemporaryFile

from pyhanko.stamp import StaticStampStyle

from reports.pdf import drawing

_PAGE = Path(__file__).with_name("stamp.xhtml").read_text(encoding="utf-8")


@contextmanager
def stamp_of(name: str, moment: datetime, *, width: float, height: float, is_seal: bool) -> Iterator[StaticStampStyle]:
    """The picture of a signature, exactly as large as its field.

    Rule: name of who signed, and the time to the second with its distance from UTC; blue for a person, red for a seal.
    """
    content = _drawn(name, moment.isoformat(timespec="seconds"), round(width, 2), round(height, 2), is_seal)
    with NamedTemporaryFile(suffix=".pdf") as side:
        side.write(content)
        side.flush()
        yield StaticStampStyle.from_pdf_file(side.name, border_width=0, background_opacity=1.0)


@lru_cache(maxsize=64)
def _drawn(name: str, time: str, width: float, height: float, is_seal: bool) -> bytes:
    html = Template(_PAGE).substitute(
        width=width,
        height=height,
        inner=height,
        size=round(min(9, width / 14), 2),
        colour="#c00000" if is_seal else "#0b3d91",
        head="Chữ ký số của cơ quan" if is_seal else "Đã ký số",
        name=escape(name),
        time=escape(time),
    )
    return drawing.pdf_of(drawing.laid_out(drawing.parsed(html)))
