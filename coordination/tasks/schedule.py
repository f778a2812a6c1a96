"""When a task runs: the days each kind of schedule stands for, and the words officials write it with."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from coordination.tasks.enums import NUMBERED_KINDS, UNDATED_KINDS, ScheduleKind
from records.wording import day

_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_MONTHS = {ScheduleKind.MONTH: 1, ScheduleKind.QUARTER: 3, ScheduleKind.HALF_YEAR: 6}
_WHOLE_PERIOD_KINDS = (ScheduleKind.EACH_MONTH, ScheduleKind.EACH_QUARTER, ScheduleKind.EACH_HALF_YEAR)
_FIXED_WORDS = {
    ScheduleKind.ONGOING: "Thường xuyên",
    ScheduleKind.ON_OCCURRENCE: "Khi phát sinh",
    ScheduleKind.EACH_MONTH: "Hằng tháng",
    ScheduleKind.EACH_QUARTER: "Hằng quý",
    ScheduleKind.EACH_HALF_YEAR: "6 tháng một lần",
}


@dataclass(frozen=True)
class Span:
    """First and last day; either may be open."""

    start_on: date | None
    due_on: date | None


def largest_number(kind: ScheduleKind | str) -> int:
    """How many months, quarters or half-years a year has; 0 for kinds that are not numbered."""
    kind = ScheduleKind(kind)
    return 12 // _MONTHS[kind] if kind in _MONTHS else 0


def span(
    kind: ScheduleKind | str,
    *,
    period: Span,
    year: int,
    number: int | None = None,
    start_on: date | None = None,
    due_on: date | None = None,
) -> Span:
    """The days a schedule stands for in a year; days it does not fix itself are those given, or the program's.

    Units: `period` is the program's first and last day; `number` is a month, a quarter or a half of the year.
    """
    kind = ScheduleKind(kind)
    if kind in UNDATED_KINDS:
        return Span(start_on, None)
    if kind in NUMBERED_KINDS:
        return _numbered(kind, year, number or 1)
    if kind is ScheduleKind.WHOLE_YEAR:
        return _within(period, Span(date(year, 1, 1), date(year, 12, 31)))
    if kind in _WHOLE_PERIOD_KINDS:
        return Span(start_on or period.start_on, due_on or period.due_on)
    if kind is ScheduleKind.ON_DAY:
        return Span(due_on, due_on)
    return Span(start_on, due_on)


def words(kind: ScheduleKind | str, *, number: int | None, start_on: date | None, due_on: date | None) -> str:
    """A schedule as official papers write it, in Vietnamese: "Quý I/2022", "Trước 30/6/2022", "Thường xuyên"."""
    kind = ScheduleKind(kind)
    if kind in _FIXED_WORDS:
        return _FIXED_WORDS[kind]
    if kind is ScheduleKind.ON_DAY:
        return f"Ngày {day(due_on)}"
    if kind is ScheduleKind.BEFORE_DAY:
        return f"Trước {day(due_on)}"
    if kind is ScheduleKind.RANGE:
        return f"Từ {day(start_on)} đến {day(due_on)}" if start_on else f"Đến {day(due_on)}"
    return _in_year(kind, number or 1, (start_on or due_on).year)


def _in_year(kind: ScheduleKind, number: int, year: int) -> str:
    if kind is ScheduleKind.MONTH:
        return f"Tháng {number}/{year}"
    if kind is ScheduleKind.QUARTER:
        return f"Quý {_ROMAN[number]}/{year}"
    if kind is ScheduleKind.HALF_YEAR:
        return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
    return f"Cả năm {year}"


def _numbered(kind: ScheduleKind, year: int, number: int) -> Span:
    months = _MONTHS[kind]
    last_month = months * number
    return Span(date(year, last_month - months + 1, 1), date(year, last_month, monthrange(year, last_month)[1]))


def _within(period: Span, wanted: Span) -> Span:
    return Span(max(wanted.start_on, period.start_on), min(wanted.due_on, period.due_on))
