"""Stored files in a bucket: as in the folder for everybody, against a real S3-compatible server.

Rules R-FILE-8, R-DEPLOY-7.
"""

import hashlib
import io
import logging
import multiprocessing
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from coordination.tasks import services as tasks
from portal.backup.archive import ArchiveWriter, incoming, mark_of_portal, members, read_whole
from portal.backup.making import _add_files
from portal.backup.restoring import Restored, _put_back
from portal.backup.trust import Trust
from portal.condition.looks import places
from portal.management.commands.serve import refuse_closed_bucket
from portal.settings.bucket import bucket_in
from records import clock, verified
from records.files.enums import FileKind
from records.files.errors import StoreFailed, Trouble
from records.files.models import StoredFile
from records.files.queries import damaged_files
from records.files.services import keep_bytes
from records.files.stores import kept_files
from records.jobs import kinds
from records.jobs import services as jobs
from records.jobs.enums import KEPT
from records.jobs.kinds import JobKind, Made
from records.models import AuditEntry
from reports.issuing.services import issue_program
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import make_task, official_of
from tests.integration.s3_server import BUCKET, ObjectStore, object_store
from tests.integration.vouched import new_certificate

pytestmark = pytest.mark.django_db

NAMED = {"trusted": "127.0.0.1", "unknown": "127.0.0.1", "misnamed": "127.0.0.2"}
PDF = b"%PDF-1.7 minh chung\n%%EOF\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with object_store(tmp_path_factory.mktemp("s3")) as store:
        yield store


@pytest.fixture
def bucket(server: ObjectStore, settings, tmp_path):
    """The portal with its files in the bucket; whatever it would put into the folder is seen there."""
    if server.process is None:
        server.start()
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILES_BUCKET = bucket_in(server.environment)
    return server


def evidence_of():
    task = make_task(make_program("signed"), "in_progress")
    upload = tasks.Upload("Biên bản.pdf", io.BytesIO(PDF), len(PDF))
    lead = official_of(task.roles.get(kind="lead").agency)
    return tasks.report_progress(task, actor=lead, value=None, percent=60, files=[upload]).evidence.get(), lead


def said_by(*command: str, **options) -> str:
    said = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command(*command, stdout=said, **options)
    return f"{said.getvalue()}\n{refusal.value}"


@pytest.fixture
def _failures_are_expected(monkeypatch):
    for name in ("django.request", "portal.views.errors"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)


