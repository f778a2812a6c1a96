"""What is typed into a task form is kept before it is saved, for its writer alone; of two editors nothing is lost."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.models import UnsavedTask
from coordination.tasks import services as tasks
from coordination.tasks.models import Task
from records import clock
from records.models import AuditEntry
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import secretary_of
from tests.factories.tasks import make_draft, make_task, official_of
from tests.integration.entering import BY_SCRIPT, CREATE, KEEP, MARK, edit_url, filled, first_values

pytestmark = pytest.mark.django_db

# What the frame, the rights and the form ask, whatever the number of rows.
BUDGET = {"new": 28, "edit": 23}


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def parties(program):
    return [party.agency for party in program.parties.order_by("letterhead_order")]


@pytest.fixture
def official(parties):
    return official_of(parties[0])


@pytest.fixture
def client(official, sign_in):
    return sign_in(official)


def test_what_is_typed_is_kept_and_comes_back_in_another_session(program, official, parties, client, sign_in):
    typed = filled(program, title="Vận động", due_on="31/02/2022", coordinators=[str(one.pk) for one in parties[1:3]])
    before = AuditEntry.objects.count()
    kept = client.post(KEEP, typed, **BY_SCRIPT)
    assert (kept.status_code, UnsavedTask.objects.count(), Task.objects.count()) == (200, 1, 0)
    assert AuditEntry.objects.count() == before
    assert b"data-line" in kept.content
    again = sign_in(official)
    offered = again.get(CREATE)
    row = UnsavedTask.objects.get()
    assert f"?draft={row.pk}" in offered.content.decode()
    restored = again.get(f"{CREATE}?draft={row.pk}")
    first = first_values(restored)
    assert (first["title"], first["due_on"], first["form_token"]) == ("Vận động", "31/02/2022", MARK)
    assert first["coordinators"] == [str(one.pk) for one in parties[1:3]]
    assert "error-summary" not in restored.content.decode()
    assert f"?draft={row.pk}" not in restored.content.decode()


def test_saving_lets_the_kept_text_go(program, client):
    client.post(KEEP, filled(program, title="Vận"))
    assert client.post(CREATE, filled(program)).status_code == 302
    assert not UnsavedTask.objects.exists()


def test_what_arrives_behind_the_save_keeps_nothing(program, client):
    """A page sends its text by itself; the last sending can be overtaken by the click that saves."""
    client.post(CREATE, filled(program))
    assert client.post(KEEP, filled(program), **BY_SCRIPT).status_code == 200
    assert not UnsavedTask.objects.exists()


def test_two_windows_are_two_texts(program, client):
    client.post(KEEP, filled(program, title="Một", form_token="cua-so-1"))
    client.post(KEEP, filled(program, title="Hai", form_token="cua-so-2"))
    client.post(KEEP, filled(program, title="Một nữa", form_token="cua-so-1"))
    assert sorted(row.title for row in UnsavedTask.objects.all()) == ["Hai", "Một nữa"]


def test_a_new_task_that_says_nothing_is_not_kept(program, client):
    client.post(KEEP, filled(program, title="Vận"))
    client.post(KEEP, filled(program, title=" ", deliverable=""))
    assert not UnsavedTask.objects.exists()


def test_a_text_is_dropped_by_its_writer_only(program, parties, client, sign_in):
    client.post(KEEP, filled(program, title="Của tôi"))
    other = sign_in(official_of(parties[-1]))
    row = UnsavedTask.objects.get()
    assert other.get(f"{CREATE}?draft={row.pk}").context["kept"] is None
    assert other.post(KEEP, {"program": program.slug, "drop": MARK}).status_code == 302
    assert UnsavedTask.objects.filter(pk=row.pk).exists()
    assert client.post(KEEP, {"program": program.slug, "drop": MARK}).status_code == 302
    assert not UnsavedTask.objects.exists()


def test_without_scripts_a_button_keeps_and_shows_the_text_again(program, client):
    response = client.post(CREATE, filled(program, title="Chưa xong", keep="1"))
    row = UnsavedTask.objects.get()
    assert response.url == f"{CREATE}?draft={row.pk}"
    assert first_values(client.get(response.url))["title"] == "Chưa xong"
    assert not Task.objects.exists()


def test_a_kept_edit_is_offered_on_its_own_task_only(program, client):
    task, other = make_task(program), make_task(program, title="Việc khác")
    typed = filled(program, title="Sửa dở", revision="1")
    assert client.post(f"{edit_url(task)}ban-nhap/", typed, **BY_SCRIPT).status_code == 200
    row = UnsavedTask.objects.get()
    assert f"?draft={row.pk}" in client.get(edit_url(task)).content.decode()
    assert f"?draft={row.pk}" not in client.get(edit_url(other)).content.decode()
    assert client.get(f"{edit_url(other)}?draft={row.pk}").context["kept"] is None
    assert first_values(client.get(f"{edit_url(task)}?draft={row.pk}"))["title"] == "Sửa dở"
    assert client.post(edit_url(task), typed).status_code == 302
    assert not UnsavedTask.objects.exists()


def test_whoever_may_not_save_keeps_nothing(program, parties, sign_in):
    task = make_task(program)
    outsider, leader = sign_in(official_of(parties[-1])), sign_in(make_member(parties[0], Role.LEADER))
    foreign = sign_in(official_of(make_agency(make_unit(), "x")))
    assert outsider.post(f"{edit_url(task)}ban-nhap/", filled(program)).status_code == 403
    assert leader.post(KEEP, filled(program)).status_code == 403
    assert foreign.post(f"{edit_url(task)}ban-nhap/", filled(program)).status_code == 404
    assert foreign.post(KEEP, filled(program)).status_code == 403
    assert not UnsavedTask.objects.exists()


def test_forgotten_texts_go_after_thirty_days_and_ten_are_the_most(program, official, client):
    now = clock.machine_now()
    with clock.machine_standing_at(now - timedelta(days=31)):
        tasks.keep_unsaved_task(program, actor=official, mark="cu-lam-roi", typed={"title": ["Cũ"]})
    for number in range(12):
        with clock.machine_standing_at(now + timedelta(seconds=number)):
            client.post(KEEP, filled(program, title=f"Việc {number}", form_token=f"to-{number:04}"))
    assert [row.title for row in UnsavedTask.objects.all()] == [f"Việc {number}" for number in range(11, 1, -1)]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "a\x00b"},
        {"title": "tên\u202egnp.exe"},
        {"title": "Đa\u0302\u0300m Ha\u0300"},
        {"form_token": "\x00"},
        {"form_token": ""},
        {"form_token": "x" * 5000},
        {"section": "10" * 30},
        {"__proto__": "x", "x" * 300: "y"},
        {"coordinators": ["1"] * 1500},
    ],
)
def test_hostile_text_is_kept_clean_or_not_at_all(program, client, changes):
    assert client.post(KEEP, filled(program) | changes, **BY_SCRIPT).status_code == 200
    kept = UnsavedTask.objects.get()
    assert "\x00" not in str(kept.typed) and "\u202e" not in str(kept.typed)
    assert kept.title in ("ab", "têngnp.exe", "Đầm Hà", make_draft(program).title)
    assert client.get(f"{CREATE}?draft={kept.pk}").status_code == 200


def test_a_text_far_longer_than_a_task_is_refused_and_stays_on_the_page(program, client):
    long = filled(program, deliverable="Đầm Hà " * 12_800)
    assert client.post(KEEP, long).status_code == 422
    by_button = client.post(CREATE, {**long, "keep": "1"})
    assert by_button.status_code == 422
    assert "Đầm Hà Đầm Hà" in by_button.content.decode()
    assert not UnsavedTask.objects.exists()


@pytest.mark.parametrize("which", ["new", "edit"])
def test_the_form_stays_within_its_queries_whatever_lies_unsaved(program, client, which):
    task = make_task(program)
    url, keep = (CREATE, KEEP) if which == "new" else (edit_url(task), f"{edit_url(task)}ban-nhap/")
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            client.post(keep, filled(program, title=f"Việc {rows} {number}", form_token=f"to-{rows}-{number}"))
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert UnsavedTask.objects.count() == 3
    assert counts == [BUDGET[which]] * 2


# Two editors


def test_a_field_only_the_other_one_changed_is_not_taken_back(program, client):
    task = make_task(program)
    opened = first_values(client.get(edit_url(task)))
    theirs = tasks.draft_of(task)
    tasks.edit_task(
        task,
        actor=secretary_of(program.drafting_agency),
        revision=1,
        draft=replace(theirs, deliverable="Biên bản có dấu"),
    )
    untouched = {name: value for name, value in opened.items() if value not in (None, "")}
    mine = untouched | {"title": "Tên của tôi", "start_on": "1/1/2022", "due_on": "15/4/2022", "target_value": "45"}
    response = client.post(edit_url(task), mine)
    assert response.status_code == 409
    chosen = {one.name: one.theirs_first for one in response.context["differences"]}
    assert chosen == {"title": False, "deliverable": True}
    assert UnsavedTask.objects.get().title == "Tên của tôi", "what was typed is kept even if the page is left"
    page = response.content.decode()
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    again |= {"keep-title": "mine", "keep-deliverable": "theirs"}
    assert client.post(edit_url(task), again).status_code == 302
    task = Task.objects.get()
    assert (task.title, task.deliverable) == ("Tên của tôi", "Biên bản có dấu")
    assert not UnsavedTask.objects.exists()


def test_an_edit_sent_twice_is_one_edit_and_no_conflict(program, client):
    task = make_task(program)
    sent = filled(program, title="Sửa một lần", revision="1")
    first, second = client.post(edit_url(task), sent), client.post(edit_url(task), sent)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert Task.objects.get().revision == 2
