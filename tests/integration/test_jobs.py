"""Jobs: asked for once, done by whoever takes them, tried again, taken over from a process that is gone."""

import io
import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from agencies.access.enums import Role
from records import clock
from records.audit.enums import AuditAction
from records.audit.origin import Origin, origin
from records.audit.services import record
from records.errors import Decision, NotAllowed, RuleBroken
from records.jobs import kinds
from records.jobs.enums import KEPT, LEASE, MOST_AT_ONCE, MOST_TRIES, UNATTENDED_AFTER, WAITS, JobState
from records.jobs.errors import TryAgain
from records.jobs.kinds import JobKind, Made, Work
from records.jobs.queries import ahead_of
from records.jobs.services import clear_old, enqueue, hand_over_result, look_after, retry, run_waiting
from records.jobs.services.working import work_on
from records.models import AuditEntry, Job
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.stored import result_path

pytestmark = pytest.mark.django_db


class Desk:
    """A kind of job that does what the test laid on it, and remembers how often it was asked."""

    def __init__(self):
        self.works: list[Work] = []
        self.act = lambda work: None
        self.may_have = Decision(True)

    def run(self, work: Work) -> Made | None:
        self.works.append(work)
        return self.act(work)

    def tell(self, job: Job, actor) -> None:
        record(AuditAction.EXPORTED, actor=actor, after={"file": job.result_name, "sha256": job.result_sha256})


@pytest.fixture(autouse=True)
def desk(monkeypatch, tmp_path) -> Desk:
    desk = Desk()
    kind = JobKind("copy", run=desk.run, may_have=lambda actor, job: desk.may_have, tell=desk.tell)
    monkeypatch.setitem(kinds._KINDS, "copy", kind)
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    return desk


