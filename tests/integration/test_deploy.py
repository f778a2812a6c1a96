"""The portal as a service: what it refuses to start with, and stored files that leave through the proxy."""

import hashlib
import io
import os
import re
import socket
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import FileResponse

from agencies.models import User
from coordination.tasks import services as tasks
from portal.backup.archive import Hashing
from portal.backup.restoring import Restored, _put_back
from portal.backup.trust import Trust
from portal.checks import refuse_unsafe
from portal.management.commands.serve import refuse_no_room, refuse_older_database, refuse_uncollected_static
from portal.sendfile import through_the_proxy
from records.files.stores.folder import FolderStore
from records.models import AuditEntry
from tests.checkers.headers import loose
from tests.factories.programs import make_program
from tests.factories.stored import path_of
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 minh chung\n%%EOF\n"


@pytest.fixture
def service(settings, tmp_path):
    settings.DEMO, settings.VAR = False, tmp_path
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "files", tmp_path / "static"
    settings.MEDIA_ROOT.mkdir(mode=0o750)
    return settings


def found() -> list[str]:
    return [fault.id for fault in run_checks(tags=[Tags.security])]


class TestStart:
    def test_a_service_with_a_private_folder_starts(self, service):
        refuse_unsafe()

    @pytest.mark.parametrize("mode", [0o755, 0o751, 0o702])
    def test_stored_files_open_to_every_account_are_refused(self, mode, service):
        service.MEDIA_ROOT.chmod(mode)
        with pytest.raises(SystemCheckError, match=r"chmod -R o-rwx .*files .*portal\.E003"):
            refuse_unsafe()

    def test_stored_files_below_the_static_ones_are_refused_and_the_reverse(self, service):
        for place in (service.STATIC_ROOT / "files", service.STATIC_ROOT, service.STATIC_ROOT.parent):
            service.MEDIA_ROOT = place
            assert "portal.E004" in found()

    def test_stored_files_below_a_folder_static_files_come_from_are_refused(self, service, tmp_path):
        service.STATICFILES_DIRS = [tmp_path]
        assert found() == ["portal.E004"]

    def test_an_empty_database_can_be_migrated(self, service, monkeypatch):
        monkeypatch.setattr(User._meta, "db_table", "agencies_not_there_yet")
        refuse_unsafe()

    def test_debug_is_refused(self, service):
        service.DEBUG = True
        assert found() == ["portal.E002"]

    def test_a_demo_may_have_what_it_likes(self, service):
        service.DEMO, service.DEBUG = True, True
        service.MEDIA_ROOT.chmod(0o755)
        assert found() == []

    def test_a_database_of_an_older_version_is_refused(self):
        refuse_older_database()
        [last] = MigrationLoader(connection).graph.leaf_nodes("records")
        MigrationRecorder(connection).record_unapplied(*last)
        for start in (
            refuse_older_database,
            *(partial(call_command, name, "--once") for name in ("work", "deliver_mail")),
        ):
            with pytest.raises(CommandError, match=r"1 .*manage\.py migrate"):
                start()

    def test_a_disk_that_takes_nothing_is_refused_before_anything_is_begun(self, service):
        refuse_no_room()
        service.MEDIA_ROOT = Path("/proc/portal/files")  # has no room for anybody
        with pytest.raises(CommandError, match=r"/proc.*0"):
            refuse_no_room()

    def test_static_files_that_are_not_collected_are_refused(self, service, tmp_path):
        own = "whitenoise.storage.CompressedManifestStaticFilesStorage"
        service.STORAGES = {**service.STORAGES, "staticfiles": {"BACKEND": own}}
        service.STATIC_ROOT = tmp_path / "static"
        with pytest.raises(CommandError, match=r"static.* thiếu [1-9].*manage\.py collectstatic"):
            refuse_uncollected_static()
        call_command("collectstatic", "--no-input", verbosity=0)
        refuse_uncollected_static()
        (tmp_path / "more").mkdir()
        (tmp_path / "more" / "of-the-next-version.js").touch()
        service.STATICFILES_DIRS = [*service.STATICFILES_DIRS, tmp_path / "more"]
        with pytest.raises(CommandError, match=r" thiếu 1 "):
            refuse_uncollected_static()

    @pytest.mark.parametrize("command", [["migrate"], ["work", "--once"]])
    def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(self, command, tmp_path):
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))  # and does not listen
            address = f"postgres://portal:mat-khau@127.0.0.1:{held.getsockname()[1]}/portal"
            given = {"DATABASE_URL": address, "PORTAL_HOSTS": "a.vn", "PORTAL_SECRET_KEY": "k" * 40}
            given |= {"DJANGO_SETTINGS_MODULE": "portal.settings.production", "PORTAL_VAR": str(tmp_path)}
            line = [sys.executable, "manage.py", *command]
            env = {"PATH": os.environ["PATH"], **given}
            refused = subprocess.run(line, cwd=project.ROOT, env=env, capture_output=True, text=True, timeout=60)
        assert refused.returncode == 1
        assert "DATABASE_URL" in refused.stderr
        assert not {"Traceback", "mat-khau"} & set(re.findall(r"[\w-]+", refused.stderr))

    @pytest.mark.parametrize("settings_of", ["demo", "production"])
    def test_what_is_no_address_of_a_database_is_told_in_one_sentence(self, settings_of, tmp_path):
        """Whoever starts it; the packages below say nothing of their own beside it."""
        given = {"DATABASE_URL": "may-chu", "PORTAL_HOSTS": "a.vn", "PORTAL_SECRET_KEY": "k" * 40}
        given |= {"DJANGO_SETTINGS_MODULE": f"portal.settings.{settings_of}", "PORTAL_VAR": str(tmp_path)}
        env = {"PATH": os.environ["PATH"], **given}
        line = [sys.executable, "manage.py", "migrate"]
        refused = subprocess.run(line, cwd=project.ROOT, env=env, capture_output=True, text=True, timeout=60)
        assert (refused.returncode, refused.stderr.count("\n")) == (1, 1), refused.stderr
        assert "DATABASE_URL" in refused.stderr
        assert list(tmp_path.iterdir()) == []


