"""Papers are drawn by jobs: the reader sees how far it is, is led to the paper, learns why there is none."""

import io
import re
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from agencies.access.enums import Role
from coordination.programs.models import Program
from records import clock, wording
from records.audit.enums import AuditAction
from records.jobs.enums import JobState
from records.jobs.services import run_waiting
from records.models import AuditEntry, Job, StoredFile
from reports.issuing.models import IssuedDocument
from reports.issuing.services import issue_program
from reports.pdf import store
from reports.pdf.drawn import Enclosure
from reports.pdf.store import Order
from reports.verification.services import withdraw
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.stored import path_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queued(settings, tmp_path):
    """The portal's own queue, and a disk of the test's own."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.VAR = tmp_path


@pytest.fixture
def program(signed_program) -> Program:
    return signed_program


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


@pytest.fixture
def reader(secretary, sign_in):
    return sign_in(secretary)


def address(program) -> str:
    return reverse("reports:program-pdf", args=[program.slug])


def followed(reader, answer):
    """The next page of a reader who goes where the answer leads."""
    assert answer.status_code == 302, answer.status_code
    return reader.get(answer["Location"])


# One paper


def test_a_paper_is_asked_for_waited_for_and_read(program, reader):
    asked = reader.get(address(program), headers={"referer": "http://testserver/bao-cao/?year=2022"})
    job = Job.objects.get()
    assert asked["Location"] == f"/viec-chay/{job.pk}/?cho=1"
    waiting = reader.get(asked["Location"]).content.decode()
    assert job.title in waiting and '<meta http-equiv="refresh"' in waiting and "/bao-cao/" in waiting
    assert run_waiting() == 1
    ready = reader.get(asked["Location"])
    assert ready["Location"] == f"{address(program)}?viec={job.pk}"
    paper = reader.get(ready["Location"])
    assert paper.content.startswith(b"%PDF-") and paper.status_code == 200


def test_a_paper_that_was_drawn_before_is_served_at_once(program, reader):
    reader.get(address(program))
    run_waiting()
    assert reader.get(address(program)).content.startswith(b"%PDF-")
    assert Job.objects.count() == 1
    other = make_member(program.drafting_agency, Role.LEADER)
    reader.cookies.clear()
    reader.force_login(other.user, backend="django.contrib.auth.backends.ModelBackend")
    assert reader.get(address(program)).content.startswith(b"%PDF-")
    assert Job.objects.count() == 1


def test_asking_twice_is_one_job_and_only_the_paper_taken_leaves_an_entry(program, reader):
    before = AuditEntry.objects.count()
    first, second = reader.get(address(program)), reader.get(address(program))
    assert first["Location"] == second["Location"] and Job.objects.count() == 1
    run_waiting()
    assert AuditEntry.objects.count() == before
    reader.get(address(program))
    [entry] = AuditEntry.objects.filter(sequence__gt=before)
    assert entry.action == AuditAction.EXPORTED


def test_what_was_drawn_and_is_gone_is_drawn_again(program, reader, settings):
    reader.get(address(program))
    run_waiting()
    for kept in (settings.VAR / "papers").iterdir():
        kept.unlink()
    again = reader.get(address(program))
    assert again["Location"].startswith("/viec-chay/")
    assert Job.objects.get().state == JobState.WAITING
    run_waiting()
    assert reader.get(address(program)).status_code == 200


def test_who_comes_from_the_job_never_waits_twice(program, reader, settings):
    """A worker that keeps its papers elsewhere must not send the reader round in circles."""
    reader.get(address(program))
    run_waiting()
    for kept in (settings.VAR / "papers").iterdir():
        kept.unlink()
    back = reader.get(f"{address(program)}?viec={Job.objects.get().pk}")
    assert back.status_code == 200 and back.content.startswith(b"%PDF-")


@pytest.mark.parametrize("number", ["999999", "x", "-1", "9" * 40, "\u0661"])
def test_a_made_up_job_opens_no_back_way(program, reader, number):
    assert reader.get(address(program), {"viec": number}).status_code == 302


def test_a_paper_that_cannot_be_drawn_says_why_and_is_tried_again(program, reader):
    Program.objects.filter(pk=program.pk).update(document_symbol="漢字")
    asked = reader.get(address(program))
    run_waiting()
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    page = reader.get(asked["Location"]).content.decode()
    assert "漢" in page and reverse("job-retry", args=[job.pk]) in page
    answer = followed(reader, reader.post(reverse("job-retry", args=[job.pk])))
    assert answer.status_code == 200 and Job.objects.get().state == JobState.WAITING
    assert run_waiting() == 1 and Job.objects.get().state == JobState.FAILED
    Program.objects.filter(pk=program.pk).update(document_symbol="CTPH")
    reader.get(address(program))
    run_waiting()
    assert reader.get(address(program)).status_code == 200


def test_an_order_that_is_lost_is_asked_for_again(program, reader, settings):
    asked = reader.get(address(program))
    for order in (settings.VAR / "papers").glob("*.order"):
        order.unlink()
    run_waiting()
    assert Job.objects.get().state == JobState.FAILED
    assert reader.get(asked["Location"]).status_code == 200


def test_a_paper_is_issued_once_it_is_drawn(program, secretary, reader):
    door = reverse("reports:issue-program", args=[program.slug])
    asked = reader.post(door, {"note": 'a "b" & c'})
    run_waiting()
    assert not IssuedDocument.objects.exists()
    page = reader.get(asked["Location"])
    assert page.status_code == 200, "a form is never sent by itself"
    body = page.content.decode()
    action = re.search(r'<form method="post" action="([^"]*phat-hanh[^"]*)"', body).group(1)
    assert 'name="note" value="a &quot;b&quot; &amp; c"' in body and "csrfmiddlewaretoken" in body
    assert reader.post(action, {"note": "x"}).status_code == 302
    assert IssuedDocument.objects.get().issued_by == secretary


def test_nothing_is_drawn_for_who_may_not_read_it(program, sign_in):
    stranger = sign_in(make_member(make_agency(make_unit("HH"), "ubnd"), Role.SECRETARY))
    assert stranger.get(address(program)).status_code == 404
    assert not Job.objects.exists()


def test_who_asks_for_too_much_is_told_to_wait(program, reader, monkeypatch):
    monkeypatch.setattr("records.jobs.services.asking.MOST_AT_ONCE", 1)
    reader.get(address(program))
    answer = reader.get(f"{address(program)}?download=1")
    assert answer.status_code == 503 and reverse("job-list") in answer.content.decode()


# The store


def test_an_order_is_found_as_it_was_laid_down(settings):
    data = Enclosure("a.json", b"\x00\xff", "Số liệu", date(2022, 3, 30))
    order = Order("<title>Một &amp; hai\n ba</title>", (data,))
    assert store.laid_down(store.lay_down(order)) == order
    assert order.title == "Một & hai ba"
    assert order.digest != Order(order.html).digest
    store.done_with(order.digest)
    assert not list((settings.VAR / "papers").iterdir())


def test_papers_kept_do_not_pile_up(settings, monkeypatch):
    monkeypatch.setattr(store, "KEPT_PAPERS", 2)
    for number in range(4):
        store.drawn(Order(f'<html lang="vi"><title>x</title><p>{number}</p></html>'))
    assert sorted(path.suffix for path in (settings.VAR / "papers").iterdir()) == [".json", ".json", ".pdf", ".pdf"]


# The pages


def test_a_job_is_a_secret_of_who_asked(program, reader, sign_in):
    reader.get(address(program))
    job = Job.objects.get()
    other = sign_in(make_member(program.drafting_agency, Role.SECRETARY))
    for name in ("job", "job-state", "job-file"):
        assert other.get(reverse(name, args=[job.pk])).status_code == 404
    assert other.post(reverse("job-retry", args=[job.pk])).status_code == 404
    assert job.title not in other.get(reverse("job-list")).content.decode()
    assert job.title in reader.get(reverse("job-list")).content.decode()


def test_the_list_costs_the_same_for_one_job_and_for_ten(program, secretary, reader, django_assert_max_num_queries):
    for number in range(10):
        now = clock.machine_now()
        Job.objects.create(
            name="x", title=f"Việc {number}", key=str(number), asked_by=secretary.pk, asked_at=now, due_at=now
        )
        with django_assert_max_num_queries(12):
            assert f"Việc {number}" in reader.get(reverse("job-list")).content.decode()


def test_the_part_that_changes_says_when_it_is_over(program, reader):
    reader.get(address(program))
    part = reverse("job-state", args=[Job.objects.get().pk])
    assert "data-ended" not in reader.get(part).content.decode()
    run_waiting()
    assert "data-ended" in reader.get(part).content.decode()


def test_a_page_outside_the_portal_is_never_led_to(program, secretary, reader):
    now = clock.machine_now()
    facts = {"asked_at": now, "due_at": now, "ended_at": now, "state": "done", "asked_by": secretary.pk}
    for number, evil in enumerate(
        ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example")
    ):
        job = Job.objects.create(name="x", title="x", key=str(number), leads_to=evil, **facts)
        answer = reader.get(reverse("job", args=[job.pk]), {"cho": "1"})
        assert answer.status_code == 200 and "evil" not in answer.content.decode()


# All papers of a year: abuse 7


@pytest.fixture
def issued(program, secretary) -> IssuedDocument:
    return issue_program(program, actor=secretary)


def bundle_of(reader, year: int = 2022):
    followed(reader, reader.post(reverse("reports:papers-of-year", args=[year])))
    run_waiting()
    job = Job.objects.get(name="papers-of-year")
    return job, reader.get(reverse("job-file", args=[job.pk]))


def test_the_papers_of_a_year_come_in_one_file_with_their_list(issued, reader):
    before = AuditEntry.objects.count()
    job, answer = bundle_of(reader)
    assert (job.done, job.total, answer["Content-Type"]) == (1, 1, "application/zip")
    content = b"".join(answer.streaming_content)
    bundle = zipfile.ZipFile(io.BytesIO(content))
    name, listed, digests = bundle.namelist()
    assert bundle.testzip() is None and bundle.read(name) == path_of(issued.file).read_bytes()
    assert bundle.read(digests).decode() == f"{issued.file.sha256}  {name}\n"
    rows = CalamineWorkbook.from_filelike(io.BytesIO(bundle.read(listed))).get_sheet_by_index(0).to_python()
    assert len(rows) == 2 and rows[1][4] == issued.title and rows[1][10] == issued.file.sha256 and rows[1][8] == name
    [entry] = AuditEntry.objects.filter(sequence__gt=before)
    assert (entry.action, entry.after["papers"], entry.after["sha256"]) == (AuditAction.EXPORTED, 1, job.result_sha256)


def test_the_list_says_which_paper_was_taken_back_and_by_which_code_it_is_checked(issued, reader, secretary):
    """A paper in the bundle is no sign that it still stands; taken back since, the bundle is asked for anew."""
    first, answer = bundle_of(reader)
    b"".join(answer.streaming_content)
    withdraw(issued, actor=secretary, withdrawn_on=clock.today(), reason="Sai số liệu")
    followed(reader, reader.post(reverse("reports:papers-of-year", args=[2022])))
    run_waiting()
    again = Job.objects.filter(name="papers-of-year").latest("pk")
    assert again.pk != first.pk
    answer = reader.get(reverse("job-file", args=[again.pk]))
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    listed = io.BytesIO(bundle.read("danh-muc-van-ban.xlsx"))
    heads, row = CalamineWorkbook.from_filelike(listed).get_sheet_by_index(0).to_python()
    told = dict(zip(heads, row, strict=True))
    assert told["Thu hồi ngày"] == wording.day(clock.today()) and told["Mã xác minh"] == issued.code_in_groups


def test_the_same_papers_give_the_same_file(issued, reader):
    _job, answer = bundle_of(reader)
    first = b"".join(answer.streaming_content)
    Job.objects.all().delete()
    _job, answer = bundle_of(reader)
    assert b"".join(answer.streaming_content) == first


def test_a_bundle_holds_only_what_its_taker_sees(issued, sign_in):
    stranger = sign_in(make_member(make_agency(make_unit("HH"), "ubnd"), Role.SECRETARY))
    answer = stranger.post(reverse("reports:papers-of-year", args=[2022]), follow=True)
    assert not Job.objects.exists() and "2022" in answer.content.decode()
    draft = make_program("draft", agencies=[issued.program.drafting_agency, make_agency(issued.unit, "xa-1")])
    assert not IssuedDocument.objects.filter(program=draft).exists()


def test_a_bundle_is_not_handed_to_who_lost_sight_of_a_paper_in_it(issued, reader, secretary):
    """Rights may end between asking and taking: here the role becomes one that sees no papers."""
    job, answer = bundle_of(reader)
    b"".join(answer.streaming_content)
    type(secretary).objects.filter(pk=secretary.pk).update(role=Role.SYSTEM_ADMIN)
    before = AuditEntry.objects.filter(action=AuditAction.EXPORTED).count()
    assert reader.get(reverse("job-file", args=[job.pk])).status_code in (403, 404)
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED).count() == before


def test_a_role_that_has_ended_gets_no_bundle(issued, reader, secretary):
    reader.post(reverse("reports:papers-of-year", args=[2022]))
    type(secretary).objects.filter(pk=secretary.pk).update(role=Role.SYSTEM_ADMIN)
    run_waiting()
    assert Job.objects.get().state == JobState.FAILED


def test_a_damaged_paper_is_named_and_no_bundle_is_made(issued, reader):
    path = path_of(issued.file)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    followed(reader, reader.post(reverse("reports:papers-of-year", args=[2022])))
    run_waiting()
    job = Job.objects.get()
    assert job.state == JobState.FAILED and issued.title in job.reason
    assert StoredFile.objects.filter(pk=issued.file_id).exists()


@pytest.mark.parametrize("year", [1, 2021, 9999, 10**9])
def test_a_year_without_papers_is_answered(year, issued, reader):
    answer = reader.post(reverse("reports:papers-of-year", args=[year]), follow=True)
    assert answer.status_code == 200 and str(year) in answer.content.decode() and not Job.objects.exists()
