"""The abuse cases of the task form: 32, 61 and 62 of the threat model, by number."""

import html

import pytest

from coordination.models import UnsavedTask
from coordination.tasks import services as tasks
from coordination.tasks.models import Task
from records.models import AuditEntry
from tests.factories.programs import secretary_of
from tests.factories.tasks import make_task, official_of
from tests.integration.entering import BY_SCRIPT, CREATE, KEEP, edit_url, filled, first_values

pytestmark = pytest.mark.django_db

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg onload=alert(1)>",
    "javascript:alert(1)//",
    "{{7*7}}{% debug %}",
    "' autofocus onfocus='alert(1)",
)


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def client(program, sign_in):
    return sign_in(official_of(program.parties.first().agency))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_abuse_32_what_is_typed_stays_literal_wherever_the_form_shows_it(program, client, payload):
    """In the list of unsaved texts, in the form restored, in the one refused, and on the page of both versions."""
    typed = filled(program, title=payload, deliverable=payload, target_unit=payload[:40], lead_body=payload)
    kept = client.post(KEEP, typed, **BY_SCRIPT)
    row = UnsavedTask.objects.get()
    pages = [kept, client.get(CREATE), client.get(f"{CREATE}?draft={row.pk}")]
    pages.append(client.post(CREATE, typed | {"lead": ""}))
    task = make_task(program)
    theirs = tasks.edit_task(
        task, actor=secretary_of(program.drafting_agency), revision=task.revision, draft=tasks.draft_of(task)
    )
    pages.append(client.post(edit_url(task), typed | {"revision": str(theirs.revision - 1)}))
    assert [page.status_code for page in pages] == [200, 200, 200, 422, 409]
    for page in pages[1:]:
        shown = page.content.decode()
        assert html.escape(payload)[:30] in shown
        assert payload not in shown or payload == html.escape(payload)


def test_abuse_61_a_form_sent_again_and_again_is_one_row_one_entry_and_one_answer(program, client):
    """In sequence here; twenty at the same moment in `rush_tasks`."""
    answers = [client.post(CREATE, filled(program)) for _click in range(5)]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, f"/nhiem-vu/{Task.objects.get().slug}/")}
    task = Task.objects.get()
    entries = AuditEntry.objects.count()
    edit = filled(program, title="Sửa một lần", revision=str(task.revision), form_token="lan-sua")
    answers = [client.post(edit_url(task), edit) for _click in range(5)]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, f"/nhiem-vu/{task.slug}/")}
    assert Task.objects.get().revision == task.revision + 1
    assert AuditEntry.objects.count() == entries + 1


def test_abuse_62_the_second_editor_sees_both_texts_and_loses_none_even_by_leaving(program, client, sign_in):
    task = make_task(program)
    mine = first_values(client.get(edit_url(task)))
    secretary = secretary_of(program.drafting_agency)
    theirs = {"title": "Tên của thư ký", "revision": "1", "form_token": "cua-thu-ky"}
    assert sign_in(secretary).post(edit_url(task), filled(program) | theirs).status_code == 302
    typed = filled(program, title="Tên của tôi", revision="1", opened=mine["opened"])
    conflict = client.post(edit_url(task), typed)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Tên của thư ký" in page and "Tên của tôi" in page
    assert Task.objects.get().title == "Tên của thư ký"
    kept = UnsavedTask.objects.get()
    again = client.get(f"{edit_url(task)}?draft={kept.pk}")
    assert first_values(again)["title"] == "Tên của tôi"
    # It is still of the version it was typed on: saving it shows both texts again and overwrites nothing.
    restored = {name: value for name, value in first_values(again).items() if value not in (None, "")}
    assert client.post(edit_url(task), restored).status_code == 409
    assert Task.objects.get().title == "Tên của thư ký"
