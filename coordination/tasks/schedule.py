"""When a task runs: the days each kind of schedule stands for, and the words officials write it with."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from coordination.tasks.enums import NUMBERED_KINDS, RECURRING_KINDS, UNDATED_KINDS, ScheduleKind
from records.wording import day

_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_MONTHS = {ScheduleKind.MONTH: 1, ScheduleKind.QUARTER: 3, ScheduleKind.QUARTERS: 3, ScheduleKind.HALF_YEAR: 6}
_TURN_MONTHS = {ScheduleKind.EACH_MONTH: 1, ScheduleKind.EACH_QUARTER: 3, ScheduleKind.EACH_HALF_YEAR: 6}
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


@dataclass(frozen=True)
class Wave:
    """One of several waves of work, with its name where the paper gives it one."""

    start_on: date | None
    due_on: date
    name: str = ""


@dataclass(frozen=True)
class Detail:
    """What some kinds of schedule say besides a number and two days.

    Units: `until` is the last of several quarters; `follows` the short code of the task it comes after, `within_days`
    the days from that one's completion.
    """

    until: int | None = None
    due_time: time | None = None
    follows: str = ""
    within_days: int | None = None
    waves: tuple[Wave, ...] = ()


PLAIN = Detail()


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
    detail: Detail = PLAIN,
) -> Span:
    """The days a schedule stands for in a year; days it does not fix itself are those given, or the program's.

    Units: `period` is the program's first and last day; `number` is a month, a quarter or a half of the year.
    """
    kind = ScheduleKind(kind)
    if kind in UNDATED_KINDS:
        return Span(start_on, None)
    if kind in NUMBERED_KINDS:
        return _numbered(kind, year, number or 1, detail.until)
    if kind is ScheduleKind.WHOLE_YEAR:
        return _within(period, Span(date(year, 1, 1), date(year, 12, 31)))
    if kind in RECURRING_KINDS:
        return Span(start_on or period.start_on, due_on or period.due_on)
    if kind is ScheduleKind.WAVES:
        return _over(detail.waves)
    if kind is ScheduleKind.ON_DAY:
        return Span(due_on, due_on)
    return Span(start_on, due_on)


def turns(kind: ScheduleKind | str, days: Span) -> Iterator[Wave]:
    """The months, quarters or half-years of recurring work between two days, each by its name; none of other kinds.

    Why cut: a turn that began before the work does is due all the same, and none is due after its end.
    """
    months = _TURN_MONTHS.get(ScheduleKind(kind))
    if months is None or days.start_on is None or days.due_on is None:
        return
    year, number = days.start_on.year, (days.start_on.month - 1) // months + 1
    while (whole := _months_of(year, number, months)).start_on <= days.due_on:
        yield Wave(max(whole.start_on, days.start_on), min(whole.due_on, days.due_on), _turn_name(year, number, months))
        year, number = (year + 1, 1) if number == 12 // months else (year, number + 1)


def words(
    kind: ScheduleKind | str,
    *,
    number: int | None,
    start_on: date | None,
    due_on: date | None,
    detail: Detail = PLAIN,
) -> str:
    """A schedule as official papers write it, in Vietnamese: "Quý I/2022", "Trước 30/6/2022", "Thường xuyên"."""
    kind = ScheduleKind(kind)
    if kind in _FIXED_WORDS:
        return _FIXED_WORDS[kind]
    if kind is ScheduleKind.OPEN_ENDED:
        return f"Từ {day(start_on)}, không định ngày kết thúc" if start_on else "Không định ngày kết thúc"
    if kind is ScheduleKind.AFTER_TASK:
        return _after(due_on, detail)
    if kind is ScheduleKind.WAVES:
        return _in_waves(detail.waves, due_on)
    hour = f"{detail.due_time:%H} giờ {detail.due_time:%M} ngày " if detail.due_time else ""
    if kind is ScheduleKind.ON_DAY:
        return f"{hour}{day(due_on)}" if hour else f"Ngày {day(due_on)}"
    if kind is ScheduleKind.BEFORE_DAY:
        return f"Trước {hour}{day(due_on)}"
    if kind is ScheduleKind.RANGE:
        return f"Từ {day(start_on)} đến {hour}{day(due_on)}" if start_on else f"Đến {hour}{day(due_on)}"
    return _in_year(kind, number or 1, (start_on or due_on).year, detail.until)


def frozen_words(task: Mapping[str, Any]) -> str:
    """The schedule of a task as a version froze it; a version of before a detail says nothing of it."""
    more = task.get("schedule", {})
    waves = tuple(Wave(_day(start), _day(due), name) for start, due, name in more.get("waves", ()))
    detail = Detail(
        until=more.get("until"),
        due_time=time.fromisoformat(more["due_time"]) if more.get("due_time") else None,
        follows=more.get("follows", ""),
        within_days=more.get("within_days"),
        waves=waves,
    )
    return words(
        task["schedule_kind"],
        number=task["schedule_number"],
        start_on=_day(task["start_on"]),
        due_on=_day(task["due_on"]),
        detail=detail,
    )


def _after(due_on: date | None, detail: Detail) -> str:
    which = f"nhiệm vụ {detail.follows}" if detail.follows else "nhiệm vụ trước"
    within = f", trong {detail.within_days} ngày" if detail.within_days else ""
    until = f" (đến {day(due_on)})" if due_on else ""
    return f"Sau khi hoàn thành {which}{within}{until}"


def _in_waves(waves: Sequence[Wave], due_on: date | None) -> str:
    if not waves:
        return f"Nhiều đợt, đến {day(due_on)}"
    told = "; ".join(_one_wave(place, wave) for place, wave in enumerate(waves, start=1))
    return f"{len(waves)} đợt: {told}"


def _one_wave(place: int, wave: Wave) -> str:
    name = wave.name or f"đợt {place}"
    return (
        f"{name} từ {day(wave.start_on)} đến {day(wave.due_on)}" if wave.start_on else f"{name} đến {day(wave.due_on)}"
    )


def _in_year(kind: ScheduleKind, number: int, year: int, until: int | None) -> str:
    if kind is ScheduleKind.MONTH:
        return f"Tháng {number}/{year}"
    if kind is ScheduleKind.QUARTER:
        return f"Quý {_ROMAN[number]}/{year}"
    if kind is ScheduleKind.QUARTERS:
        quarters = [_ROMAN[each] for each in range(number, (until or number) + 1)]
        return f"Quý {', '.join(quarters)}/{year}"
    if kind is ScheduleKind.HALF_YEAR:
        return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
    return f"Cả năm {year}"


def _numbered(kind: ScheduleKind, year: int, number: int, until: int | None) -> Span:
    last = max(number, until or number) if kind is ScheduleKind.QUARTERS else number
    first, months = _months_of(year, number, _MONTHS[kind]), _MONTHS[kind]
    return Span(first.start_on, _months_of(year, last, months).due_on)


def _months_of(year: int, number: int, months: int) -> Span:
    """The days of the first, second … span of so many months of a year."""
    last_month = months * number
    return Span(date(year, last_month - months + 1, 1), date(year, last_month, monthrange(year, last_month)[1]))


def _turn_name(year: int, number: int, months: int) -> str:
    kinds = {1: ScheduleKind.MONTH, 3: ScheduleKind.QUARTER, 6: ScheduleKind.HALF_YEAR}
    return _in_year(kinds[months], number, year, None)


def _over(waves: Sequence[Wave]) -> Span:
    starts = [wave.start_on or wave.due_on for wave in waves]
    return Span(min(starts, default=None), max((wave.due_on for wave in waves), default=None))


def _within(period: Span, wanted: Span) -> Span:
    return Span(max(wanted.start_on, period.start_on), min(wanted.due_on, period.due_on))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
