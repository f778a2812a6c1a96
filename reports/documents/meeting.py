"""How papers about a conference name it: when and where it meets, who came, who led it, what it was about."""

from datetime import time

from coordination.conferences.enums import HalfDay
from coordination.conferences.models import AgendaItem, Attendance, Conference
from records import wording
from reports.documents.blocks import Column, Row, Table
from reports.documents.wording import hyphenated, lines

HALF_DAYS = {HalfDay.MORNING: "Sáng", HalfDay.AFTERNOON: "Chiều"}
AGENDA_COLUMNS = (
    Column("TT", 6, "center"),
    Column("Thời gian", 16, "center"),
    Column("Nội dung", 46),
    Column("Thực hiện", 32),
)
ATTENDANCE_COLUMNS = (
    Column("TT", 6, "center"),
    Column("Thành phần", 42),
    Column("Được mời", 13, "center"),
    Column("Có mặt", 13, "center"),
    Column("Đi thay", 12, "center"),
    Column("Vắng có lý do", 14, "center"),
)
UNKNOWN, TO_FILL_IN = "…", "…" * 14


def named(conference: Conference) -> str:
    """The conference by its full title where it has one."""
    return hyphenated(" ".join(lines(conference.full_title)) or conference.title)


def in_sentence(conference: Conference) -> str:
    """The same within a sentence: its first letter small."""
    title = named(conference)
    return title[:1].lower() + title[1:]


def clock_time(moment: time | None) -> str:
    """A time of day as papers write it: 14 giờ 00; dots where it is not known."""
    return f"{moment.hour:02} giờ {moment.minute:02}" if moment else f"{UNKNOWN} giờ {UNKNOWN}"


def begins(conference: Conference) -> str:
    """When it meets: hour, half of the day and day."""
    half = HALF_DAYS[conference.half_day].lower()
    return f"{clock_time(conference.starts_at)}, {half} {wording.decree_date(conference.held_on)}"


def met(conference: Conference) -> str:
    """When and where it met, as the opening words of a notice."""
    where = f", tại {hyphenated(conference.place)}" if conference.place else ""
    return f"{HALF_DAYS[conference.half_day]} {wording.decree_date(conference.held_on)}{where}"


def organiser_name(conference: Conference) -> str:
    """The organiser by its name on the day of the conference."""
    return hyphenated(conference.organiser.name_on(conference.held_on).name)


def chair(conference: Conference) -> tuple[str, str]:
    """Name and title of whoever chaired it first; empty where nobody is known."""
    return next(iter(chairs(conference)), ("", ""))


def chairs(conference: Conference) -> list[tuple[str, str]]:
    """Name and title of everyone who chaired it together, in their order; a post whose holder is not known has no name.

    Where no chair was named it is whoever concluded it.
    """
    named = [(chair.name, hyphenated(chair.title)) for chair in conference.chairs.all()]
    if not named and conference.concluded_by is not None:
        named = [(conference.concluded_by.full_name, hyphenated(conference.concluded_by_title))]
    return named


def chaired_by(conference: Conference) -> tuple[str, str]:
    """What a paper calls the chair and who it is: "Chủ trì" or, of several, "Đồng chủ trì"; empty where unknown."""
    named = [with_title(name, title) for name, title in chairs(conference)]
    return ("Đồng chủ trì" if len(named) > 1 else "Chủ trì"), "; ".join(named)


def with_title(name: str, title: str) -> str:
    """A person as papers of conferences name one: "đồng chí …, chức vụ"; a post without a known holder by itself."""
    return f"đồng chí {', '.join(part for part in (name, title) if part)}"


def presenter(item: AgendaItem, conference: Conference) -> str:
    """Who presents an item of the agenda, by the agency's name on that day."""
    agency = item.presenter_agency.name_on(conference.held_on).short_name if item.presenter_agency else ""
    return hyphenated("; ".join(part for part in (agency, item.presenter) if part))


def agenda_table(conference: Conference, items: list[AgendaItem]) -> Table:
    """The agenda: when, what, by whom."""
    rows = (
        Row(
            (
                str(number),
                clock_time(item.starts_at) if item.starts_at else "",
                hyphenated(item.title),
                presenter(item, conference),
            )
        )
        for number, item in enumerate(items, start=1)
    )
    return Table(columns=AGENDA_COLUMNS, rows=tuple(rows))


def attendance_table(rows: list[Attendance]) -> Table:
    """Who was invited and came, group by group in protocol order; a total where every count is known."""
    told = [
        Row((str(number), hyphenated(row.group), *map(_count, _counts(row))))
        for number, row in enumerate(rows, start=1)
    ]
    if rows and all(row.invited is not None and row.present is not None for row in rows):
        sums = (sum(counts) for counts in zip(*map(_counts, rows), strict=True))
        told.append(Row(("", "Cộng", *map(_count, sums)), is_total=True))
    return Table(columns=ATTENDANCE_COLUMNS, rows=tuple(told))


def _counts(row: Attendance) -> tuple[int | None, int | None, int, int]:
    return row.invited, row.present, row.substitutes, row.excused


def _count(value: int | None) -> str:
    return UNKNOWN if value is None else wording.zero_padded(value)