class TestKeptThere:
    def test_what_is_sent_lies_in_the_bucket_alone_and_comes_back(self, bucket, settings, sign_in):
        settings.SENDFILE = "nginx"  # the proxy cannot send what is not on its disk
        evidence, lead = evidence_of()
        assert bucket.path_of(evidence.file.sha256).read_bytes() == PDF
        assert not list(Path(settings.MEDIA_ROOT).rglob("*"))
        answer = sign_in(lead).get(f"/minh-chung/{evidence.pk}/")
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)
        assert answer["Content-Length"] == str(len(PDF))
        assert "X-Accel-Redirect" not in answer

    def test_a_large_file_comes_back_whole(self, bucket):
        content = bytes(range(256)) * 16 * 1024  # more than is held in memory
        file = keep_bytes("Lớn", FileKind.PDF, content)
        assert file.content() == content
        with file.open() as kept:
            assert kept.seek(-3, 2) == len(content) - 3
            assert kept.read() == content[-3:]

    def test_what_comes_of_a_job_lies_apart_is_handed_out_and_cleared_away(self, bucket, monkeypatch, sign_in):
        made = Made("ban-sao.zip", "application/zip", io.BytesIO(b"ket qua"))
        told = JobKind("copy", run=lambda work: made, may_have=lambda *_: True, tell=lambda *_: None)
        monkeypatch.setitem(kinds._KINDS, "copy", told)
        member = make_member(make_agency(make_unit("DH"), "ubnd"))
        job = jobs.enqueue("copy", actor=member, key="one", title="Bản sao")
        job.refresh_from_db()
        assert bucket.path_of(job.result_sha256, "results").read_bytes() == b"ket qua"
        answer = sign_in(member).get(reverse("job-file", args=[job.pk]))
        assert b"".join(answer.streaming_content) == b"ket qua"
        with pytest.raises(FileNotFoundError):
            kept_files().open(job.result_sha256)
        with clock.machine_standing_at(clock.machine_now() + KEPT * 2):
            assert jobs.clear_old() == 1
        assert not bucket.path_of(job.result_sha256, "results").exists()

    def test_an_issued_paper_lies_there_and_is_served_from_there(self, bucket, sign_in):
        program = make_program("signed", parties=2)
        secretary = secretary_of(program.drafting_agency)
        document = issue_program(program, actor=secretary)
        kept = bucket.path_of(document.file.sha256).read_bytes()
        assert kept.startswith(b"%PDF-")
        assert sign_in(secretary).get(f"/bao-cao/van-ban/{document.pk}.pdf").content == kept

    def test_two_processes_with_the_same_bytes_leave_one_object(self, bucket, settings):
        fork = multiprocessing.get_context("fork")
        content = PDF * 1000
        writers = [fork.Process(target=kept_files().put, args=([content],)) for _one in range(2)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(30)
        assert [writer.exitcode for writer in writers] == [0, 0]
        assert bucket.path_of(hashlib.sha256(content).hexdigest()).read_bytes() == content

    def test_nothing_half_is_kept_when_what_is_sent_breaks_off(self, bucket):
        def broken():
            yield b"half"
            raise ConnectionResetError

        before = bucket.objects()
        with pytest.raises(ConnectionResetError):
            kept_files().put(broken())
        assert bucket.objects() == before

    def test_a_folder_within_the_bucket_stands_before_every_name(self, bucket, settings):
        settings.FILES_BUCKET = {**settings.FILES_BUCKET, "folder": "dam-ha"}
        digest = kept_files().put([b"trong thu muc"])
        assert bucket.path_of(digest, "dam-ha").is_file()
        assert kept_files().name_of(digest) == f"s3://{BUCKET}/dam-ha/{digest[:2]}/{digest}"


class TestProved:
    def test_verify_names_what_is_missing_and_what_was_changed(self, bucket):
        files = [keep_bytes(f"Tệp {number}", FileKind.PDF, PDF + bytes([number])) for number in range(3)]
        bucket.path_of(files[0].sha256).unlink()
        bucket.path_of(files[1].sha256).write_bytes(PDF + b"x")  # as long as before
        first, second = damaged_files()
        assert [(one.pk, one.is_missing) for one in (first, second)] == [(files[0].pk, True), (files[1].pk, False)]
        assert all(f"s3://{BUCKET}/" in str(one) for one in (first, second))

    def test_another_machine_learns_what_was_found(self, bucket, settings, tmp_path):
        verified.keep(faults=7, head="1:a", damaged_files=2)
        settings.MEDIA_ROOT = tmp_path / "other"
        assert verified.last() is None
        verified.fetch()
        assert (verified.last().faults, verified.last().damaged_files) == (7, 2)

    def test_a_bucket_that_is_away_makes_nothing_damaged(self, bucket):
        keep_bytes("Tệp", FileKind.PDF, PDF)
        bucket.stop()
        said = said_by("verify", files=True)
        assert "manage.py doctor" in said and "s3://" not in said
        assert verified.last().damaged_files == 0

    def test_a_bucket_that_is_not_there_makes_nothing_damaged(self, bucket, settings):
        keep_bytes("Tệp", FileKind.PDF, PDF)
        settings.FILES_BUCKET = {**settings.FILES_BUCKET, "name": "khong-co"}
        with pytest.raises(StoreFailed) as refused:
            list(damaged_files())
        assert refused.value.trouble is Trouble.NO_BUCKET


class TestAway:
    @pytest.mark.usefixtures("_failures_are_expected")
    def test_pages_of_files_say_so_and_are_answered_when_it_is_back(self, bucket, sign_in):
        evidence, lead = evidence_of()
        client: Client = sign_in(lead)
        client.raise_request_exception = False
        bucket.stop()
        before = AuditEntry.objects.count()
        answer = client.get(f"/minh-chung/{evidence.pk}/")
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert "Kho tệp tạm thời không trả lời" in answer.content.decode()
        assert AuditEntry.objects.count() == before  # nobody got it
        with pytest.raises(StoreFailed):
            keep_bytes("Tệp", FileKind.PDF, PDF + b"2")
        assert StoredFile.objects.count() == 1
        bucket.start()
        assert b"".join(client.get(f"/minh-chung/{evidence.pk}/").streaming_content) == PDF

    def test_doctor_and_start_say_what_to_do(self, bucket, settings, caplog):
        [found] = places.files()
        assert found.standing.code == "in-order"
        good = settings.FILES_BUCKET
        for wrong, trouble, words in (
            ({"secret": "khac"}, Trouble.KEY, "PORTAL_FILES_SECRET"),
            ({"key_id": "ai-do"}, Trouble.KEY, "PORTAL_FILES_KEY_ID"),
            ({"name": "khong-co"}, Trouble.NO_BUCKET, "khong-co"),
        ):
            settings.FILES_BUCKET = {**good, **wrong}
            [found] = places.files()
            assert (found.standing.code, trouble.words in found.seen) == ("broken", True)
            assert words in found.fix
            assert good["secret"] not in found.seen + found.fix
            with pytest.raises(CommandError, match=words):
                refuse_closed_bucket()
        settings.FILES_BUCKET = good
        bucket.stop()
        [found] = places.files()
        assert good["address"] in found.fix
        refuse_closed_bucket()  # it comes back by itself
        assert good["address"] in caplog.text


class TestOverTls:
    """As an office reaches a store on another machine."""

    def test_files_go_over_lines_whose_certificate_is_trusted_and_over_no_others(self, settings, tmp_path):
        trusted, unknown, misnamed = (new_certificate(tmp_path / name, address) for name, address in NAMED.items())
        with object_store(tmp_path / "s3", trusted) as store:
            settings.FILES_BUCKET = bucket_in(store.environment)
            assert settings.FILES_BUCKET["address"].startswith("https://")
            assert keep_bytes("Tệp", FileKind.PDF, PDF).content() == PDF
            refuse_closed_bucket()
            for certificate in ("", str(unknown)):
                settings.FILES_BUCKET = bucket_in({**store.environment, "PORTAL_FILES_CA": certificate})
                self.is_refused()
        with object_store(tmp_path / "misnamed", misnamed) as store:
            settings.FILES_BUCKET = bucket_in(store.environment)
            self.is_refused()

    def is_refused(self) -> None:
        [found] = places.files()
        assert (found.standing.code, Trouble.CERTIFICATE.words in found.seen) == ("broken", True)
        with pytest.raises(CommandError, match="PORTAL_FILES_CA"):
            refuse_closed_bucket()


class TestMoved:
    def test_files_are_copied_between_folder_and_bucket_and_back_again_goes_on(self, bucket, settings, tmp_path):
        named, settings.FILES_BUCKET = settings.FILES_BUCKET, {}
        files = [keep_bytes(f"Tệp {number}", FileKind.PDF, b"chep " + bytes([number])) for number in range(3)]
        lost = Path(settings.MEDIA_ROOT) / files[2].sha256[:2] / files[2].sha256
        lost.unlink()
        settings.FILES_BUCKET = named
        assert re.search(rf"{files[2].sha256}.*\n.*2.* 0 .*\n\n.*1", said_by("copy_files", "folder", "bucket"))
        assert [one.content() for one in files[:2]] == [b"chep \x00", b"chep \x01"]
        said = said_by("copy_files", "folder", "bucket")
        assert re.search(r"\n.*0.* 2 ", said)
        settings.MEDIA_ROOT = tmp_path / "back"
        said_by("copy_files", "bucket", "folder")
        assert len(list(settings.MEDIA_ROOT.glob("??/*"))) == 2

    def test_an_archive_holds_the_files_of_the_bucket_and_puts_them_where_settings_say(
        self, bucket, settings, tmp_path
    ):
        digest, lost = kept_files().put([PDF + b"luu"]), "0" * 64
        told = {"made_at": "2022-03-30T10:30:00+00:00", "portal": mark_of_portal()}
        with incoming(tmp_path, "one") as file:
            archive = ArchiveWriter(file.out, told, None)
            assert _add_files(archive, [digest, lost]) == [lost]
            archive.finish({**told, "damaged": [lost]})
        manifest = read_whole(file.path, None)
        settings.FILES_BUCKET = {}
        for name, content in members(file.path, None):
            _put_back(name, content, {}, Restored(manifest, Trust(is_own=True, is_taken=False)))
        assert kept_files().size_of(digest) == len(PDF) + 3
        assert len(list(settings.MEDIA_ROOT.glob("??/*"))) == 1
