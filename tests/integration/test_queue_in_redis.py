"""Jobs whose numbers are carried by a real Redis: done once, and not forgotten while it is away."""

import io
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from redis import Redis
from rq import Callback, Queue
from rq.serializers import JSONSerializer
from rq.webhook import Webhook

from agencies.access.enums import Role
from portal.condition.finding import Finding
from portal.condition.looks.work import jobs
from records.jobs import kinds, queue
from records.jobs.enums import JobState
from records.jobs.errors import QueueAway
from records.jobs.kinds import JobKind, Made, Work
from records.jobs.services import enqueue, look_after
from records.jobs.services.working import run_job
from records.models import Job
from tests.browser.server import free_port
from tests.factories.people import make_agency, make_member, make_unit
from tests.integration.redis_server import RedisServer
from tests.integration.vouched import new_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[RedisServer]:
    running = RedisServer(tmp_path_factory.mktemp("redis")).start()
    yield running
    running.stop()


@pytest.fixture
def redis(server) -> Redis:
    server.client.flushall()
    return server.client


@pytest.fixture
def in_redis(settings, server) -> None:
    """The queue is there."""
    settings.QUEUE = server.address
    settings.TASKS = {"default": {"BACKEND": queue.IN_REDIS}}


@pytest.fixture
def done(monkeypatch, settings, tmp_path) -> list[str]:
    """What the jobs of the test have made, in the order they were done."""
    made = []

    def run(work: Work) -> Made:
        made.append(work.values["what"])
        return Made("ban-sao.zip", "application/zip", io.BytesIO(work.values["what"].encode()))

    monkeypatch.setitem(kinds._KINDS, "copy", JobKind("copy", run=run, may_have=None, tell=None))
    settings.MEDIA_ROOT = tmp_path
    return made


@pytest.fixture
def ask(django_capture_on_commit_callbacks) -> Callable[[str], Job]:
    member = make_member(make_agency(make_unit("DH"), "ubnd"), Role.SECRETARY)

    def asked(what: str) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            return enqueue("copy", actor=member, key=what, title=what, what=what)

    return asked


def work_once() -> None:
    call_command("work", once=True)


def seen() -> dict[str, Finding]:
    return {finding.name: finding for finding in jobs()}


def test_what_is_asked_for_goes_through_redis_and_is_done_once(redis, in_redis, ask, done):
    """Rule: R-JOB-4, R-JOB-12."""
    first, _second = ask("one"), ask("two")
    assert queue.has_something() and not done
    run_job.enqueue(first.pk)  # told again
    work_once()
    assert done == ["one", "two"]
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert not queue.has_something()
    assert not redis.keys("rq:job:*"), "nothing of a job stays there"
    assert not seen()["redis"].fix


def test_a_portal_begins_with_its_queue_there(server, tmp_path):
    """In a process of its own, where nothing is imported yet: the backend is asked for while jobs are being named."""
    demo = "portal.settings.demo"
    given = {"PORTAL_QUEUE": server.address, "PORTAL_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": demo}
    begun = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.ROOT,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert begun.returncode == 0, begun.stderr[-2000:]


def test_a_line_to_redis_is_used_only_where_its_certificate_is_vouched_for(ask, done, settings, tmp_path):
    settings.TASKS = {"default": {"BACKEND": queue.IN_REDIS}}
    over_tls = RedisServer(tmp_path, new_certificate(tmp_path / "redis")).start()
    try:
        settings.QUEUE = over_tls.address
        assert "ssl_ca_certs" in seen()["redis"].fix
        settings.QUEUE = f"{over_tls.address}?ssl_ca_certs={over_tls.certificate}"
        ask("one")
        assert queue.has_something() and not seen()["redis"].fix
        work_once()
        assert done == ["one"]
    finally:
        over_tls.stop()


def test_what_redis_forgot_is_told_again(redis, in_redis, ask, done, django_capture_on_commit_callbacks):
    job = ask("one")
    redis.flushall()
    Job.objects.filter(pk=job.pk).update(told_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        assert look_after() == (0, 1)
    work_once()
    assert done == ["one"]


def test_while_redis_is_away_jobs_are_asked_for_and_done_by_their_rows(in_redis, ask, done, settings, caplog):
    """Rule: R-JOB-12."""
    settings.QUEUE = f"redis://127.0.0.1:{free_port()}/0"
    job = ask("one")
    with pytest.raises(QueueAway, match="refused"):
        queue.has_something()
    assert f"no note of job {job.pk}" in caplog.text
    work_once()
    job.refresh_from_db()
    assert (done, job.state) == (["one"], JobState.DONE)
    finding = seen()["redis"]
    assert "refused" in finding.seen and "redis-server" in finding.fix


def test_nothing_read_from_redis_is_run_but_jobs(redis, in_redis, ask, done, tmp_path):
    """Whoever writes there names functions and addresses RQ would call: none is, and the jobs beside are done."""
    theirs = Queue("cong-phoi-hop", connection=redis, serializer=JSONSerializer)
    made = tmp_path / "called"
    theirs.enqueue("os.mkdir", str(made))
    theirs.enqueue("os.getpid", on_success=Callback(f"{__name__}.leave_a_trace"))
    theirs.enqueue("os.mkdir", "0", on_failure=Callback(f"{__name__}.leave_a_trace"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        theirs.enqueue("os.getpid", webhooks=[Webhook(f"http://127.0.0.1:{listening.getsockname()[1]}/", "failed")])
        ask("one")
        work_once()
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()
    assert not made.exists() and not traces
    assert done == ["one"] and not queue.has_something()


def test_what_is_no_job_at_all_is_given_up(redis, in_redis, done):
    pickled = b"cos\nsystem\n(S'true'\ntR."
    redis.hset("rq:job:x", mapping={"data": pickled, "status": "queued", "origin": "cong-phoi-hop"})
    redis.lpush("rq:queue:cong-phoi-hop", "x")
    work_once()
    assert not done and not queue.has_something()


traces: list[str] = []


def leave_a_trace(*_told) -> None:
    traces.append("called")
