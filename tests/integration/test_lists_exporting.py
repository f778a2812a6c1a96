"""Taking a list out: just what the page shows, as a workbook or as text, and no cell of it a formula."""

import csv
import io
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from agencies.access.enums import Role
from coordination.lists import services as lists
from coordination.lists.enums import ListColumn
from coordination.lists.filters import TaskFilters
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import NotAllowed
from tests.factories.people import make_member, make_unit
from tests.factories.programs import make_program
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db
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
