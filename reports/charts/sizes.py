"""How large a chart is drawn and in which face: for a wide screen, a narrow one, and paper."""

from dataclasses import dataclass

from .palette import PRINT, WEB, ChartFont


@dataclass(frozen=True)
class ChartSize:
    """One of the three sizes every chart has. Rule: R-CHART-1.

    Units: chart units. `names_above` where labels stand above their bars, as beside them there is no room.
    """

    width: float
    lines_height: float
    font: ChartFont
    names_above: bool = False


WIDE = ChartSize(620, 250, WEB)
NARROW = ChartSize(320, 220, WEB, names_above=True)
# 624 units over the 165 mm text width of a paper.
PAPER = ChartSize(624, 236, PRINT)
