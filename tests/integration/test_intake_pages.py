"""Sending a task table, looking at it, taking it in: nothing is written before the word, then all of it or none."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.access.enums import Role
from coordination.intake import services as intake
from coordination.intake.models import TaskTable
from coordination.intake.queries import grids_of, preview_of
from coordination.intake.services import PreviewChanged, taking
from coordination.models import Task
from coordination.programs import services as programs
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from records.audit.enums import AuditAction
from records.audit.verification import faults
from records.errors import Conflict, NotAllowed, RuleBroken
from records.models import AuditEntry
from records.text import fold
from tests.factories.intake import HEAD, make_document, make_workbook, row, send
from tests.factories.people import make_member
from tests.factories.programs import advance, make_area, make_program, secretary_of
from tests.factories.tasks import make_draft

pytestmark = pytest.mark.django_db
GOOD = make_workbook([HEAD, row(), row(c2="Tuyên truyền lưu động", c3="Bên thứ 2", c4="")])


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    found = make_program()
    make_area(found.unit)
    return found.pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


def page(program, table: TaskTable | None = None) -> str:
    if table is None:
        return reverse("coordination:program-intake", args=[program.slug])
    return reverse("coordination:intake-check", args=[table.pk])


def upload(client, program, content: bytes, name: str = "nhiem-vu.xlsx", **more):
    return client.post(page(program), {"file": SimpleUploadedFile(name, content), **more})


def confirm(client, program, table, **more):
    form = client.get(page(program, table)).context["form"]
    return client.post(page(program, table), {**form.initial, **more})


def test_a_table_is_sent_looked_at_and_taken_in(program, secretary, sign_in):
    """The story of a table: one entry when it is sent, tasks only after the word, one more entry that names them."""
    client = sign_in(secretary)
    sent = upload(client, program, GOOD)
    table = TaskTable.objects.get()
    assert (sent.status_code, sent.url) == (302, page(program, table))
    shown = client.get(page(program, table))
    assert (shown.status_code, shown.context["shown"].to_add, Task.objects.count()) == (200, 2, 0)
    done = confirm(client, program, table)
    assert done.status_code == 302
    assert list(Task.objects.order_by("ordinal").values_list("title", flat=True)) == [
        "Vận động các hộ hiến đất làm đường",
        "Tuyên truyền lưu động",
    ]
    entries = AuditEntry.objects.filter(object_kind="coordination.tasktable").order_by("sequence")
    assert [entry.action for entry in entries] == [AuditAction.CREATED, AuditAction.CHANGED]
    assert entries[1].after["tasks"] == [f"{program.code}.01", f"{program.code}.02"]
    assert AuditEntry.objects.filter(object_kind="coordination.task", action=AuditAction.CREATED).count() == 2


def test_the_same_word_twice_writes_once(program, secretary, sign_in):
    client = sign_in(secretary)
    table = send(program, secretary, GOOD)
    form = client.get(page(program, table)).context["form"]
    first, second = (client.post(page(program, table), form.initial) for _ in range(2))
    assert (first.status_code, second.status_code, Task.objects.count()) == (302, 302, 2)
    again = client.post(page(program, table), {**form.initial, "form_token": ""})
    assert (again.status_code, Task.objects.count()) == (409, 2)


def test_one_bad_row_among_three_hundred_writes_nothing_and_names_its_cell(program, secretary, sign_in):
    rows = [row(c2=f"Nhiệm vụ thứ {number}") for number in range(300)]
    rows[250] = row(c2="Nhiệm vụ hỏng", c5="31/02/2022")
    client = sign_in(secretary)
    table = send(program, secretary, make_workbook([HEAD, *rows]))
    shown = client.get(page(program, table))
    [fault] = shown.context["shown"].faults
    assert (fault.cell.ref, fault.value) == ("F252", "31/02/2022")
    assert shown.context["form"] is None
    assert "F252" in shown.content.decode()
    digest = shown.context["shown"].preview.digest
    refused = client.post(page(program, table), {"digest": digest, "sheet": "0"})
    assert (refused.status_code, Task.objects.count()) == (422, 0)


def test_three_hundred_rows_are_taken_in_at_once(program, secretary):
    rows = [row(c2=f"Nhiệm vụ thứ {number}") for number in range(300)]
    table = send(program, secretary, make_workbook([HEAD, *rows]))
    digest = _digest(table, secretary)
    assert len(intake.take_in(table, actor=secretary, digest=digest, sheet=0)) == 300
    assert Task.objects.count() == 300


def test_a_fault_that_comes_up_while_writing_takes_everything_back(program, secretary, monkeypatch):
    """All tasks are there already when the last step fails; none of them stays, nor their entries."""
    table = send(program, secretary, GOOD)
    digest = _digest(table, secretary)
    entries = AuditEntry.objects.count()

    def fails(*args, **kwargs):
        assert Task.objects.count() == 2
        raise RuleBroken("không ghi được")

    monkeypatch.setattr(taking, "_mark_taken_in", fails)
    with pytest.raises(RuleBroken):
        intake.take_in(table, actor=secretary, digest=digest, sheet=0)
    assert (Task.objects.count(), TaskTable.objects.get().taken_in_at) == (0, None)
    assert AuditEntry.objects.count() == entries


def test_a_task_of_a_table_is_like_one_written_by_hand(program, secretary):
    """Roles, targets, turns of recurring work, history and the entry of the audit: the same in every value."""
    rows = [
        row(c4="Bên thứ 3; Bên thứ 2"),
        row(c2="Giao ban", c5="Hằng quý", c7="khoảng 3,5 tấn"),
        row(c2="Tự do", c5="Thường xuyên", c7=""),
    ]
    table = send(program, secretary, make_workbook([HEAD, *rows]))
    [grid] = grids_of(table.file)
    drafts = preview_of(grid, program, actor=secretary).drafts
    by_table = intake.take_in(table, actor=secretary, digest=_digest(table, secretary), sheet=0)
    by_hand = [tasks.create_task(program, actor=secretary, draft=draft) for draft in drafts]
    for one, other in zip(by_table, by_hand, strict=True):
        one = Task.objects.get(pk=one.pk)
        assert tasks.draft_of(one) == tasks.draft_of(other)
        assert (one.deadline, one.title_folded) == (other.deadline, fold(f"{one.code} {other.title}"))
        assert list(one.steps.values_list("kind", "due_on")) == list(other.steps.values_list("kind", "due_on"))
        assert list(one.state_changes.values_list("to_state", "by")) == list(
            other.state_changes.values_list("to_state", "by")
        )
        first, second = (AuditEntry.objects.get(object_kind="coordination.task", object_id=t.pk) for t in (one, other))
        assert (first.after, first.actor_id, first.role_label) == (second.after, second.actor_id, second.role_label)
    assert list(faults()) == []


def test_what_changed_since_the_preview_is_shown_anew(program, secretary, sign_in):
    """Someone adds the same task meanwhile: the row would now be left out, so nothing is written before a new look."""
    client = sign_in(secretary)
    table = send(program, secretary, GOOD)
    form = client.get(page(program, table)).context["form"]
    tasks.create_task(program, actor=secretary, draft=make_draft(program, title="Tuyên truyền lưu động"))
    answer = client.post(page(program, table), form.initial)
    assert (answer.status_code, Task.objects.count()) == (409, 1)
    assert answer.context["form"].initial["digest"] != form.initial["digest"]
    with pytest.raises(PreviewChanged):
        intake.take_in(table, actor=secretary, digest="0" * 64, sheet=0)


def test_a_program_that_moved_on_answers_409(program, secretary, sign_in):
    program = advance(program, "signed", secretary=secretary)
    client = sign_in(secretary)
    table = send(program, secretary, GOOD)
    form = client.get(page(program, table)).context["form"]
    programs.open_evaluation(program, actor=secretary)
    answer = client.post(page(program, table), form.initial)
    assert (answer.status_code, Task.objects.count()) == (409, 0)


def test_a_table_belongs_to_whoever_sent_it(program, secretary, sign_in):
    table = send(program, secretary, GOOD)
    colleague = make_member(program.drafting_agency, Role.SECRETARY)
    assert sign_in(colleague).get(page(program, table)).status_code == 404
    with pytest.raises(NotAllowed):
        intake.take_in(table, actor=colleague, digest=_digest(table, secretary), sheet=0)
    assert not TaskTable.objects.visible_to(colleague).exists()


def test_taken_in_twice_is_a_conflict(program, secretary):
    table = send(program, secretary, GOOD)
    digest = _digest(table, secretary)
    intake.take_in(table, actor=secretary, digest=digest, sheet=0)
    with pytest.raises(Conflict):
        intake.take_in(table, actor=secretary, digest=digest, sheet=0)


def packed(**parts: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED_FILES = {
    "empty": ("a.xlsx", b""),
    "old Excel called xlsx": ("a.xlsx", OLE + bytes(3000)),
    "protected by a password": ("a.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
    "too large": ("a.xlsx", b"PK\x03\x04" + bytes(5 * 1024 * 1024)),
    "zip bomb": ("a.xlsx", packed(xl__workbook_xml=b"<a/>", bomb=bytes(70 * 1024 * 1024))),
    "no zip": ("a.xlsx", b"PK\x03\x04 khong phai"),
    "a zip of something else": ("a.xlsx", packed(readme=b"x")),
    "a workbook without parts": ("a.xlsx", packed(xl__workbook_xml=b"<workbook/>")),
    "a broken workbook": ("a.xlsx", packed(xl__workbook_xml=b"<workbook")),
    "Word called Excel": ("a.xlsx", make_document([list(HEAD), list(map(str, row()))])),
    "Excel called Word": ("a.docx", GOOD),
    "Word without a table": ("a.docx", make_document()),
    "a broken document": ("a.docx", packed(word__document_xml=b"<w:document")),
    "another kind": ("a.pdf", b"%PDF-1.7"),
    "a program": ("nhiem-vu.xlsx.exe", b"MZ"),
    "an empty workbook": ("a.xlsx", make_workbook([[]])),
}


@pytest.mark.parametrize("which", REFUSED_FILES)
def test_a_file_that_holds_no_task_table_is_refused_beside_its_field(which, program, secretary, sign_in):
    name, content = REFUSED_FILES[which]
    answer = upload(sign_in(secretary), program, content, name)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"]), which
    assert not TaskTable.objects.exists()


def test_a_workbook_cut_off_anywhere_never_breaks_the_page(program, secretary, sign_in):
    client = sign_in(secretary)
    for length in range(0, len(GOOD), len(GOOD) // 12):
        assert upload(client, program, GOOD[:length]).status_code == 422
    spoilt = bytearray(GOOD)
    for place in range(60, len(GOOD), len(GOOD) // 25):
        spoilt[place] ^= 0xFF
        assert upload(client, program, bytes(spoilt)).status_code in (302, 422)


def test_a_word_table_is_taken_in(program, secretary, sign_in):
    client = sign_in(secretary)
    content = make_document([list(HEAD), [str(cell) for cell in row()]])
    assert upload(client, program, content, "bang.docx").status_code == 302
    assert confirm(client, program, TaskTable.objects.get()).status_code == 302
    assert Task.objects.count() == 1


def test_the_tasks_go_below_the_section_that_was_chosen(program, secretary, sign_in):
    client, section = sign_in(secretary), program.sections.last()
    upload(client, program, GOOD, section=section.pk)
    confirm(client, program, TaskTable.objects.get())
    assert {task.section_id for task in Task.objects.all()} == {section.pk}
    foreign = make_program().sections.first()
    assert upload(client, program, GOOD, section=foreign.pk).status_code == 422


def test_the_template_comes_back_as_a_table_that_is_understood(program, secretary, sign_in):
    """What the portal hands out it reads itself: the head is known, and there is no task yet."""
    client = sign_in(secretary)
    template = client.get(reverse("coordination:program-intake-template", args=[program.slug]))
    assert template.headers["Content-Disposition"].endswith(f"mau-nhiem-vu-{program.slug}.xlsx")
    upload(client, program, template.content)
    shown = client.get(page(program, TaskTable.objects.get())).context["shown"]
    assert (shown.grid.name, len(shown.preview.errors), len(shown.preview.head.columns)) == ("Nhiệm vụ", 1, 11)


def test_the_notes_name_every_fault_at_its_cell(program, secretary, sign_in):
    client = sign_in(secretary)
    table = send(program, secretary, make_workbook([HEAD, row(c5="nay mai"), row(c2="=HYPERLINK(1)", c3="Hội lạ")]))
    notes = client.get(reverse("coordination:intake-notes", args=[table.pk]))
    assert notes.status_code == 200
    with zipfile.ZipFile(BytesIO(notes.content)) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert "F2" in texts and "D3" in texts and "Hội lạ" in texts


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_stays_within_its_queries(program, secretary, sign_in, count, django_assert_max_num_queries):
    table = send(program, secretary, make_workbook([HEAD, *[row(c2=f"Việc {n}") for n in range(count)]]))
    client = sign_in(secretary)
    with django_assert_max_num_queries(34):
        assert client.get(page(program, table)).context["shown"].to_add == count


def test_a_sheet_or_view_that_does_not_exist_shows_the_likeliest(program, secretary, sign_in):
    table = send(program, secretary, make_workbook([["Đọc"]], [HEAD, row()]))
    client = sign_in(secretary)
    for asked in ("?sheet=77", "?sheet=-1", "?sheet=%00", "?view=x&page=10000000000000000000000", "?sheet=²"):
        assert client.get(page(program, table) + asked).context["shown"].sheet == 1, asked
    assert client.get(page(program, table) + "?sheet=0").context["form"] is None


def test_outsiders_and_leaders_do_not_import(program, secretary, sign_in):
    stranger = make_member(make_program().drafting_agency, Role.SECRETARY)
    assert sign_in(stranger).get(page(program)).status_code == 404
    leader = make_member(program.drafting_agency, Role.LEADER)
    assert sign_in(leader).get(page(program)).status_code == 403
    with pytest.raises(NotAllowed):
        send(program, leader, GOOD)


def _digest(table: TaskTable, member) -> str:
    [grid] = grids_of(table.file)
    return preview_of(grid, table.program, actor=member).digest
