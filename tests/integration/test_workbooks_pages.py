"""The pages of workbooks: taken, sent back, looked at, written, taken back, all by ordinary requests."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from agencies.access.enums import Role
from coordination.intake.enums import Column
from coordination.intake.models import TaskTable
from coordination.models import Task
from coordination.programs.models import Program
from tests.factories.intake import HEAD, make_workbook, row, send
from tests.factories.people import make_member
from tests.factories.programs import make_area, make_program, secretary_of
from tests.factories.tasks import make_task, official_of
from tests.factories.workbooks import filled_in

pytestmark = pytest.mark.django_db
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
HOME = reverse("coordination:workbook-home")


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    found = make_program()
    make_area(found.unit)
    make_task(found, title="Vận động hiến đất")
    return found.pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def official(program):
    return official_of(program.drafting_agency)


def upload(client, address: str, content: bytes, name: str = "so-nhiem-vu.xlsx"):
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def test_the_workbook_of_an_agency_goes_all_the_way_round(program, official, sign_in):
    """Taken, changed, sent back, looked at, written, taken back: the task says again what it said."""
    client = sign_in(official)
    taken = client.get(f"{reverse('coordination:agency-workbook')}?year=2022")
    assert taken.headers["Content-Disposition"].endswith("so-nhiem-vu-ben-thu-1-2022.xlsx")
    sent = upload(client, HOME, filled_in(taken.content, {(1, Column.CONTENT): "Vận động hiến đất làm đường"}))
    table = TaskTable.objects.get()
    check, undo = (reverse(f"coordination:intake-{page}", args=[table.pk]) for page in ("check", "undo"))
    assert (sent.status_code, sent.url, table.program) == (302, check, None)
    shown = client.get(check)
    [seen] = shown.context["shown"].rows
    assert [(cell.text, cell.was) for cell in seen.cells if cell.is_written] == [
        ("Vận động hiến đất làm đường", "Vận động hiến đất")
    ]
    assert client.post(check, shown.context["form"].initial).status_code == 302
    assert Task.objects.get().title == "Vận động hiến đất làm đường"
    assert client.get(HOME).context["home"].sent[0].undo_until is not None
    assert client.post(undo, client.get(undo).context["form"].initial).status_code == 302
    assert Task.objects.get().title == "Vận động hiến đất"
    assert client.get(HOME).context["home"].sent[0].undo_until is None


def test_the_notes_of_a_workbook_can_be_mended_and_sent_again(program, official, sign_in):
    """The file with notes keeps the marks, so that mending it there changes the right tasks."""
    client = sign_in(official)
    content = client.get(reverse("coordination:program-workbook", args=[program.slug])).content
    address = reverse("coordination:program-intake", args=[program.slug])
    upload(client, address, filled_in(content, {(1, Column.TIME): "31/02/2022", (1, Column.FUNDING): "Huyện"}))
    notes = client.get(reverse("coordination:intake-notes", args=[TaskTable.objects.get().pk])).content
    sent = upload(client, address, _mended(notes, {"31/02/2022": "Quý III"}), "da-sua.xlsx")
    shown = client.get(sent.url).context["shown"]
    assert (shown.preview.errors, shown.to_change, shown.to_add) == ([], 1, 0)


def _mended(content: bytes, words: dict[str, str]) -> bytes:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return make_workbook([[words.get(cell, cell) for cell in cells] for cells in rows], names=["Bảng đã gửi"])


def test_a_change_made_meanwhile_is_shown_anew_and_nothing_is_written(program, official, sign_in):
    client = sign_in(official)
    content = client.get(reverse("coordination:program-workbook", args=[program.slug])).content
    upload(client, HOME, filled_in(content, {(1, Column.FUNDING): "Huyện"}))
    check = reverse("coordination:intake-check", args=[TaskTable.objects.get().pk])
    form = client.get(check).context["form"].initial
    Task.objects.update(revision=7)
    answer = client.post(check, form)
    assert (answer.status_code, Task.objects.get().funding) == (409, "")
    assert client.post(check, answer.context["form"].initial).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_stay_within_their_queries(program, official, sign_in, count, django_assert_max_num_queries):
    for number in range(count):
        send(program, official, make_workbook([HEAD, row(c2=f"Việc {number}")]))
    client = sign_in(official)
    with django_assert_max_num_queries(17):
        assert len(client.get(f"{HOME}?year=2022").context["home"].sent) == count
    table = send(program, official, make_workbook([HEAD, *[row(c2=f"Việc mới {n}") for n in range(count)]]))
    check, undo = (reverse(f"coordination:intake-{page}", args=[table.pk]) for page in ("check", "undo"))
    client.post(check, client.get(check).context["form"].initial)
    with django_assert_max_num_queries(17):
        assert client.get(check).context["undo_until"] is not None
    with django_assert_max_num_queries(17):
        assert len(client.get(undo).context["added"]) == count


def test_whoever_does_not_write_tasks_is_told_who_does(program, sign_in):
    leader = make_member(program.drafting_agency, Role.LEADER)
    answer = sign_in(leader).get(HOME)
    assert answer.status_code == 403
    assert sign_in(leader).get(reverse("coordination:agency-workbook")).status_code == 403


def test_a_table_is_its_senders_alone(program, official, sign_in):
    table = send(None, official, make_workbook([HEAD, row()]))
    other = sign_in(secretary_of(program.drafting_agency))
    for page in ("check", "columns", "notes", "undo"):
        address = reverse(f"coordination:intake-{page}", args=[table.pk])
        missing = reverse(f"coordination:intake-{page}", args=[999_999])
        answers = [other.get(one) for one in (address, missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        first, second = (_TOKEN.sub(b"", answer.content) for answer in answers)
        assert first == second
