"""Which days are worked, as counted and as shown."""

from dataclasses import dataclass
from datetime import date

from records.workdays.counting import Workdays
from records.workdays.enums import DayKind
from records.workdays.models import SpecialDay, WorkYear
from records.workdays.shipped import Special, shipped_years


@dataclass(frozen=True)
class YearOfWork:
    """The special days of a year in order; where they come from; whether an office has set them itself."""

    year: int
    days: tuple[Special, ...]
    source: str
    is_own: bool

    @property
    def is_known(self) -> bool:
        return self.is_own or bool(self.days)


def workdays() -> Workdays:
    """Every year's working days: those an office has set, otherwise those that come with the portal. Two queries."""
    own_years = frozenset(WorkYear.objects.values_list("year", flat=True))
    own = SpecialDay.objects.values_list("day", "kind")
    shipped = [year for year in shipped_years().values() if year.year not in own_years]
    told = [(day, DayKind(kind)) for day, kind in own]
    told += [(special.day, special.kind) for year in shipped for special in year.days]
    return Workdays(
        off=frozenset(day for day, kind in told if kind.is_off),
        worked=frozenset(day for day, kind in told if not kind.is_off),
        known_years=own_years | {year.year for year in shipped},
    )


def year_of_work(year: int) -> YearOfWork:
    """One year's special days, for a page. At most two queries."""
    own = WorkYear.objects.filter(pk=year).first()
    if own is None:
        shipped = shipped_years().get(year)
        return YearOfWork(year, shipped.days if shipped else (), shipped.source if shipped else "", False)
    days = tuple(Special(row.day, DayKind(row.kind), row.name) for row in own.days.all())
    return YearOfWork(year, days, own.source, True)


def years_offered(today: date) -> list[int]:
    """The years a page offers: every one that is known, this one and the next, in order. One query."""
    own = WorkYear.objects.values_list("year", flat=True)
    return sorted({*own, *shipped_years(), today.year, today.year + 1})
