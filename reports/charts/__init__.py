"""Charts drawn on the server: one function a form, the same markup on the page and in the PDF."""

from .bars import area_bars, proportion
from .lines import cumulative
from .palette import PRINT, WEB
from .series import BarRow, MonthPoint, Segment, Tone
from .sparks import sparkline

__all__ = [
    "PRINT",
    "WEB",
    "BarRow",
    "MonthPoint",
    "Segment",
    "Tone",
    "area_bars",
    "cumulative",
    "proportion",
    "sparkline",
]
