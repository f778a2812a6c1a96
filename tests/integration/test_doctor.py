"""`manage.py doctor` and the page beside it: each look finds what was broken on purpose, and says what to do."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from agencies.access.enums import Role
from portal import alive
from portal.backup.archive import ENDING, ArchiveWriter, incoming, mark_of_portal
from portal.condition.enums import Standing
from portal.condition.finding import Finding, worst
from portal.condition.looks import configuration, database, machine, places, trust, work
from portal.condition.queries import findings
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.jobs.enums import JobState
from records.jobs.schedule.enums import Outcome
from records.mail.enums import MailState
from records.models import Job, OutgoingMail, ScheduledJob
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.signing import trusting
from tests.integration.smtp_sink import smtp_sink

pytestmark = pytest.mark.django_db
OK, WARNING, BROKEN = Standing.IN_ORDER, Standing.WARNING, Standing.BROKEN
EVERYWHERE = {
    *(
        "database",
        "migrations",
        "log-head",
        "clock",
        "jobs",
        "worker",
        "schedule",
        "mail",
        "letters",
        "trust",
        "settings",
    ),
    *("fonts", "libraries", "packages", "time-zone", "files", "disk-1", "backup", "backup-key"),
}
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder every account of the machine can enter."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(autouse=True)
def own_folders(settings, open_folder):
    """A server of its own: what other tests leave is not looked at."""
    settings.VAR, settings.BACKUPS = open_folder / "var", open_folder / "backups"
    settings.MEDIA_ROOT, settings.SIGNING_TRUST = open_folder / "files", open_folder / "trust"
    for folder in (settings.VAR, settings.BACKUPS, settings.MEDIA_ROOT, settings.SIGNING_TRUST):
        folder.mkdir(mode=0o700)


def standings(found) -> dict[str, Standing]:
    told = list(found)
    assert all(one.fix for one in told if one.standing is not OK), "a finding without what to do"
    return {one.name: one.standing for one in told}


def test_the_command_tells_every_look_and_ends_with_the_worst():
    found = findings()
    assert {one.name for one in found} >= EVERYWHERE
    out = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("doctor", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert [one["name"] for one in told["findings"]] == [one.name for one in found]
    assert (told["standing"], ended.value.returncode) == (worst(found).code, worst(found).value)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=out)
    assert all(f"→ {one.fix}" in out.getvalue() for one in found if one.fix)


def test_a_database_that_does_not_answer_is_told_with_the_rest():
    named = {"DATABASE_URL": "postgres://portal:secret-word@127.0.0.1:1/x", "PORTAL_VAR": str(project.VAR)}
    told = subprocess.run(
        [sys.executable, "manage.py", "doctor", "--json"],
        cwd=project.ROOT,
        env={**os.environ, **named, "DJANGO_SETTINGS_MODULE": "portal.settings.demo"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = {one["name"]: one["standing"] for one in json.loads(told.stdout)["findings"]}
    assert told.returncode == 2
    assert found["database"] == "broken"
    assert {"fonts", "files", "disk-1"} <= set(found)
    assert "secret-word" not in told.stdout + told.stderr


def test_a_changed_typeface_is_found(tmp_path):
    face = tmp_path / "A.ttf"
    face.write_bytes(b"as it came")
    digests = {"sha256": {"A.ttf": hashlib.sha256(b"as it came").hexdigest()}}
    (tmp_path / "MANIFEST.json").write_text(json.dumps(digests))
    assert standings(machine.fonts((face,))) == {"fonts": OK}
    face.write_bytes(b"as it came not")
    assert standings(machine.fonts((face,))) == {"fonts": BROKEN}


def test_another_package_than_the_pinned_one_is_found(tmp_path):
    pins = tmp_path / "requirements.txt"
    pins.write_text("django==5.2.19 \\\n    --hash=sha256:0\n")
    assert standings(machine.packages_as_pinned(pins)) == {"packages": OK}
    pins.write_text("django==1.0 \\\n    --hash=sha256:0\nnobody-has-this==1\n")
    [finding] = machine.packages_as_pinned(pins)
    assert (finding.standing, "django, nobody-has-this" in finding.seen) == (WARNING, True)


def test_a_clock_that_was_put_back_is_found(settings):
    settings.PORTAL_CLOCK = ""
    record(AuditAction.CREATED)
    assert standings(machine.machine_clock())["clock"] is not BROKEN
    with clock.standing_at(clock.now() - timedelta(days=1)):
        assert standings(machine.machine_clock()) == {"clock": BROKEN}
    with clock.machine_standing_at(clock.at(clock.today().replace(year=1970))):
        assert standings(machine.machine_clock()) == {"clock": BROKEN}


@pytest.mark.on_postgresql
def test_a_database_with_another_clock_is_found():
    assert standings(machine.database_clock()) == {"database-clock": OK}
    for apart, standing in ((timedelta(seconds=30), WARNING), (timedelta(hours=1), BROKEN)):
        with clock.machine_standing_at(clock.machine_now() - apart):
            assert standings(machine.database_clock()) == {"database-clock": standing}


def test_the_folder_of_files_must_be_private_writable_and_not_served(settings):
    assert standings(places.files()) == {"files": OK}
    Path(settings.MEDIA_ROOT).chmod(0o755)
    assert standings(places.files()) == {"files": BROKEN}
    Path(settings.MEDIA_ROOT).chmod(0o700)
    settings.STATIC_ROOT = Path(settings.MEDIA_ROOT).parent
    assert standings(places.files()) == {"files": BROKEN}
    settings.MEDIA_ROOT = Path("/proc/files")
    assert standings(places.files()) == {"files": BROKEN}


def test_a_folder_below_a_closed_one_is_private(open_folder):
    inner = open_folder / "closed" / "inner"
    inner.mkdir(parents=True)
    inner.chmod(0o755)
    assert places.is_open_to_others(inner)
    inner.parent.chmod(0o700)
    assert not places.is_open_to_others(inner)


@pytest.mark.parametrize(
    ("free", "standing"),
    [(places.ROOM_NEEDED - 1, BROKEN), (places.ROOM_WANTED - 1, WARNING), (places.ROOM_WANTED, OK)],
)
def test_a_disk_is_judged_by_the_room_left(free: int, standing: Standing):
    room = places.Room(("database",), Path("/"), free, 10**12)
    assert places.room_left("disk-1", room).standing is standing


def archive_holding(moment: datetime, portal: str = "") -> Path:
    """An archive with nothing in it but the moment it was made at."""
    with incoming(project.BACKUPS, "office") as file:
        told = {"made_at": moment.isoformat(), "portal": portal or mark_of_portal()}
        ArchiveWriter(file.out, told, None).finish({})
    return file.path


def test_a_backup_is_judged_by_the_moment_of_the_newest_whole_one_of_this_portal(settings):
    assert standings(places.backups()) == {"backup": WARNING}
    settings.DEMO = False
    assert standings(places.backups()) == {"backup": BROKEN}
    for days, standing in ((8, BROKEN), (3, WARNING), (0, OK)):
        newest = archive_holding(clock.machine_now() - timedelta(days=days))
        assert standings(places.backups()) == {"backup": standing}
    with newest.open("r+b") as cut:
        cut.truncate(newest.stat().st_size - 1)
    assert standings(places.backups()) == {"backup": WARNING}
    archive_holding(clock.machine_now(), portal="another")
    (settings.BACKUPS / f"c{ENDING}").touch()
    assert standings(places.backups()) == {"backup": WARNING}


def test_the_key_of_the_backups_is_told_missing_unusable_or_open(settings, open_folder):
    [without] = places.backup_key()
    assert (without.standing, "PORTAL_BACKUP_KEY" in without.seen) == (OK, True)
    settings.BACKUP_KEY = str(key := open_folder / "key")
    assert standings(places.backup_key()) == {"backup-key": BROKEN}
    key.write_text("ab" * 32)
    key.chmod(0o604)
    assert standings(places.backup_key()) == {"backup-key": BROKEN}
    key.chmod(0o600)
    assert standings(places.backup_key()) == {"backup-key": OK}


def test_missing_and_newer_tables_are_found():
    assert standings(database.migrations()) == {"migrations": OK}
    recorder = MigrationRecorder(connection)
    recorder.record_applied("records", "9999_of_tomorrow")
    assert standings(database.migrations()) == {"migrations": WARNING}
    app, name = max(one for one in recorder.applied_migrations() if one[0] == "reports")
    recorder.record_unapplied(app, name)
    assert standings(database.migrations()) == {"migrations": BROKEN}
    names = {one.name for one in findings()}
    assert "files" in names
    assert "jobs" not in names


def test_a_head_sealed_with_another_key_is_found(settings):
    record(AuditAction.CREATED)
    assert standings(database.head_of_the_log()) == {"log-head": OK}
    settings.SECRET_KEY = "another key"
    assert standings(database.head_of_the_log()) == {"log-head": BROKEN}


def waiting_job(due_at, **facts) -> Job:
    now = clock.machine_now()
    told = {"name": "copy", "title": "Copy", "asked_by": 1, "asked_at": now, "due_at": due_at}
    return Job.objects.create(**{**told, "key": str(facts), **facts})


def test_a_worker_is_known_by_its_sign_or_by_the_job_it_holds():
    assert standings(work.jobs()) == {"worker": WARNING, "jobs": OK}
    now = clock.machine_now()
    job = waiting_job(now - timedelta(hours=1))
    assert standings(work.jobs()) == {"worker": BROKEN, "jobs": WARNING}
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, holder="x", lease_until=now + timedelta(minutes=1), started_at=now
    )
    assert standings(work.jobs()) == {"worker": OK, "jobs": OK}
    Job.objects.filter(pk=job.pk).update(lease_until=now - timedelta(minutes=1))
    assert standings(work.jobs())["worker"] is WARNING
    alive.give_sign("work")
    assert standings(work.jobs())["worker"] is OK
    with clock.machine_standing_at(now + timedelta(minutes=5)):
        assert standings(work.jobs())["worker"] is WARNING


def test_jobs_that_failed_today_are_told():
    now = clock.machine_now()
    waiting_job(now, state=JobState.FAILED, reason="why", ended_at=now - timedelta(hours=30))
    assert standings(work.jobs())["jobs"] is OK
    waiting_job(now, state=JobState.FAILED, reason="why", ended_at=now - timedelta(hours=1))
    assert standings(work.jobs())["jobs"] is WARNING


def test_scheduled_work_that_failed_is_told_with_its_reason():
    assert standings(work.scheduled()) == {"schedule": OK}
    now = clock.machine_now()
    facts = {"next_at": now, "ended_at": now, "outcome": Outcome.FAILED, "told": "Ổ sao lưu đã rời ra"}
    row = ScheduledJob.objects.create(name="verify", **facts)
    [finding] = work.scheduled()
    assert finding.standing == WARNING and row.told in finding.seen
    ScheduledJob.objects.update(outcome=Outcome.DONE)
    assert standings(work.scheduled()) == {"schedule": OK}


def test_a_mail_server_is_called(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    with smtp_sink() as sink:
        settings.EMAIL_PORT = sink.port
        assert standings(work.mail_server()) == {"mail": OK}
        assert sink.calls == 1
    assert standings(work.mail_server()) == {"mail": BROKEN}
    settings.MAIL_ON = False
    assert standings(work.mail_server()) == {"mail": WARNING}


def test_letters_that_wait_or_were_given_up_are_told():
    now = clock.machine_now()
    told = {"to": "a@example.vn", "subject": "s", "written_at": now, "next_try_at": now}
    letter = OutgoingMail.objects.create(**told)
    assert standings(work.letters()) == {"letters": OK}
    OutgoingMail.objects.create(**told, state=MailState.GIVEN_UP, ended_at=now)
    assert standings(work.letters()) == {"letters": WARNING}
    OutgoingMail.objects.filter(pk=letter.pk).update(next_try_at=now - timedelta(hours=1))
    assert standings(work.letters()) == {"letters": BROKEN}


def test_certificates_are_judged_by_their_end(settings):
    assert standings(trust.authorities()) == {"trust": OK}
    with trusting() as folder:
        assert standings(trust.authorities()) == {"trust": OK}
        with clock.standing_at(clock.now() + timedelta(days=365 * 100)):
            assert standings(trust.authorities()) == {"trust": WARNING}
        (folder / "letter.pem").write_text("no certificate")
        assert standings(trust.authorities()) == {"trust-files": BROKEN, "trust": OK}


def test_settings_that_are_no_service_are_found(settings):
    assert standings(configuration.safe()) == {"settings": WARNING}
    settings.DEMO, settings.DEBUG, settings.PORTAL_CLOCK = False, True, "2022-03-30T17:30:00+07:00"
    found = standings(configuration.safe())
    assert found["settings-clock"] is BROKEN
    assert {"settings-security.W009", "settings-security.W018"} <= set(found)


def test_a_look_that_fails_takes_no_other_down(settings):
    settings.SIGNING_TRUST = 5
    found = standings(findings())
    assert (found["authorities"], found["fonts"]) == (BROKEN, OK)


def test_the_worst_finding_is_the_standing_of_the_whole():
    several = [Finding("a", "a", one, "", "") for one in (WARNING, BROKEN, OK)]
    assert (worst(several), worst(several[2:]), worst([])) == (BROKEN, OK, OK)


@pytest.mark.on_postgresql
def test_the_page_tells_a_system_administrator_what_the_command_tells(sign_in, django_assert_max_num_queries):
    office = make_agency(make_unit("DH", "huyện Đầm Hà"), "vp", "Văn phòng")
    page = reverse("server-condition")
    client = sign_in(make_member(office, Role.SYSTEM_ADMIN))
    client.get(page)
    with django_assert_max_num_queries(30):
        shown = client.get(page).content.decode()
    for one in findings():
        assert str(one.label) in shown
    assert page in client.get(reverse("administration")).content.decode()
    assert sign_in(make_member(office, Role.UNIT_ADMIN)).get(page).status_code == 403
