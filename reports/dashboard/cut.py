"""How much of a long table one glance takes in; the whole of it stands at an address of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import ngettext

from coordination.figures.shapes import Figures
from coordination.figures.tally import DATED
from records import wording

MOST = {"agencies": 30, "areas": 20, "programs": 20, "awaited": 20}
CHOICES_OFFERED = 60


@dataclass(frozen=True)
class Cut:
    """Which tables are shown whole, and the address of the page without that wish.

    Rule: R-DASH-9.
    """

    whole: tuple[str, ...] = ()
    query: Mapping[str, str] | None = None

    def first(self, table: str, rows: Sequence) -> Sequence:
        """The rows a table shows."""
        return rows if table in self.whole else rows[: MOST[table]]

    def rest(self, table: str, rows: Sequence) -> "Rest | None":
        """What is told of the rows left out; None where none is."""
        more = len(rows) - len(self.first(table, rows))
        if not more:
            return None
        text = _words(table, more).format(count=wording.number(more))
        asked = {**(self.query or {}), "all": [*self.whole, table]}
        return Rest(text, f"?{urlencode(asked, doseq=True)}")

    def figures(self, figures: Figures) -> Figures:
        """The figures with the rows of agencies and areas that are shown; no sum changes.

        Why the largest: precedence alone would show a country's ministries and hide who does its work. Those that
        stay keep their order.
        """
        agencies = figures.agencies
        if "agencies" not in self.whole and len(agencies) > MOST["agencies"]:
            by_size = sorted(agencies, key=lambda row: (-row.led.count(*DATED), -row.involved.count(*DATED)))
            kept = {row.agency.pk for row in by_size[: MOST["agencies"]]}
            agencies = tuple(row for row in agencies if row.agency.pk in kept)
        return replace(figures, agencies=agencies, areas=tuple(self.first("areas", figures.areas)))


def _words(table: str, more: int) -> str:
    words = {
        "agencies": ngettext("and {count} other agency", "and {count} other agencies", more),
        "areas": ngettext("and {count} other area", "and {count} other areas", more),
        "programs": ngettext("and {count} other program", "and {count} other programs", more),
        "awaited": ngettext("and {count} other thing", "and {count} other things", more),
    }
    return words[table]


@dataclass(frozen=True)
class Rest:
    """How many rows are left out, and where they are shown."""

    text: str
    address: str


def cut_by(query) -> Cut:
    """What an address wishes to see whole; names of no table are left out."""
    whole = tuple(name for name in dict.fromkeys(query.getlist("all")) if name in MOST)
    return Cut(whole, {key: values for key, values in query.lists() if key != "all"})
