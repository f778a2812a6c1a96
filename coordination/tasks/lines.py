"""Lists officials type one on a line: further targets, parts of the work, waves, contributions; and how they are shown.

What is written by one of these functions is read back by the other as the same list.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from coordination.tasks import targets
from coordination.tasks.enums import TargetOperator
from coordination.tasks.schedule import Wave
from records.text import fold, nfc
from records.wording import day, number

MOST_LINES = 60
LONGEST_LINE = 400
_DAY = re.compile(r"(?<![0-9/])([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}))?(?![0-9/])")
_NUMBER = re.compile(r"^([0-9][0-9. ]*(?:,[0-9]+)?)\s*(.*)$", re.DOTALL)
_LEADS_TO_A_DAY = re.compile(r"(?:^|\s)(?:từ|ngày|đến)\s*$", re.IGNORECASE)
_BOUNDS = (
    (TargetOperator.AT_LEAST, ("it nhat", "toi thieu", ">=", "≥")),
    (TargetOperator.MORE_THAN, ("hon", "tren", ">")),
    (TargetOperator.NEARLY, ("gan",)),
    (TargetOperator.ABOUT, ("khoang", "~")),
)
_ENDS = " \t:;,.|–-"
_DEADLINE_WORDS = ("han hoan thanh", "hoan thanh truoc", "truoc ngay", "den ngay", "han", "truoc", "den", "xong")
_LARGEST = Decimal(10) ** 13


class LineFault(ValueError):
    """A line that cannot be read: which one, what is wrong, how to write it."""

    def __init__(self, place: int, message: str):
        super().__init__(_("Line %(place)s: %(message)s") % {"place": place, "message": message})


@dataclass(frozen=True)
class TargetLine:
    """A target as typed; one that begins with a dash is a part of the last one that does not."""

    name: str
    operator: TargetOperator
    value: Decimal | None
    unit: str
    words: str
    is_part: bool


@dataclass(frozen=True)
class ItemLine:
    """A part of the work as typed, with what was written after its day: the agency that does it."""

    place: int
    title: str
    due_on: date
    agency: str


def read_targets(typed: str) -> list[TargetLine]:
    """Targets such as "Số hộ: gần 45 hộ" and their parts, "- Xã Quảng An: 20 hộ".

    Raises: LineFault.
    """
    found = []
    for place, line in _lines(typed):
        is_part = line[0] in "-–+•"
        name, colon, rest = line.lstrip("-–+• ").partition(":")
        if not colon or not name.strip() or not rest.strip():
            raise LineFault(place, _("write the name, a colon and the target, for example “Meetings: 4 meetings”"))
        operator, quantity = _bound(rest.strip())
        value, unit = _amount(place, quantity)
        if value is None:
            found.append(TargetLine(name.strip()[:200], TargetOperator.IN_WORDS, None, "", rest.strip()[:300], is_part))
        else:
            found.append(TargetLine(name.strip()[:200], operator, value, unit, "", is_part))
    return found


def written_targets(rows: Sequence[tuple[str, str, Decimal | None, str, str, bool]]) -> str:
    """Targets as `read_targets` reads them. Shape: name, operator, value, unit, words, whether it is a part."""
    lines = []
    for name, operator, value, unit, words, is_part in rows:
        said = words if value is None else targets.words("", operator, value, unit, "")
        lines.append(f"{'- ' if is_part else ''}{name}: {said}")
    return "\n".join(lines)


def read_items(typed: str, *, year: int) -> list[ItemLine]:
    """Parts of the work such as "Lập danh sách hộ: 15/4/2022, Hội Nông dân"; a day without its year is of this one.

    Raises: LineFault.
    """
    found = []
    for place, line in _lines(typed):
        days = list(_DAY.finditer(line))
        if not days:
            raise LineFault(place, _("write the deadline as day/month/year, for example 15/4/2022"))
        title, agency = line[: days[-1].start()], line[days[-1].end() :].strip(_ENDS)
        title = _without_deadline_words(title)
        if not title:
            raise LineFault(place, _("write what is to be done before the deadline"))
        found.append(ItemLine(place, title[:200], _day_of(place, days[-1], year), agency))
    return found


def written_items(rows: Sequence[tuple[str, date, str]]) -> str:
    """Parts of the work as `read_items` reads them. Shape: title, deadline, short name of the agency or nothing."""
    return "\n".join(f"{title}: {day(due_on)}{', ' if agency else ''}{agency}" for title, due_on, agency in rows)


def read_waves(typed: str, *, year: int) -> list[Wave]:
    """Waves such as "Đợt 1: 01/3/2022 – 15/3/2022" or only "15/3/2022".

    Raises: LineFault.
    """
    found = []
    for place, line in _lines(typed):
        days = list(_DAY.finditer(line))
        if not 1 <= len(days) <= 2:
            raise LineFault(place, _("write the first and the last day of the wave, for example 01/3/2022 – 15/3/2022"))
        name = line[: days[0].start()].strip(_ENDS)
        while _LEADS_TO_A_DAY.search(name):
            name = _LEADS_TO_A_DAY.sub("", name).strip(_ENDS)
        start = _day_of(place, days[0], year) if len(days) == 2 else None
        found.append(Wave(start, _day_of(place, days[-1], year), name[:200]))
    return found


def written_waves(waves: Sequence[Wave]) -> str:
    """Waves as `read_waves` reads them."""
    return "\n".join(
        f"{wave.name}{': ' if wave.name else ''}{f'{day(wave.start_on)} – ' if wave.start_on else ''}{day(wave.due_on)}"
        for wave in waves
    )


def read_contributions(typed: str) -> list[tuple[int, str, str]]:
    """What agencies contribute, such as "Hội Nông dân: vận động hội viên". Shape: place, agency as typed, words.

    Raises: LineFault.
    """
    found = []
    for place, line in _lines(typed):
        name, colon, words = line.partition(":")
        if not colon or not name.strip() or not words.strip():
            raise LineFault(place, _("write the agency, a colon and what it contributes"))
        found.append((place, name.strip(), words.strip()))
    return found


def written_contributions(rows: Sequence[tuple[str, str]]) -> str:
    """Contributions as `read_contributions` reads them. Shape: short name of the agency, words."""
    return "\n".join(f"{name}: {words}" for name, words in rows)


def agency_meant(typed: str, names: Mapping[int, Sequence[str]]) -> int | None:
    """The agency a typed name means: the whole name without marks, else the only one that begins with it or has it.

    Shape: names by the agency's key.
    """
    wanted = fold(typed)
    folded = {pk: [fold(name) for name in several] for pk, several in names.items()}
    tests = (str.__eq__, str.startswith, str.__contains__)
    for test in tests:
        found = [pk for pk, several in folded.items() if any(test(name, wanted) for name in several)]
        if len(found) == 1:
            return found[0]
    return None


def _lines(typed: str) -> Iterator[tuple[int, str]]:
    lines = [(place, nfc(line).strip()) for place, line in enumerate(typed.splitlines(), start=1)]
    filled = [(place, line) for place, line in lines if line]
    if len(filled) > MOST_LINES:
        raise LineFault(filled[MOST_LINES][0], _("at most %(most)s lines are taken") % {"most": MOST_LINES})
    for place, line in filled:
        if len(line) > LONGEST_LINE:
            raise LineFault(place, _("at most %(most)s characters stand on a line") % {"most": LONGEST_LINE})
        yield place, " ".join(line.split())


def _bound(said: str) -> tuple[TargetOperator, str]:
    """The operator a target begins with, and the rest of it."""
    for operator, openings in _BOUNDS:
        for opening in openings:
            words = said.split(" ")
            count = len(opening.split(" "))
            if fold(" ".join(words[:count])) == opening and len(words) > count:
                return operator, " ".join(words[count:])
            if not opening[0].isalpha() and said.startswith(opening):
                return operator, said[len(opening) :].strip()
    return TargetOperator.EXACTLY, said


def _amount(place: int, said: str) -> tuple[Decimal | None, str]:
    """The number a target begins with and its unit; None where it begins with words."""
    match = _NUMBER.match(said)
    if match is None:
        return None, ""
    written, unit = match[1].strip(), match[2].strip()
    whole, _comma, fraction = written.replace(" ", "").partition(",")
    groups = whole.split(".")
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        raise LineFault(place, _("write the number as 1.450 or 93,5"))
    value = Decimal(f"{''.join(groups)}.{fraction or 0}")
    if value >= _LARGEST:
        raise LineFault(place, _("the number is too large"))
    if not unit:
        raise LineFault(
            place, _("write the unit after the number, for example %(value)s households") % {"value": number(value)}
        )
    return value.quantize(Decimal("0.01")), unit[:40]


def _without_deadline_words(title: str) -> str:
    """The title without "hạn", "trước ngày" … that led to its day."""
    plain = title.strip(_ENDS)
    for words in _DEADLINE_WORDS:
        if fold(plain).endswith(f" {words}"):
            return " ".join(plain.split(" ")[: -len(words.split(" "))]).strip(_ENDS)
    return plain


def _day_of(place: int, match: re.Match, year: int) -> date:
    try:
        return date(int(match[3] or year), int(match[2]), int(match[1]))
    except ValueError as wrong:
        raise LineFault(place, _("%(day)s is not a real date") % {"day": match[0]}) from wrong
