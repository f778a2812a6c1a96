"""What a signature shows on the page: who signed and when; for a seal the agency, in red."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from html import escape
from tempfile import NamedTemporaryFile

from pyhanko.stamp import StaticStampStyle

from reports.pdf import drawing

_PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Chữ ký số</title><style>
@font-face{{font-family:Tinos;src:url(asset:fonts/tinos/Tinos-Regular.ttf)}}
@font-face{{font-family:Tinos;font-weight:bold;src:url(asset:fonts/tinos/Tinos-Bold.ttf)}}
@page{{size:{width}pt {height}pt;margin:0}}
body{{font:{size}pt/1.25 Tinos;overflow-wrap:anywhere;margin:0;padding:2pt;color:{colour};border:.6pt solid {colour};height:{inner}pt;
box-sizing:border-box;overflow:hidden}}b{{font-size:1.07em}}
</style></head><body><b>{head}</b><br>{name}<br>{time}</body></html>"""


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
    html = _PAGE.format(
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