class TestSendfile:
    @pytest.fixture
    def evidence(self, settings, tmp_path):
        settings.SENDFILE, settings.MEDIA_ROOT, settings.STORED_FILE_MODE = "nginx", tmp_path, 0o640
        task = make_task(make_program("signed"), "in_progress")
        upload = tasks.Upload("Biên bản.pdf", io.BytesIO(PDF), len(PDF))
        lead = official_of(task.roles.get(kind="lead").agency)
        return tasks.report_progress(task, actor=lead, value=None, percent=60, files=[upload]).evidence.get()

    def test_the_proxy_is_told_where_the_bytes_lie(self, evidence, sign_in):
        client = sign_in(official_of(evidence.report.task.program.parties.first().agency))
        before = AuditEntry.objects.count()
        answer = client.get(f"/minh-chung/{evidence.pk}/")
        assert answer["X-Accel-Redirect"] == f"/stored/{evidence.file.sha256[:2]}/{evidence.file.sha256}"
        assert (answer.content, answer["Content-Type"]) == (b"", "application/pdf")
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert "Content-Length" not in answer or answer["Content-Length"] == "0"
        assert loose(answer) == []
        assert AuditEntry.objects.count() == before + 1

    def test_who_may_not_read_is_told_of_no_place(self, evidence, sign_in):
        stranger = make_program("draft").drafting_agency
        answer = sign_in(official_of(stranger)).get(f"/minh-chung/{evidence.pk}/")
        assert answer.status_code == 404
        assert "X-Accel-Redirect" not in answer

    def test_the_proxy_s_group_may_read_what_is_kept_and_others_may_not(self, evidence):
        assert path_of(evidence.file).stat().st_mode & 0o777 == 0o640

    @pytest.mark.parametrize("mask", [0o027, 0o077])
    def test_what_is_put_back_the_proxy_may_read_as_well(self, mask, settings, tmp_path):
        """R-DEPLOY-4: whatever the mask of the one who types `restore`, and as the folder above says whose group."""
        settings.STORED_FILE_MODE, settings.MEDIA_ROOT = 0o640, tmp_path / "files"
        settings.MEDIA_ROOT.mkdir()
        settings.MEDIA_ROOT.chmod(0o2750)
        before = os.umask(mask)
        try:
            digest = hashlib.sha256(PDF).hexdigest()
            content = Hashing(io.BytesIO(PDF))
            manifest = {"damaged": [], "members": {f"files/{digest}": digest}}
            _put_back(f"files/{digest}", content, {}, Restored(manifest, Trust(is_taken=False, is_own=True)))
        finally:
            os.umask(before)
        kept = settings.MEDIA_ROOT / digest[:2] / digest
        assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, kept.parent)] == [0o640, 0o2750]

    def test_without_a_proxy_what_is_kept_is_for_the_account_alone(self, settings, tmp_path):
        settings.STORED_FILE_MODE = 0o600
        before = os.umask(0o077)
        try:
            digest = FolderStore(tmp_path).put([PDF])
        finally:
            os.umask(before)
        kept = tmp_path / digest[:2] / digest
        assert [path.stat().st_mode & 0o777 for path in (kept, kept.parent)] == [0o600, 0o700]

    def test_what_is_no_stored_file_goes_its_own_way(self, settings, rf, tmp_path):
        settings.SENDFILE, settings.MEDIA_ROOT = "nginx", tmp_path / "files"
        (tmp_path / "other").write_bytes(PDF)
        for content in (io.BytesIO(PDF), (tmp_path / "other").open("rb")):
            answer = through_the_proxy(lambda request, content=content: FileResponse(content))(rf.get("/"))
            assert "X-Accel-Redirect" not in answer
            assert b"".join(answer.streaming_content) == PDF
            content.close()

    def test_without_a_proxy_the_portal_sends_the_bytes(self, evidence, settings, sign_in):
        settings.SENDFILE = ""
        client = sign_in(official_of(evidence.report.task.program.parties.first().agency))
        answer = client.get(f"/minh-chung/{evidence.pk}/")
        assert b"".join(answer.streaming_content) == PDF
