"""What the address of the page asks for: the year, the day looked at, the order of the units."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from coordination.programs.queries import working_year
from records import clock, wording
from records.fields import DayField

SORTS = ("rank", "name", "programs", "total", "on_time", "late", "in_time", "overdue", "on_time_rate", "done_rate")
DEFAULT_SORT = "rank"


@dataclass(frozen=True)
class Asked:
    """A year, a day not after today, and an order; `wrong_day` says what was wrong with the day that was typed."""

    year: int
    as_of: date
    is_today: bool
    sort: str = DEFAULT_SORT
    descending: bool = False
    wrong_day: str = ""

    def query(self, sort: str = "", **more: str) -> str:
        """The address of the same year and day, in another order where one is given."""
        pairs = {"year": str(self.year)}
        if not self.is_today:
            pairs["day"] = wording.day(self.as_of)
        if sort and sort != DEFAULT_SORT:
            pairs["sort"] = sort
        return f"?{urlencode(pairs | more)}"


def asked_in(query: QueryDict, years: list[int]) -> Asked:
    """What an address asks for; whatever it holds that is no year, no day and no order counts as not asked."""
    today = clock.today()
    as_of, wrong = _day(query.get("day", ""), today)
    sort = query.get("sort", "")
    known = sort.removeprefix("-") in SORTS
    return Asked(
        year=working_year(query.get("year"), years),
        as_of=as_of,
        is_today=as_of == today,
        sort=sort.removeprefix("-") if known else DEFAULT_SORT,
        descending=known and sort.startswith("-"),
        wrong_day=wrong,
    )


def _day(typed: str, today: date) -> tuple[date, str]:
    if not typed.strip():
        return today, ""
    field = DayField(required=False)
    try:
        day = field.clean(typed)
    except ValidationError:
        return today, _("The day could not be read: write it as day/month/year. Figures are as of today.")
    if day > today:
        return today, _("The day lies ahead; figures are as of today.")
    return day, ""
