"""The sign-in sheet of a conference: a line to sign on for everyone invited, group by group, in seat order."""

from django.db.models import Prefetch, prefetch_related_objects

from coordination.conferences.models import Attendance, Conference, Invitation
from reports.documents.blocks import Column, Row, Table
from reports.documents.comment_table import TablePaper
from reports.documents.meeting import begins, named, organiser_name
from reports.documents.wording import capitalised, hyphenated

COLUMNS = (
    Column("TT", 7, "center"),
    Column("Họ và tên", 30),
    Column("Chức vụ, cơ quan", 33),
    Column("Ký tên", 18),
    Column("Ghi chú", 12),
)
# Lines of a group whose number is not known, and the most one group gets.
USUAL_LINES, MOST_LINES = 5, 200
SPARE_LINES = 10
SPARE = "Đại biểu khác"
INSTEAD = "Đi thay"


def sign_in_sheet(conference: Conference) -> TablePaper:
    """A line for every seat of a group kept by name, as many empty lines as were invited of each other group; some at
    the end for other guests. Numbered through.

    Rule: R-PEOPLE-6.
    """
    prefetch_related_objects([conference], "organiser__names")
    where = f"Địa điểm: {hyphenated(conference.place)}" if conference.place else ""
    return TablePaper(
        title="DANH SÁCH ĐẠI BIỂU KÝ TÊN",
        subtitle=named(conference),
        lines=tuple(line for line in (capitalised(begins(conference)), where) if line),
        blocks=(Table(columns=COLUMNS, rows=_rows(_with_seats(conference))),),
        author=organiser_name(conference),
        is_illustrative=conference.unit.is_illustrative,
        is_landscape=False,
    )


def _with_seats(conference: Conference) -> list[Attendance]:
    """The groups in protocol order, each with its seats in theirs. Two queries."""
    seats = Invitation.objects.standing().order_by("position", "number")
    return list(conference.attendance.prefetch_related(Prefetch("invitations", seats, to_attr="seats")))


def _rows(groups: list[Attendance]) -> tuple[Row, ...]:
    rows, number = [], 0
    for heading, lines in (
        *((hyphenated(group.group), _lines(group)) for group in groups),
        (SPARE, _empty(SPARE_LINES)),
    ):
        rows.append(Row((heading,)))
        for name, title, note in lines:
            number += 1
            rows.append(Row((str(number), name, title, "", note)))
    return tuple(rows)


def _lines(group: Attendance) -> list[tuple[str, str, str]]:
    """Name, post and note of each line: of the seats where they are kept by name, otherwise empty ones to fill in."""
    if group.seats:
        return [_seat(seat) for seat in group.seats]
    return _empty(min(USUAL_LINES if group.invited is None else group.invited, MOST_LINES))


def _seat(seat: Invitation) -> tuple[str, str, str]:
    return (
        hyphenated(seat.seat_name),
        hyphenated(seat.seat_full_title),
        INSTEAD if seat.is_by_another else "",
    )


def _empty(lines: int) -> list[tuple[str, str, str]]:
    return [("", "", "")] * lines
