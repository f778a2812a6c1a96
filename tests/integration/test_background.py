"""The page on what goes on behind the pages: for system administrators, with nothing of the record on it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from portal import alive
from records import clock
from records.jobs.enums import JobState
from records.jobs.schedule.declared import named
from records.jobs.schedule.enums import Outcome
from records.jobs.schedule.services import call_soon
from records.mail.enums import MailState
from records.models import AuditEntry, Job, OutgoingMail, ScheduledJob
from tests.factories.people import make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db
PAGE = reverse("background")
SECRET = "Biên bản mật của xã"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR, settings.BACKUPS = tmp_path / "var", tmp_path / "backups"
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def office():
    return make_agency(make_unit("DH"), "vp")


@pytest.fixture
def keeper(office):
    return make_member(office, Role.SYSTEM_ADMIN)


@pytest.fixture
def client(sign_in, keeper):
    return sign_in(keeper)


def shown(client) -> str:
    return client.get(PAGE).content.decode()


def failed_job(member, key: str, reason: str, **facts) -> Job:
    now = clock.machine_now()
    return Job.objects.create(
        name="draw-paper",
        title=SECRET,
        key=key,
        asked_by=member.pk,
        asked_at=now,
        due_at=now,
        ended_at=now,
        state=JobState.FAILED,
        reason=reason,
        **facts,
    )


def given_up(to: str, body: str = "y") -> OutgoingMail:
    now = clock.machine_now()
    return OutgoingMail.objects.create(
        to=to,
        subject=SECRET,
        body=body,
        state=MailState.GIVEN_UP,
        attempts=8,
        written_at=now,
        next_try_at=now,
        ended_at=now,
        last_fault="550 no such mailbox",
    )


def test_only_system_administrators_see_it_and_act(sign_in, office):
    letter = given_up("ai@coquan.example")
    doors = [reverse("background-run", args=["verify"]), reverse("letter-again", args=[letter.pk])]
    for role in set(Role) - {Role.SYSTEM_ADMIN}:
        client = sign_in(make_member(office, role))
        assert client.get(PAGE).status_code == 403, role
        assert [client.post(door).status_code for door in doors] == [403, 403], role
    assert not ScheduledJob.objects.exists()


def test_failures_of_everybody_are_told_without_the_record(client, office):
    for number in range(2):
        failed_job(make_member(office), f"a{number}", "Máy in PDF bị dừng")
    failed_job(make_member(office), "b", f"{SECRET} không còn", is_refused=True)
    page = shown(client)
    assert "Máy in PDF bị dừng" in page and 'pf-num">2</span>' in page
    assert SECRET not in page


def test_a_queue_without_a_worker_says_what_to_do(client, office):
    Job.objects.create(
        name="draw-paper",
        title=SECRET,
        key="a",
        asked_by=1,
        asked_at=clock.machine_now(),
        due_at=clock.machine_now() - timedelta(minutes=7),
    )
    page = shown(client)
    assert "systemctl start portal-worker" in page and 'role="alert"' in page
    alive.give_sign("work")
    alive._given.clear()
    assert "systemctl start portal-worker" not in shown(client)


def test_run_now_is_a_post_and_stands_in_the_log(client, keeper):
    door = reverse("background-run", args=["verify"])
    assert client.get(door).status_code == 405
    before = clock.machine_now()
    assert client.post(door).status_code == 302
    row = ScheduledJob.objects.get(name="verify")
    assert before <= row.next_at <= clock.machine_now()
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.actor_id, entry.after) == (keeper.pk, {"scheduled_job": "verify"})
    ScheduledJob.objects.update(holder="a", lease_until=clock.machine_now() + timedelta(minutes=1))
    client.post(door)
    assert AuditEntry.objects.filter(after={"scheduled_job": "verify"}).count() == 1
    assert client.post(reverse("background-run", args=["nothing"])).status_code == 404


def test_what_is_switched_off_is_not_offered(client, settings):
    settings.BACKUPS_KEPT = 0
    door = reverse("background-run", args=["backup"])
    page = shown(client)
    assert door not in page and "PORTAL_BACKUPS_KEPT" in page
    client.post(door)
    assert not ScheduledJob.objects.exists()


def test_a_scheduled_job_that_failed_says_why(client):
    row = call_soon(named("verify"))
    now = clock.machine_now()
    ScheduledJob.objects.filter(pk=row.pk).update(outcome=Outcome.FAILED, told="Đĩa đầy", ended_at=now)
    assert "Đĩa đầy" in shown(client)


def test_letters_that_were_given_up_are_sent_again_from_here(client):
    letter, gone = given_up("ai@coquan.example"), given_up("xa@coquan.example", body="")
    page = shown(client)
    assert "ai@coquan.example" in page and "550 no such mailbox" in page and SECRET not in page
    assert reverse("letter-again", args=[letter.pk]) in page and reverse("letter-again", args=[gone.pk]) not in page
    for one in (letter, letter, gone):
        assert client.post(reverse("letter-again", args=[one.pk])).status_code == 302
    letter.refresh_from_db(), gone.refresh_from_db()
    assert (letter.state, gone.state) == (MailState.WAITING, MailState.GIVEN_UP)


def test_the_page_asks_a_fixed_number_of_queries(client, office, django_assert_num_queries):
    def fill(number: int) -> None:
        failed_job(make_member(office), f"a{number}", f"Lý do {number}")
        given_up(f"ai{number}@coquan.example")

    fill(0)
    shown(client)
    with django_assert_num_queries(9):
        shown(client)
    fill(1), fill(2)
    with django_assert_num_queries(9):
        shown(client)


# The one who asked


def test_what_could_not_be_made_stands_in_my_work_until_it_is_tried_again(sign_in, office):
    member = make_member(office)
    job = failed_job(member, "a", "Máy in PDF bị dừng")
    client, stranger = sign_in(member), make_member(office)
    address = reverse("coordination:my-work")
    page = client.get(address).content.decode()
    retry = reverse("job-retry", args=[job.pk])
    assert SECRET in page and "Máy in PDF bị dừng" in page and retry in page and reverse("job", args=[job.pk]) in page
    assert client.post(retry).status_code == 302
    assert SECRET not in client.get(address).content.decode()
    assert SECRET not in sign_in(stranger).get(address).content.decode()
