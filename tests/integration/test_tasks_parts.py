"""Parts of a task, reported by those who work along: seen by all, counted once, moved into the whole by the lead."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from agencies.access.enums import Role
from coordination.tasks import services as tasks
from coordination.tasks.models import Evidence, PartReport, Task
from coordination.tasks.permissions import can_report_part
from coordination.tasks.queries import history_of, parts_of, with_everything
from records import clock
from records.audit.models import AuditEntry
from records.errors import NotAllowed, RuleBroken
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import secretary_of
from tests.factories.tasks import PDF, make_draft, make_task, make_upload, official_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def communes(program):
    return [make_agency(program.unit, f"xa-{number}", f"UBND xã {number}") for number in (1, 2)]


@pytest.fixture
def task(program, communes):
    third = program.parties.last().agency
    return make_task(program, coordinators=(third, *communes))


def role_of(task: Task, agency):
    return task.roles.get(agency=agency)


def parts(task: Task, actor):
    return parts_of(actor, with_everything(Task.objects.filter(pk=task.pk)).get())


def test_a_part_is_kept_beside_the_whole(task, communes):
    commune = make_member(communes[0])
    report = tasks.report_part(
        role_of(task, communes[0]),
        actor=commune,
        value=Decimal(12),
        result="Đã vận động 12 hộ",
        obstacles="Một hộ đi vắng",
        is_done=False,
        files=[make_upload()],
        expected_on=date(2022, 4, 10),
    )
    task.refresh_from_db()
    assert (task.last_value, task.state, task.last_reported_at) == (None, "not_started", None)
    assert (report.entered_at, report.reported_on, report.by) == (clock.now(), date(2022, 3, 30), commune)
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.object_id, entry.after["part_of"]["name"]) == ("reported", task.pk, "UBND xã 1")
    assert entry.after["files"] == [Evidence.objects.get().file.sha256]
    assert history_of(task).events[0].text == gettext("Reported its part of the task")


def test_parts_make_a_sum_in_which_each_agency_counts_once(program, task, communes):
    lead = official_of(program.parties.first().agency)
    for value in (5, 12):
        tasks.report_part(role_of(task, communes[0]), actor=make_member(communes[0]), value=Decimal(value))
    tasks.report_part(role_of(task, communes[1]), actor=make_member(communes[1]), value=Decimal(7), is_done=True)
    seen = parts(task, lead)
    assert (seen.total, seen.reported_count, seen.done_count, len(seen.parts)) == (19, 2, 1, 3)
    assert seen.mine == []


def test_the_lead_is_offered_the_sum_and_moves_it_into_the_whole(program, task, communes, sign_in):
    """No figure is typed twice: what the parts make stands in the form already."""
    for commune, value in zip(communes, (12, 7), strict=True):
        tasks.report_part(role_of(task, commune), actor=make_member(commune), value=Decimal(value))
    client = sign_in(official_of(program.parties.first().agency))
    url = f"/nhiem-vu/{task.slug}/tien-do/"
    form = client.get(url).context["form"]
    assert form["value"].value() == "19"
    assert "19 hộ" in form.fields["value"].help_text
    assert client.post(url, {"value": "19", "state": "in_progress"}).status_code == 302
    assert Task.objects.get().last_value == 19
    with clock.standing_at(clock.at(date(2022, 3, 31))):
        tasks.report_progress(
            Task.objects.get(), actor=official_of(program.parties.first().agency), value=Decimal(25), percent=None
        )
        assert client.get(url).context["form"]["value"].value() == "25"


def test_the_commune_reports_on_its_page_and_sees_its_file(task, communes, sign_in):
    client = sign_in(make_member(communes[0]))
    role = role_of(task, communes[0])
    url = f"/nhiem-vu/{task.slug}/phan-viec/{role.pk}/"
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 422
    sent = {"value": "12", "result": "Xong", "is_done": "on", "files": [SimpleUploadedFile("anh.pdf", PDF)]}
    assert client.post(url, sent).status_code == 302
    assert PartReport.objects.get().is_done
    page = client.get(f"/nhiem-vu/{task.slug}/").content.decode()
    evidence = Evidence.objects.get()
    assert f"/minh-chung/{evidence.pk}/" in page
    answer = client.get(f"/minh-chung/{evidence.pk}/")
    assert answer.getvalue() == PDF
    stranger = sign_in(make_member(make_agency(make_unit(), "noi-khac")))
    assert stranger.get(f"/minh-chung/{evidence.pk}/").status_code == 404
    assert stranger.get(url).status_code == 404


def test_a_part_is_reported_by_its_own_agency_only(program, task, communes, sign_in):
    role = role_of(task, communes[0])
    for member in (
        official_of(program.parties.first().agency),
        secretary_of(program.drafting_agency),
        make_member(communes[1]),
        make_member(communes[0], Role.LEADER),
    ):
        with pytest.raises(NotAllowed):
            tasks.report_part(role, actor=member, value=Decimal(1))
        assert sign_in(member).get(f"/nhiem-vu/{task.slug}/phan-viec/{role.pk}/").status_code == 403
    lead_role = task.roles.get(kind="lead")
    assert not can_report_part(official_of(lead_role.agency), lead_role)
    assert not PartReport.objects.exists()


def test_a_part_of_another_task_is_no_part_of_this_one(program, task, communes, sign_in):
    other = make_task(program, title="Việc khác", coordinators=tuple(communes))
    client = sign_in(make_member(communes[0]))
    for pk in (role_of(other, communes[0]).pk, 10**30):
        assert client.get(f"/nhiem-vu/{task.slug}/phan-viec/{pk}/").status_code == 404


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, "result"),
        ({"result": "   "}, "result"),
        ({"value": Decimal(46)}, "value"),
        ({"value": Decimal(-1)}, "value"),
        ({"value": Decimal(3)}, "obstacles"),
        ({"value": Decimal(9), "reported_on": date(2022, 3, 31)}, "reported_on"),
        ({"value": Decimal(9), "reported_on": date(2022, 3, 1)}, "reported_on"),
        ({"value": Decimal(9), "expected_on": date(2022, 3, 1)}, "expected_on"),
    ],
)
def test_a_part_keeps_the_rules_of_reports(task, communes, facts, field):
    commune, role = make_member(communes[0]), role_of(task, communes[0])
    tasks.report_part(role, actor=commune, value=Decimal(5), reported_on=date(2022, 3, 10))
    with pytest.raises(RuleBroken) as refused:
        tasks.report_part(role, actor=commune, **facts)
    assert refused.value.field == field
    assert PartReport.objects.count() == 1


def test_parts_are_reported_while_the_task_runs(program, communes):
    finished = make_task(program, "completed", coordinators=tuple(communes))
    with pytest.raises(NotAllowed):
        tasks.report_part(role_of(finished, communes[0]), actor=make_member(communes[0]), result="Muộn")


def test_what_was_reported_of_a_part_stays(program, task, communes):
    report = tasks.report_part(role_of(task, communes[0]), actor=make_member(communes[0]), value=Decimal(5))
    for change in (lambda: PartReport.objects.filter(pk=report.pk).update(value=9), report.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    lead = official_of(program.parties.first().agency)
    with pytest.raises(RuleBroken):
        tasks.edit_task(task, actor=lead, revision=1, draft=make_draft(program, coordinators=(communes[1],)))
    kept = make_draft(program, title="Tên mới", coordinators=(communes[1], communes[0]))
    tasks.edit_task(task, actor=lead, revision=1, draft=kept)
    assert PartReport.objects.get().role == role_of(task, communes[0])


def test_a_part_counts_a_share_of_a_task_in_words(program, communes):
    draft = {"target_value": None, "target_unit": "", "target_words": "Theo thực tế", "target_operator": "words"}
    task = make_task(program, coordinators=tuple(communes), **draft)
    commune, role = make_member(communes[0]), role_of(task, communes[0])
    with pytest.raises(RuleBroken):
        tasks.report_part(role, actor=commune, value=Decimal(1))
    tasks.report_part(role, actor=commune, result="Đã tuyên truyền")
    assert parts(task, commune).mine[0].role == role
