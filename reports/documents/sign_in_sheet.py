"""The sign-in sheet of a conference: a line to sign on for everyone invited, group by group."""

from django.db.models import prefetch_related_objects

from coordination.conferences.models import Attendance, Conference
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


def sign_in_sheet(conference: Conference) -> TablePaper:
    """As many empty lines as were invited of each group, numbered through; some at the end for other guests."""
    prefetch_related_objects([conference], "organiser__names", "attendance")
    where = f"Địa điểm: {hyphenated(conference.place)}" if conference.place else ""
    return TablePaper(
        title="DANH SÁCH ĐẠI BIỂU KÝ TÊN",
        subtitle=named(conference),
        lines=tuple(line for line in (capitalised(begins(conference)), where) if line),
        blocks=(Table(columns=COLUMNS, rows=_rows(list(conference.attendance.all()))),),
        author=organiser_name(conference),
        is_illustrative=conference.unit.is_illustrative,
        is_landscape=False,
    )


def _rows(groups: list[Attendance]) -> tuple[Row, ...]:
    rows, number = [], 0
    for heading, lines in (*((hyphenated(group.group), _lines(group)) for group in groups), (SPARE, SPARE_LINES)):
        rows.append(Row((heading,)))
        for _line in range(lines):
            number += 1
            rows.append(Row((str(number), "", "", "", "")))
    return tuple(rows)


def _lines(group: Attendance) -> int:
    return min(USUAL_LINES if group.invited is None else group.invited, MOST_LINES)
