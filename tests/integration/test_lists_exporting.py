"""Taking a list out: just what the page shows, as a workbook or as text, and no cell of it a formula."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from python_calamine import CalamineWorkbook

from agencies.access.enums import Role
from coordination.lists import services as lists
from coordination.lists.enums import ListColumn
from coordination.lists.filters import GROUPINGS, TaskFilters
from coordination.lists.queries import Lines, found_by, ordered, task_list
from coordination.tasks import services as tasks
from coordination.tasks.enums import ScheduleKind, TargetOperator
from coordination.tasks.queries import rows_of, whole_rows
from coordination.tasks.schedule import Wave
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import NotAllowed
from records.wording import percent
from tests.factories.people import make_member, make_unit
from tests.factories.programs import make_program
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)
YEAR = TaskFilters(year=2022)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "=cmd|'/c calc'!A0")


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


def workbook(response) -> list[list]:
    content = b"".join(response.streaming_content)
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def text(response) -> list[list[str]]:
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def test_the_file_holds_all_pages_of_what_is_shown_in_its_order_and_nothing_else(program, official, sign_in):
    for number in range(23):
        make_task(program, title=f"Việc số {number:02}")
    make_task(program, title="Không khớp")
    make_task(make_program("signed", unit=make_unit()), title="Việc số của nơi khác")
    client = sign_in(official)
    for kind, read in (("xlsx", workbook), ("csv", text)):
        head, *rows = read(client.post(f"/nhiem-vu/xuat.{kind}?year=2022&q=viec+so&sort=-title"))
        title = head.index("Nhiệm vụ")
        assert [row[title] for row in rows] == [f"Việc số {number:02}" for number in range(22, -1, -1)], kind


def test_the_columns_are_those_shown(program, official, sign_in):
    make_task(program)
    client = sign_in(official)
    few = text(client.post("/nhiem-vu/xuat.csv?column=program&column=status"))[0]
    assert few == ["Nhiệm vụ", "Lĩnh vực", "Chương trình", "Trạng thái"]
    every = "&".join(f"column={column}" for column in ListColumn)
    head, row = text(client.post(f"/nhiem-vu/xuat.csv?{every}&group=agency"))
    assert len(head) == len(row) == len(ListColumn) + 4
    assert row[0] == program.parties.first().agency.current_short_name


def test_days_are_days_and_the_sheet_keeps_its_head(program, official, sign_in):
    make_task(program)
    head, row = workbook(sign_in(official).post("/nhiem-vu/xuat.xlsx?year=2022"))
    assert row[head.index("Hạn")] == date(2022, 4, 15)


@pytest.fixture
def every_kind(program, official):
    """Tasks whose words are made in different ways: waves, one after another, words for a target, several agencies."""
    _first, second, third = (party.agency for party in program.parties.order_by("letterhead_order"))
    undated = {"start_on": None, "due_on": None}
    waves = (Wave(date(2022, 4, 1), date(2022, 4, 5), "Đợt 1"), Wave(date(2022, 6, 1), date(2022, 6, 5), ""))
    more = tasks.TargetDraft("Cuộc", TargetOperator.NEARLY, Decimal(4), "cuộc")
    late = make_task(program, "in_progress", title="Đã trễ", due_on=date(2022, 3, 15), coordinators=(second, third))
    make_task(program, "completed", title="Xong", section=program.sections.first(), lead=second)
    make_task(program, schedule_kind=ScheduleKind.AFTER_TASK, follows=late, within_days=10, **undated)
    make_task(program, schedule_kind=ScheduleKind.WAVES, waves=waves, **undated)
    in_words = {"target_value": None, "target_unit": "", "target_words": "Nhiều buổi"}
    make_task(program, schedule_kind=ScheduleKind.QUARTER, schedule_number=2, **undated, **in_words)
    at_least = {"target_operator": TargetOperator.AT_LEAST, "more_targets": (more,)}
    make_task(program, schedule_kind=ScheduleKind.ONGOING, lead=third, **undated, **at_least)


@pytest.mark.parametrize("group", GROUPINGS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_file_says_of_each_task_what_the_page_says(program, official, every_kind, group, language):
    """The file reads no models; its words are compared with those of the rows, which do."""
    filters = YEAR.but(group=group)
    found = ordered(found_by(official, filters, today=TODAY), filters)
    lines = list(Lines(found, filters, language))
    assert len(lines) == 6
    with translation.override(language):
        for line, row in zip(lines, rows_of(whole_rows(found), today=TODAY), strict=True):
            task = row.task
            assert (line.code, line.title, line.area, line.program) == (
                task.code, task.title, task.area.name, task.program.code,
            )  # fmt: skip
            assert (line.leads, line.coordinators) == (row.lead_names, row.coordinator_names)
            assert (line.deliverable, line.target) == (task.deliverable, row.target.shown)
            assert (line.start_on, line.deadline, line.schedule) == (task.start_on, task.deadline, task.schedule_words)
            assert (line.percent, line.quantity) == (percent(row.percent), row.quantity)
            assert (line.reported_at, line.standing) == (task.last_reported_at, str(row.standing.label))
    with translation.override(language):
        heads = [row.group for row in task_list(official, filters, today=TODAY).rows if row.group]
    assert list(dict.fromkeys(line.group for line in lines if line.group)) == heads


def test_a_file_asks_as_often_however_many_tasks_lie_in_a_piece(program, official):
    asked = []
    official.agency_ids()
    for _more in range(2):
        make_task(program)
        make_task(program)
        with CaptureQueriesContext(connection) as captured:
            list(Lines(found_by(official, YEAR, today=TODAY), YEAR, "vi"))
        asked.append(len(captured))
    assert asked == [4, 4]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula_abuse_35(program, official, formula):
    make_task(program, title=f"{formula} việc", deliverable=formula)
    taken = lists.export_list(YEAR.but(columns=tuple(ListColumn)), actor=official)
    line = list(csv.reader(io.StringIO("".join(taken.as_csv()).lstrip("\ufeff"))))[1]
    assert f"'{formula} việc" in line
    assert not any(value.startswith(tuple("=+-@＝＋－＠")) for value in line)
    content = b"".join(taken.as_xlsx())
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert f"{formula} việc" in sheet[1]
    assert b"<f>" not in _sheet(content)


def test_the_log_tells_who_took_out_what(program, official, sign_in):
    make_task(program)
    sign_in(official).post("/nhiem-vu/xuat.csv?year=2022&mine=1")
    entry = AuditEntry.objects.filter(action=AuditAction.EXPORTED).get()
    assert entry.after == {"query": "?year=2022&mine=1", "rows": 1}


def test_a_link_alone_takes_nothing_out(official, sign_in):
    client = sign_in(official)
    assert client.get("/nhiem-vu/xuat.xlsx").status_code == 405
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()


def test_whoever_has_no_right_on_content_takes_nothing_out(program):
    make_task(program)
    with pytest.raises(NotAllowed):
        lists.export_list(YEAR, actor=make_member(program.drafting_agency, Role.UNIT_ADMIN))


def test_the_download_is_an_attachment_nobody_keeps(program, official, sign_in):
    make_task(program)
    response = sign_in(official).post("/nhiem-vu/xuat.xlsx?year=2022")
    assert b"".join(response.streaming_content).startswith(b"PK")
    assert response["Content-Disposition"] == 'attachment; filename="nhiem-vu-2022-2022-03-30.xlsx"'
    assert (response["Cache-Control"], response["X-Content-Type-Options"]) == ("no-store", "nosniff")


def _sheet(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read("xl/worksheets/sheet1.xml")
