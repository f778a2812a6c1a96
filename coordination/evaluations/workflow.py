"""The spans of a year a round can evaluate: their days, their words, their place in an address. Data, no tables.

Rule: R-EVAL-1. Figures of a span close on the fourteenth of its last month, as periodic State reports do (Decree
09/2019/NĐ-CP: 15 December to 14 December, half-year 14 June). The day is only proposed; any day may be set.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from coordination.evaluations.enums import RoundPeriod

CLOSING_DAY = 14
_SLUGS = {
    (RoundPeriod.YEAR, 1): "",
    (RoundPeriod.HALF, 1): "6-thang-dau",
    (RoundPeriod.HALF, 2): "6-thang-cuoi",
    **{(RoundPeriod.QUARTER, part): f"quy-{part}" for part in (1, 2, 3, 4)},
}
SPANS = tuple(_SLUGS)
_OF_SLUG = {slug: span for span, slug in _SLUGS.items()}
_ROMAN = ("I", "II", "III", "IV")
KEY_PATTERN = r"[1-9][0-9]{3}(?:-6-thang-dau|-6-thang-cuoi|-quy-[1-4])?(?:-dot-[1-9][0-9]{0,2})?"
_KEY = re.compile(
    r"(?P<year>[1-9][0-9]{3})(?:-(?P<slug>6-thang-dau|6-thang-cuoi|quy-[1-4]))?(?:-dot-(?P<number>[0-9]+))?"
)


@dataclass(frozen=True)
class Span:
    """A year, a half-year or a quarter. `part` counts from 1 within the year."""

    year: int
    period: RoundPeriod = RoundPeriod.YEAR
    part: int = 1

    @property
    def first_day(self) -> date:
        return date(self.year, self._months * (self.part - 1) + 1, 1)

    @property
    def last_day(self) -> date:
        end = self._months * self.part
        return date(self.year + end // 12, end % 12 + 1, 1) - timedelta(days=1)

    @property
    def usual_cut_off(self) -> date:
        """The day figures of this span usually close: 14/12 of a year, 14/6 of its first half. Rule: R-EVAL-1."""
        return self.last_day.replace(day=CLOSING_DAY)

    @property
    def usual_start(self) -> date:
        """The day after the figures of the span before usually closed."""
        before = self.first_day - timedelta(days=1)
        return before.replace(day=CLOSING_DAY + 1)

    @property
    def words(self) -> str:
        """The span as it is spoken: "2021", "6 tháng đầu năm 2021", "quý I năm 2021"."""
        words = {"year": self.year}
        if self.period == RoundPeriod.HALF:
            return (_("first half of %(year)s") if self.part == 1 else _("second half of %(year)s")) % words
        if self.period == RoundPeriod.QUARTER:
            return _("quarter %(quarter)s of %(year)s") % (words | {"quarter": _ROMAN[self.part - 1]})
        return str(self.year)

    @property
    def _months(self) -> int:
        return 12 // self.period.parts


def key_of(span: Span, number: int) -> str:
    """The place of a round in an address: 2021, 2021-6-thang-dau, 2021-quy-1, 2021-dot-2."""
    slug = _SLUGS[span.period, span.part]
    return "-".join(filter(None, (str(span.year), slug, f"dot-{number}" if number > 1 else "")))


def read_key(key: str) -> tuple[Span, int] | None:
    """The span and the number a place in an address stands for; None where it is no such place."""
    found = _KEY.fullmatch(str(key))
    if found is None:
        return None
    period, part = _OF_SLUG[found["slug"] or ""]
    return Span(int(found["year"]), period, part), int(found["number"] or 1)


def span_choices() -> list[tuple[str, str]]:
    """The spans of any year as a form offers them: "year-1", "half-1" ... with their words."""
    words = {
        (RoundPeriod.YEAR, 1): _("Whole year"),
        (RoundPeriod.HALF, 1): _("First half of the year"),
        (RoundPeriod.HALF, 2): _("Second half of the year"),
    }
    quarters = {
        (RoundPeriod.QUARTER, part): _("Quarter %(quarter)s") % {"quarter": _ROMAN[part - 1]} for part in range(1, 5)
    }
    return [(f"{period}-{part}", text) for (period, part), text in (words | quarters).items()]
