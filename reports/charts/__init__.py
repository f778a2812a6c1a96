"""Charts drawn on the server: one function a form, the same markup on the page and in the PDF."""

from .bars import area_bars, proportion, table_of_bars
from .heat import heat_table, height_of_row, table_of_heat
from .lines import cumulative, table_of_months
from .palette import PRINT, WEB
from .series import BarRow, HeatCell, HeatRow, MonthPoint, Segment, Tone
from .sizes import NARROW, PAPER, WIDE, ChartSize
from .sparks import sparkline
from .tables import DataTable

__all__ = [
    "NARROW",
    "PAPER",
    "PRINT",
    "WEB",
    "WIDE",
    "BarRow",
    "ChartSize",
    "DataTable",
    "HeatCell",
    "HeatRow",
    "MonthPoint",
    "Segment",
    "Tone",
    "area_bars",
    "cumulative",
    "heat_table",
    "height_of_row",
    "proportion",
    "sparkline",
    "table_of_bars",
    "table_of_heat",
    "table_of_months",
]
