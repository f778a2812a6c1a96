"""What the address of the page asks for: the year, the day looked at, the order of the units."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from coordination.programs.queries import working_year
from records import clock, wording
from reports.dashboard.asked import day_in, remark_on_year

SORTS = ("rank", "name", "programs", "total", "on_time", "late", "in_time", "overdue", "on_time_rate", "done_rate")
DEFAULT_SORT = "rank"


@dataclass(frozen=True)
class Asked:
    """A year, a day not after today, and an order; `remarks` say what of the address was left out."""

    year: int
    as_of: date
    is_today: bool
    sort: str = DEFAULT_SORT
    descending: bool = False
    remarks: tuple[str, ...] = ()

    def query(self, sort: str = "", **more: str) -> str:
        """The address of the same year and day, in another order where one is given."""
        pairs = {"year": str(self.year)}
        if not self.is_today:
            pairs["day"] = wording.day(self.as_of)
        if sort and sort != DEFAULT_SORT:
            pairs["sort"] = sort
        return f"?{urlencode(pairs | more)}"


def asked_in(query: QueryDict, years: list[int]) -> Asked:
    """What an address asks for. A year and a day that make no sense are left out and told; any other order is by rank.

    Rule: R-DASH-2.
    """
    today = clock.today()
    day, fault = day_in(query.get("day", ""), today)
    year = working_year(query.get("year"), years)
    remarks = (remark_on_year(query.get("year", ""), year), fault)
    sort = query.get("sort", "")
    known = sort.removeprefix("-") in SORTS
    return Asked(
        year=year,
        as_of=day or today,
        is_today=day is None,
        sort=sort.removeprefix("-") if known else DEFAULT_SORT,
        descending=known and sort.startswith("-"),
        remarks=tuple(remark for remark in remarks if remark),
    )
