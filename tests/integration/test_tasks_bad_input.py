"""What a form answers to wrong input: a sentence beside the field, what was typed kept, nothing saved, never a 500."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coordination.programs.models import Area
from coordination.tasks.forms import TaskForm
from coordination.tasks.models import Evidence, ProgressReport, Task
from tests.factories.people import make_agency, make_unit
from tests.factories.programs import make_area, make_program
from tests.factories.tasks import PDF, make_task, official_of
from tests.factories.wording import said

pytestmark = pytest.mark.django_db

CREATE = "/nhiem-vu/tao/"


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def client(program, sign_in):
    return sign_in(official_of(program.parties.first().agency))


@pytest.fixture
def typed(program):
    """A form filled in well."""
    parties = [party.agency for party in program.parties.all()]
    return {
        "program": program.slug,
        "section": str(program.sections.first().pk),
        "area": str(make_area(program.unit).pk),
        "title": "Hỗ trợ vốn vay cho hộ đăng ký thoát nghèo",
        "lead": str(parties[0].pk),
        "coordinators": [str(parties[1].pk)],
        "schedule_kind": "range",
        "start_on": "05/03/2022",
        "due_on": "30/6/2022",
        "target_operator": "eq",
        "target_value": "1.450",
        "target_unit": "hộ",
        "deliverable": "Danh sách hộ có xác nhận",
        "update_cycle": "monthly",
        "form_token": "mot-lan",
    }


def errors_in(response) -> dict[str, list[str]]:
    """The messages as the page shows them beside each field."""
    page = response.content.decode()
    found = re.findall(r'<div id="id_(\w+)_error">(.*?)</div>', page, re.DOTALL)
    return {
        name: [html.unescape(text) for text in re.findall(r"</span>(.*?)</span></p>", body)] for name, body in found
    }


def test_a_good_form_is_saved_and_day_comes_before_month(client, typed, program):
    response = client.post(CREATE, typed)
    assert response.status_code == 302
    task = Task.objects.get()
    assert response.url == f"/nhiem-vu/{task.slug}/"
    assert (task.start_on.day, task.start_on.month) == (5, 3)
    assert task.targets.get().value == 1450


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Enter the task name"),
        ("title", "  \t ", "Enter the task name"),
        ("title", "x" * 100_000, "The task name has at most 200 characters"),
        ("title", "Tên có\x00NUL", "Remove the characters that cannot be displayed, then save again"),
        ("lead", "", "Choose the lead agency"),
        ("lead", "999999999999999999999999", "Choose one of the listed values"),
        ("lead", "'; DROP TABLE", "Choose one of the listed values"),
        ("section", "TOTAL", "Choose one of the listed values"),
        ("area", "-1", "Choose one of the listed values"),
        ("coordinators", ["\x00"], "Choose one of the listed values"),
        ("start_on", "31/02/2022", "Not a real date. Use day/month/year, for example 15/4/2022"),
        ("due_on", "hôm nay", "Not a real date. Use day/month/year, for example 15/4/2022"),
        ("due_on", "", "Enter the due date"),
        ("target_value", "20 hộ", "The target takes a number only, for example 25. The unit goes in the box beside it"),
        ("target_value", "9" * 40, "The number is too large"),
        ("target_unit", "", "Enter the unit of the target, for example households"),
        ("deliverable", "", "Enter the deliverable or result to reach"),
        ("schedule_kind", "someday", "Choose one of the listed values"),
        ("schedule_number", "ba", "Enter a number only: the month 1–12, the quarter 1–4 or the half-year 1–2"),
    ],
)
def test_one_wrong_field_is_answered_beside_it(client, typed, field, value, message):
    response = client.post(CREATE, {**typed, field: value})
    assert response.status_code == 422
    assert said(message) in errors_in(response)[field]
    assert not Task.objects.exists()
    page = response.content.decode()
    if field in ("title", "due_on", "start_on", "target_value"):
        assert page.count(html.escape(value.replace("\x00", "").strip())) >= 1
    assert page.count(typed["deliverable"]) == (field != "deliverable")


def test_rules_between_fields_are_told_all_at_once(client, typed, program):
    lead = typed["lead"]
    wrong = {
        **typed,
        "coordinators": [lead],
        "second_lead": lead,
        "confirming_agency": lead,
        "start_on": "1/4/2022",
        "due_on": "30/03/2022",
        "target_unit": "",
    }
    response = client.post(CREATE, wrong)
    told = errors_in(response)
    assert told["coordinators"] == [said("The lead agency is not chosen again among the coordinating agencies")]
    assert told["second_lead"] == [said("Choose another agency as the second lead")]
    assert told["confirming_agency"] == [said("The lead agency cannot confirm its own result")]
    assert told["due_on"] == [said("The due date must be after the start date (%(start)s)", start="01/4/2022")]
    assert told["target_unit"] == [said("Enter the unit of the target, for example households")]
    summary = response.content.decode().split('id="error-summary"')[1].split("</ol>")[0]
    assert len(re.findall("<li>", summary)) == 5
    assert not Task.objects.exists()


def test_a_deadline_outside_the_year_is_refused(client, typed):
    told = errors_in(client.post(CREATE, {**typed, "due_on": "01/01/2023"}))
    period = said("year %(year)s", year=2022)
    assert told["due_on"] == [said("The due date must be within %(period)s", period=period)]


def test_nothing_of_another_unit_can_be_named(client, typed):
    unit = make_unit()
    foreign_program = make_program("signed", unit=unit)
    foreign = {
        "program": foreign_program.slug,
        "section": str(foreign_program.sections.first().pk),
        "area": str(make_area(unit).pk),
        "lead": str(foreign_program.parties.first().agency_id),
        "second_lead": str(foreign_program.parties.last().agency_id),
        "coordinators": [str(make_agency(unit, "xa").pk)],
        "confirming_agency": str(foreign_program.parties.last().agency_id),
    }
    assert Area.objects.filter(pk=foreign["area"]).exists()
    for field, value in foreign.items():
        response = client.post(CREATE, {**typed, field: value})
        assert response.status_code == 422, field
        assert said("Choose one of the listed values") in errors_in(response)[field]
    assert not Task.objects.exists()


def test_decomposed_unicode_is_stored_composed(client, typed):
    client.post(CREATE, {**typed, "title": "Va\u0323\u0302n \u0111o\u0323\u0302ng"})
    assert Task.objects.get().title == "Vận động"


def test_a_form_of_garbage_is_answered_politely(client, program):
    garbage = dict.fromkeys(TaskForm.base_fields, "\x00TOTAL %s {{ }} <script>")
    response = client.post(CREATE, garbage)
    assert response.status_code == 422
    assert b"<script>" not in response.content.split(b"</head>")[1]
    assert not Task.objects.exists()


def progress_url(program) -> str:
    return f"/nhiem-vu/{make_task(program, 'in_progress').slug}/tien-do/"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_quantity_above_the_target_is_refused_in_the_offices_words(client, program):
    response = client.post(progress_url(program), {"value": "46", "state": "in_progress"})
    assert response.status_code == 422
    wanted = said("The quantity done must not exceed the target (%(target)s)", target="45")
    assert errors_in(response)["value"] == [wanted]
    assert ProgressReport.objects.count() == 1


@pytest.mark.parametrize("value", ["bốn mươi", "-1", "4,5,6", "1e5", "٤٥", "\x00"])
def test_a_quantity_that_is_no_number_is_refused(client, program, value):
    response = client.post(progress_url(program), {"value": value, "state": "in_progress"})
    assert response.status_code == 422
    assert errors_in(response)["value"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("anh.exe", PDF, "Only PDF, Word, Excel, JPG and PNG files are accepted"),
        (
            "gia.pdf",
            b"MZ\x90",
            "The content of the file is not what its name says. Save it again as PDF and choose it.",
        ),
        (
            "gia.docx",
            b"PK\x03\x04bad",
            "The content of the file is not what its name says. Save it again as PDF and choose it.",
        ),
    ],
)
def test_a_wrong_file_is_named_and_everything_typed_is_kept(client, program, name, content, message):
    sent = {
        "value": "40",
        "state": "in_progress",
        "result": "Bốn mươi hộ",
        "files": [upload("tot.pdf", PDF), upload(name, content)],
    }
    response = client.post(progress_url(program), sent)
    assert response.status_code == 422
    assert errors_in(response)["files"] == [f"{name}: {said(message)}"]
    page = response.content.decode()
    assert "Bốn mươi hộ" in page
    assert "tot.pdf" in page
    assert (ProgressReport.objects.count(), Evidence.objects.count()) == (1, 0)


def test_an_empty_and_an_oversized_file_are_refused(client, program, settings):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    url = progress_url(program)
    for content in (b"", PDF + b"0" * 1024 * 1024):
        response = client.post(url, {"value": "40", "state": "in_progress", "files": [upload("tep.pdf", content)]})
        assert response.status_code == 422
        assert "tep.pdf" in errors_in(response)["files"][0]
    assert ProgressReport.objects.count() == 1


def test_completion_without_evidence_is_refused_and_nothing_moves(client, program):
    url = progress_url(program)
    response = client.post(url, {"value": "45", "state": "complete"})
    wanted = said("Attach at least one piece of evidence before reporting completion")
    assert errors_in(response)["files"] == [wanted]
    assert Task.objects.get().state == "in_progress"
