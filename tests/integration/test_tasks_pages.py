import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Evidence, ProgressReport, Task
from coordination.tasks.queries import search
from tests.factories.people import make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import PDF, make_draft, make_task, make_upload, official_of
from tests.integration.entering import filled

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


def codes_in(response) -> list[str]:
    return re.findall(r'pf-c-code"><span>([\d.]+)<', response.content.decode())


def queries_of(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_search_ignores_marks_and_understands_codes(program, official):
    task = make_task(program, title="Giải phóng mặt bằng")
    make_task(make_program("signed", unit=make_unit()), title="Giải phóng mặt bằng")
    assert list(search(official, "giai phong MAT bang")) == [task]
    assert list(search(official, task.short_code)) == [task]
    assert list(search(official, "   ")) == []


def test_the_detail_page_stays_within_its_queries(program, official, sign_in):
    client = sign_in(official)
    task = make_task(program, "in_progress")
    assert queries_of(client, f"/nhiem-vu/{task.slug}/") == 21
    for value in (32, 33):
        tasks.report_progress(task, actor=official, value=value, percent=None, files=[make_upload()])
    assert queries_of(client, f"/nhiem-vu/{task.slug}/") == 21


def test_a_task_of_another_unit_answers_as_a_missing_one(program, official, sign_in):
    foreign = make_task(make_program("signed", unit=make_unit()), "awaiting")
    client, evidence = sign_in(official), Evidence.objects.get()
    for path in ("", "sua/", "tien-do/", "xac-nhan/", "gia-han/"):
        assert client.get(f"/nhiem-vu/{foreign.slug}/{path}").status_code == 404
        assert client.get(f"/nhiem-vu/khong-co/{path}").status_code == 404
    assert client.get(f"/minh-chung/{evidence.pk}/").status_code == 404


def test_evidence_comes_as_a_download_under_its_own_name(program, official, sign_in):
    make_task(program, "awaiting")
    response = sign_in(official).get(f"/minh-chung/{Evidence.objects.get().pk}/")
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="bien-ban.pdf"'
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")


def test_the_detail_page_tells_the_course_and_why_a_button_is_missing(program, official, sign_in):
    task = make_task(program, "awaiting", due_on=date(2022, 3, 15))
    page = sign_in(official).get(f"/nhiem-vu/{task.slug}/").content.decode()
    assert "45/45 hộ" in page
    assert "31 → 45 hộ" in page
    assert "bien-ban.pdf" in page
    assert "/xac-nhan/" not in page
    assert 'id="khong-thuoc-quyen"' in page


def test_an_official_of_another_party_may_not_open_the_edit_page(program, sign_in):
    task = make_task(program)
    client = sign_in(official_of(program.parties.last().agency))
    assert client.get(f"/nhiem-vu/{task.slug}/").status_code == 200
    assert client.get(f"/nhiem-vu/{task.slug}/sua/").status_code == 403
    assert client.post(f"/nhiem-vu/{task.slug}/tien-do/", {"state": "in_progress"}).status_code == 403
    assert not ProgressReport.objects.exists()


def test_a_form_sent_twice_makes_one_task_and_leads_to_it_twice(program, official, sign_in):
    client = sign_in(official)
    token = re.search(r'name="form_token" value="([^"]+)"', client.get("/nhiem-vu/tao/").content.decode())[1]
    first = client.post("/nhiem-vu/tao/", filled(program, form_token=token))
    second = client.post("/nhiem-vu/tao/", filled(program, form_token=token))
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert Task.objects.count() == 1
    client.post("/nhiem-vu/tao/", filled(program, form_token="khac"))
    assert Task.objects.count() == 2


def test_a_report_sent_twice_is_one_report(program, official, sign_in):
    task, client = make_task(program), sign_in(official)
    for _time in range(2):
        client.post(f"/nhiem-vu/{task.slug}/tien-do/", {"value": "31", "state": "in_progress", "form_token": "mot"})
    assert ProgressReport.objects.count() == 1


def test_asking_for_another_programs_parties_saves_nothing_and_keeps_what_was_typed(program, official, sign_in):
    other = make_program("agreed", agencies=[party.agency for party in program.parties.all()][:2], year=2022)
    response = sign_in(official).post("/nhiem-vu/tao/", filled(program) | {"program": other.slug, "show_parties": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "error-summary" not in page
    assert make_draft(program).title in page
    assert f'value="{other.slug}" selected' in page
    assert not Task.objects.exists()


def test_the_second_editor_sees_both_versions_and_settles_field_by_field(program, official, sign_in):
    task = make_task(program)
    client, url = sign_in(official), f"/nhiem-vu/{task.slug}/sua/"
    secretary = sign_in(secretary_of(program.drafting_agency))
    theirs = filled(program, revision="1", title="Tên của thư ký", deliverable="Biên bản có dấu")
    assert secretary.post(url, theirs).status_code == 302
    mine = filled(program, revision="1", title="Tên của chuyên viên")
    response = client.post(url, mine)
    page = response.content.decode()
    assert response.status_code == 409
    for text in ("Tên của thư ký", "Tên của chuyên viên", "Biên bản có dấu", 'name="revision" value="2"'):
        assert text in page
    assert Task.objects.get().title == "Tên của thư ký"
    settled = {**mine, "revision": "2", "keep-title": "mine", "keep-deliverable": "theirs"}
    assert client.post(url, settled).status_code == 302
    task = Task.objects.get()
    assert (task.title, task.deliverable, task.revision) == ("Tên của chuyên viên", "Biên bản có dấu", 3)


@pytest.mark.parametrize("revision", ["", "TOTAL", "\x00", "9" * 400, "-1"])
def test_a_garbled_revision_is_a_conflict_not_an_overwrite(program, official, sign_in, revision):
    task = make_task(program)
    response = sign_in(official).post(f"/nhiem-vu/{task.slug}/sua/", filled(program, revision=revision, title="Khác"))
    assert response.status_code in (409, 422)
    assert Task.objects.get().title == task.title


def test_editing_without_a_change_keeps_everything(program, official, sign_in):
    """The form shows what is saved, so sending it back unchanged changes nothing."""
    task = make_task(program, coordinators=(program.parties.last().agency,))
    client, url = sign_in(official), f"/nhiem-vu/{task.slug}/sua/"
    before = tasks.draft_of(task)
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    sent |= {"start_on": "01/01/2022", "due_on": "15/4/2022", "target_value": "45"}
    assert client.post(url, sent).status_code == 302
    assert tasks.draft_of(Task.objects.get()) == before


def test_confirming_and_returning_on_the_page(program, sign_in):
    task = make_task(program, "awaiting")
    client = sign_in(make_member(task.confirming_agency, Role.LEADER))
    url = f"/nhiem-vu/{task.slug}/xac-nhan/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"return": "1", "reason": ""}).status_code == 422
    assert Task.objects.get().state == TaskState.AWAITING
    assert client.post(url, {"remark": "Đủ biên bản"}).status_code == 302
    assert Task.objects.get().state == TaskState.COMPLETED
    assert client.get(url).status_code == 403


def test_moving_a_deadline_on_the_page(program, sign_in):
    task = make_task(program)
    client = sign_in(secretary_of(program.drafting_agency))
    url = f"/nhiem-vu/{task.slug}/gia-han/"
    assert client.post(url, {"new_due_on": "31/02/2022", "reason": ""}).status_code == 422
    assert client.post(url, {"new_due_on": "05/05/2022", "reason": "Chờ phương án"}).status_code == 302
    assert Task.objects.get().deadline == date(2022, 5, 5)


def test_reading_never_writes(program, official, sign_in):
    task = make_task(program, "in_progress")
    client = sign_in(official)
    client.get("/nhiem-vu/")
    for path in ("/nhiem-vu/", "/nhiem-vu/tao/", f"/nhiem-vu/{task.slug}/sua/", f"/nhiem-vu/{task.slug}/tien-do/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        writes = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert writes == [], path