@pytest.fixture(autouse=True)
def queued(settings):
    """The portal's own queue, so that a job waits until somebody does it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def member():
    return make_member(make_agency(make_unit("DH"), "ubnd"))


def ask(member, key: str = "one", **facts) -> Job:
    return enqueue("copy", actor=member, key=key, title="Bản sao", **facts)


def copy_of(text: bytes) -> Made:
    return Made("ban-sao.zip", "application/zip", io.BytesIO(text))


def later(moment: timedelta):
    return clock.machine_standing_at(clock.machine_now() + moment)


# Asked for


def test_a_job_waits_until_somebody_does_it_and_is_done_once(member, desk):
    job = ask(member, leads_to="/bao-cao/", program="2022-01")
    assert (job.state, job.values, len(desk.works)) == (JobState.WAITING, {"program": "2022-01"}, 0)
    assert run_waiting() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.reason, job.leads_to) == (JobState.DONE, 1, "", "/bao-cao/")
    assert desk.works[0].values == {"program": "2022-01"} and desk.works[0].asked_by == member.pk
    assert run_waiting() == 0 and not work_on(job.pk)
    assert len(desk.works) == 1


def test_the_same_key_is_the_same_job_for_one_person_and_another_for_the_next(member):
    other = make_member(member.agency, Role.SECRETARY)
    first = ask(member)
    assert ask(member).pk == first.pk
    assert ask(other).pk != first.pk
    run_waiting()
    again = ask(member)
    assert (again.pk, again.state) == (first.pk, JobState.DONE)
    anew = ask(member, anew=True)
    assert (anew.pk, anew.state, anew.attempts) == (first.pk, JobState.WAITING, 0)


def test_a_job_knows_where_it_was_asked_for(member, desk):
    token = origin.set(Origin(address="10.0.0.7", request_id="bd7b"))
    try:
        ask(member)
    finally:
        origin.reset(token)
    desk.act = lambda work: record(AuditAction.CHANGED, after={"x": 1}) and None
    run_waiting()
    entry = AuditEntry.objects.order_by("-sequence").first()
    assert (entry.address, entry.request_id) == ("10.0.0.7", "bd7b")
    assert origin.get() == Origin()


def test_one_person_cannot_fill_the_queue(member):
    for number in range(MOST_AT_ONCE):
        ask(member, key=str(number))
    with pytest.raises(RuleBroken):
        ask(member, key="one too many")
    assert Job.objects.count() == MOST_AT_ONCE
    ask(make_member(member.agency, Role.SECRETARY))
    run_waiting()
    assert ask(member, key="one too many").state == JobState.WAITING


def test_asking_leaves_no_entry(member):
    before = AuditEntry.objects.count()
    ask(member)
    run_waiting()
    assert AuditEntry.objects.count() == before


def test_jobs_are_seen_by_who_asked_only(member):
    ask(member)
    other = make_member(member.agency, Role.SECRETARY)
    assert Job.objects.visible_to(member).count() == 1
    assert not Job.objects.visible_to(other).exists() and not Job.objects.visible_to(None).exists()


def test_a_waiting_job_knows_how_many_come_before_it(member):
    first, second = ask(member, key="a"), ask(member, key="b")
    assert (ahead_of(first), ahead_of(second)) == (0, 1)
    run_waiting(1)
    assert ahead_of(second) == 0


# Done, failed, tried again


def test_the_page_of_a_job_nobody_takes_up_says_whom_to_tell(member, sign_in):
    make_member(make_agency(member.agency.unit, "so", "Sở Nội vụ"), Role.SYSTEM_ADMIN)
    page, job, words = sign_in(member), ask(member), "chưa có tiến trình nào nhận việc này"

    def told(after: timedelta) -> str:
        with clock.machine_standing_at(job.due_at + after):
            return page.get(f"/viec-chay/{job.pk}/").content.decode()

    assert words not in told(UNATTENDED_AFTER / 2)
    unattended = told(UNATTENDED_AFTER * 2)
    assert words in unattended and "Sở Nội vụ" in unattended
    Job.objects.filter(pk=job.pk).update(reason="Máy chủ bận", attempts=1)
    assert words in told(UNATTENDED_AFTER * 2), "a try that is long due is not foretold"
    busy = ask(member, key="two")
    of_somebody = {"state": JobState.RUNNING, "holder": "h", "lease_until": job.due_at + UNATTENDED_AFTER * 3}
    Job.objects.filter(pk=busy.pk).update(started_at=job.due_at, attempts=1, **of_somebody)
    assert words not in told(UNATTENDED_AFTER * 2), "somebody works, and its turn comes"


def test_what_a_job_makes_is_kept_whole_and_handed_over_with_an_entry(member, desk):
    desk.act = lambda work: copy_of(b"PK content")
    job = ask(member)
    run_waiting()
    job.refresh_from_db()
    assert (job.result_name, job.result_type, job.result_bytes) == ("ban-sao.zip", "application/zip", 10)
    before = AuditEntry.objects.count()
    with hand_over_result(job, actor=member) as content:
        assert content.read() == b"PK content"
    [entry] = AuditEntry.objects.filter(sequence__gt=before)
    assert (entry.action, entry.actor_id, entry.after["sha256"]) == (AuditAction.EXPORTED, member.pk, job.result_sha256)


def test_a_result_is_kept_from_others_and_from_who_may_no_longer_have_it(member, desk):
    desk.act = lambda work: copy_of(b"PK")
    job = ask(member)
    run_waiting()
    job.refresh_from_db()
    with pytest.raises(NotAllowed) as hidden:
        hand_over_result(job, actor=make_member(member.agency, Role.SECRETARY))
    assert hidden.value.decision.hidden
    desk.may_have = Decision(False, "Không còn quyền")
    with pytest.raises(NotAllowed, match="Không còn quyền"):
        hand_over_result(job, actor=member)


def test_a_refusal_ends_the_job_with_its_reason_and_can_be_tried_again(member, desk):
    def refuse(work):
        raise RuleBroken("Năm 2021 chưa có văn bản nào")

    desk.act = refuse
    job = ask(member)
    run_waiting()
    job.refresh_from_db()
    assert (job.state, job.reason, job.attempts) == (JobState.FAILED, "Năm 2021 chưa có văn bản nào", 1)
    assert ask(member).state == JobState.FAILED
    with pytest.raises(NotAllowed):
        retry(job, actor=make_member(member.agency, Role.SECRETARY))
    desk.act = lambda work: None
    assert retry(job, actor=member).state == JobState.WAITING
    run_waiting()
    job.refresh_from_db()
    assert (job.state, job.reason) == (JobState.DONE, "")
    with pytest.raises(NotAllowed):
        retry(job, actor=member)


def test_a_fault_is_tried_three_times_with_rests_between(member, desk, caplog):
    def stumble(work):
        raise ZeroDivisionError

    desk.act = stumble
    job = ask(member)
    rest = timedelta()
    with caplog.at_level(logging.CRITICAL):
        for wait in (*WAITS, timedelta()):
            with later(rest):
                assert run_waiting() == 1
                assert run_waiting() == 0
            rest += wait + timedelta(seconds=1)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, MOST_TRIES)
    assert job.reason and "ZeroDivision" not in job.reason
    assert [work.attempt for work in desk.works] == [1, 2, 3]


def test_what_passes_is_told_while_the_job_waits_again(member, desk):
    def pass_by(work):
        if work.attempt == 1:
            raise TryAgain("Tiến trình bị dừng")

    desk.act = pass_by
    job = ask(member)
    run_waiting()
    job.refresh_from_db()
    assert (job.state, job.reason, job.told_at) == (JobState.WAITING, "Tiến trình bị dừng", None)
    with later(WAITS[0]):
        run_waiting()
    job.refresh_from_db()
    assert (job.state, job.reason) == (JobState.DONE, "")


def test_a_job_of_an_unknown_kind_fails_in_the_end(member):
    job = enqueue("unheard-of", actor=member, key="x", title="Việc lạ")
    for tries in range(MOST_TRIES):
        with later(timedelta(minutes=5 * tries)):
            run_waiting()
    job.refresh_from_db()
    assert job.state == JobState.FAILED and job.reason


# How far, and who does it


def test_progress_is_written_and_the_rest_is_reckoned(member, desk):
    seen = []

    def go_on(work):
        for step in (1, 2, 3):
            with later(timedelta(seconds=10 * step)):
                work.advance(step, 4)
                job = Job.objects.get()
                seen.append((job.done, job.total, round(job.time_left(clock.machine_now()).total_seconds())))

    desk.act = go_on
    ask(member)
    run_waiting()
    assert seen == [(1, 4, 30), (2, 4, 20), (3, 4, 10)]


def test_progress_is_not_written_at_every_step(member, desk, django_assert_max_num_queries):
    desk.act = lambda work: [work.advance(step, 1000) for step in range(1000)] and None
    job = ask(member)
    with clock.machine_standing_at(clock.machine_now()), django_assert_max_num_queries(12):
        work_on(job.pk)
    assert Job.objects.get().state == JobState.DONE


def test_a_job_dropped_by_a_dead_process_is_taken_up_again(member, desk):
    """What a kill leaves: a job under way whose lease nobody renews."""

    def die(work):
        raise KeyboardInterrupt

    desk.act = die
    job = ask(member)
    with pytest.raises(KeyboardInterrupt):
        run_waiting()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert look_after()[0] == 0
    desk.act = lambda work: None
    with later(LEASE + timedelta(seconds=1)):
        assert look_after()[0] == 1
        job.refresh_from_db()
        assert job.state == JobState.WAITING and job.reason
    with later(LEASE + WAITS[0] + timedelta(seconds=2)):
        assert run_waiting() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_who_has_lost_the_lease_changes_nothing_any_more(member, desk):
    """A process that slept through its lease wakes up while another does the job."""

    def oversleep(work):
        with later(LEASE + timedelta(seconds=1)):
            look_after()
        with later(timedelta(minutes=5)):
            desk.act = lambda work: copy_of(b"by the second")
            assert run_waiting() == 1
            desk.act = oversleep
        return copy_of(b"by the first")

    desk.act = oversleep
    job = ask(member)
    run_waiting(1)
    job.refresh_from_db()
    assert (job.state, job.attempts, result_path(job).read_bytes()) == (JobState.DONE, 2, b"by the second")


def test_who_tells_how_far_it_is_learns_that_it_lost_the_lease(member, desk):
    reached = []

    def oversleep(work):
        Job.objects.update(holder="another")
        work.advance(1, 2)
        reached.append("further")

    desk.act = oversleep
    job = ask(member)
    work_on(job.pk)
    assert not reached and Job.objects.get().holder == "another"


def test_the_queue_is_told_of_what_it_has_forgotten(member):
    ask(member)
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.all().delete()
    assert look_after() == (0, 0)
    with later(timedelta(minutes=3)):
        assert look_after() == (0, 1)
        assert look_after() == (0, 0)
    assert DBTaskResult.objects.count() == 1


def test_old_jobs_go_with_their_files_unless_another_still_has_the_same(member, desk):
    desk.act = lambda work: copy_of(b"the same")
    old = ask(member)
    run_waiting()
    old.refresh_from_db()
    with later(KEPT - timedelta(hours=1)):
        new = ask(member, key="two")
        run_waiting()
        assert clear_old() == 0
    with later(KEPT + timedelta(hours=1)):
        assert clear_old() == 1
        assert result_path(old).is_file() and Job.objects.get().pk == new.pk
    with later(KEPT * 2):
        assert clear_old() == 1
    assert not result_path(old).exists() and not DBTaskResult.objects.exists()


def test_the_database_knows_what_a_job_can_be(member):
    job = ask(member)
    for impossible in (
        {"state": "running"},
        {"state": "done"},
        {"state": "failed", "ended_at": clock.machine_now()},
        {"state": "sleeping"},
        {"done": 3, "total": 2},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.filter(pk=job.pk).update(**impossible)
