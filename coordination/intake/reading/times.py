"""The words for time in task tables: "Quý II", "Tháng 6", "Trước 30/6/2022", "Thường xuyên", "15/3 - 30/6"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from coordination.tasks.enums import ScheduleKind
from records.text import fold

_NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DAY = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?"
_WORDED_DAY = re.compile(r"(\d{1,2})\s+thang\s+(\d{1,2})(?:\s+nam\s+(\d{4}))?")
_YEAR = r"(?:\s*(?:/|nam)?\s*(\d{4}))?"
_OPENINGS = re.compile(r"^(?:(?:trong|vao|thuc hien|hoan thanh|xong|ngay)\s+)+")
_ONGOING = {"thuong xuyen", "thuong xuyen lien tuc", "lien tuc", "thuong xuyen trong nam", "hang ngay"}
_ON_OCCURRENCE = {"khi phat sinh", "khi co phat sinh", "dot xuat", "khi co yeu cau", "theo yeu cau", "khi co dot xuat",
                  "khi phat sinh dot xuat", "khi co phat sinh dot xuat"}  # fmt: skip
_EACH = {
    **dict.fromkeys(("hang thang", "dinh ky hang thang", "moi thang"), ScheduleKind.EACH_MONTH),
    **dict.fromkeys(("hang quy", "dinh ky hang quy", "moi quy"), ScheduleKind.EACH_QUARTER),
    **dict.fromkeys(
        ("6 thang mot lan", "dinh ky 6 thang", "6 thang 1 lan", "6 thang/lan"), ScheduleKind.EACH_HALF_YEAR
    ),
}


@dataclass(frozen=True)
class Time:
    """When a task runs as a table says it; days that the kind fixes itself are left out."""

    kind: ScheduleKind
    number: int | None = None
    start_on: date | None = None
    due_on: date | None = None


@lru_cache(maxsize=1000)
def time_of(written: str, *, year: int) -> Time | None:
    """What a cell of time means; None where it means nothing the portal knows.

    `year` is meant where no year is written.
    """
    plain = fold(written).replace("–", "-").replace("—", "-").strip(" .;,")
    plain = re.sub(r"\s*\(.*?\)\s*", " ", plain).strip()
    short = _OPENINGS.sub("", plain)
    return _fixed(short) or _numbered(short, year) or _days(_OPENINGS.sub("", short), plain, year)


def _fixed(plain: str) -> Time | None:
    without_year = re.sub(r"\s*(nam)?\s*\d{4}$", "", plain).strip()
    for words in (plain, without_year):
        if words in _ONGOING:
            return Time(ScheduleKind.ONGOING)
        if words in _ON_OCCURRENCE:
            return Time(ScheduleKind.ON_OCCURRENCE)
        if words in _EACH:
            return Time(_EACH[words])
    return None


def _numbered(plain: str, year: int) -> Time | None:
    if found := re.fullmatch(r"(?:ca nam|nam|trong nam|12 thang)" + _YEAR, plain):
        return _whole(ScheduleKind.WHOLE_YEAR, None, found[1], year)
    if found := re.fullmatch(r"quy\s*(i{1,3}|iv|[1-4])" + _YEAR, plain):
        return _whole(ScheduleKind.QUARTER, _NUMERALS[found[1]], found[2], year)
    if found := re.fullmatch(r"thang\s*(\d{1,2})" + _YEAR, plain):
        month = int(found[1])
        return _whole(ScheduleKind.MONTH, month, found[2], year) if 1 <= month <= 12 else None
    if found := re.fullmatch(r"(?:6|sau) thang (dau|cuoi)(?: nam)?" + _YEAR, plain):
        return _whole(ScheduleKind.HALF_YEAR, 1 if found[1] == "dau" else 2, found[2], year)
    if found := re.fullmatch(r"quy\s*(i{1,3}|iv|[1-4])\s*(?:-|,|va|den)\s*(?:quy\s*)?(i{1,3}|iv|[1-4])" + _YEAR, plain):
        return _months(3 * _NUMERALS[found[1]] - 2, 3 * _NUMERALS[found[2]], found[3], year)
    if found := re.fullmatch(r"(?:tu\s+)?thang\s*(\d{1,2})\s*(?:-|den)\s*(?:thang\s*)?(\d{1,2})" + _YEAR, plain):
        return _months(int(found[1]), int(found[2]), found[3], year)
    return None


def _whole(kind: ScheduleKind, number: int | None, written_year: str | None, year: int) -> Time | None:
    """A month, quarter, half or whole year; its first day carries the year where one is written."""
    meant = int(written_year or year)
    if not 1900 <= meant <= 2200:
        return None
    months = {ScheduleKind.MONTH: 1, ScheduleKind.QUARTER: 3, ScheduleKind.HALF_YEAR: 6}.get(kind, 12)
    return Time(kind, number, start_on=date(meant, ((number or 1) - 1) * months + 1, 1))


def _months(first: int, last: int, written_year: str | None, year: int) -> Time | None:
    meant = int(written_year or year)
    if not (1 <= first <= last <= 12 and 1900 <= meant <= 2200):
        return None
    return Time(
        ScheduleKind.RANGE, start_on=date(meant, first, 1), due_on=date(meant, last, monthrange(meant, last)[1])
    )


def _days(plain: str, whole: str, year: int) -> Time | None:
    plain = _WORDED_DAY.sub(lambda said: "/".join(part for part in said.groups() if part), plain)
    plain = re.sub(r"\bngay\s+", "", plain)
    if found := re.fullmatch(rf"(?:tu\s+)?{_DAY}\s*(?:-|den)\s*{_DAY}", plain):
        return _between(found.groups(), year)
    if found := re.fullmatch(rf"(?:truoc|cham nhat|den|xong truoc|hoan thanh truoc|han)\s+{_DAY}", plain):
        due = _day(*found.groups(), year=year)
        return Time(ScheduleKind.BEFORE_DAY, due_on=due) if due else None
    if found := re.fullmatch(r"(?:truoc|cham nhat|het|den het)\s+thang\s*(\d{1,2})" + _YEAR, plain):
        return _before_month(int(found[1]), found[2], year, ends=not plain.startswith("truoc"))
    if found := re.fullmatch(_DAY, plain):
        day = _day(*found.groups(), year=year)
        kind = ScheduleKind.BEFORE_DAY if whole.startswith("hoan thanh") else ScheduleKind.ON_DAY
        return Time(kind, due_on=day) if day else None
    return None


def _between(groups: tuple, year: int) -> Time | None:
    first_day, first_month, first_year, last_day, last_month, last_year = groups
    last = _day(last_day, last_month, last_year, year=year)
    first = _day(first_day, first_month, first_year or last_year, year=year)
    return Time(ScheduleKind.RANGE, start_on=first, due_on=last) if first and last else None


def _before_month(month: int, written_year: str | None, year: int, *, ends: bool) -> Time | None:
    meant = int(written_year or year)
    if not (1 <= month <= 12 and 1900 <= meant <= 2200):
        return None
    return Time(ScheduleKind.BEFORE_DAY, due_on=date(meant, month, monthrange(meant, month)[1] if ends else 1))


def _day(day: str, month: str, written_year: str | None, *, year: int) -> date | None:
    meant = int(written_year or year)
    try:
        return date(meant, int(month), int(day)) if 1900 <= meant <= 2200 else None
    except ValueError:
        return None
