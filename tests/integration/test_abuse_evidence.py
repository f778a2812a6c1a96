"""Evidence at its door: hostile files, the virus scanner, bodies without end, exchange, back-dating."""

import io
import re
import time
from datetime import date

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.enums import Standing
from coordination.tasks.models import Evidence, ProgressReport, Task
from records import clock
from records.audit.models import AuditEntry
from records.files.enums import ScanState
from records.models import StoredFile
from tests.factories.files import make_docx, make_pdf, make_xlsx, relation, with_part
from tests.factories.programs import make_program
from tests.factories.tasks import PDF, make_task, make_upload, official_of
from tests.factories.wording import said
from tests.integration.clamd_stand_in import VIRUS, standing_in
from tests.integration.hostile import says_vietnamese

pytestmark = pytest.mark.django_db
INFECTED = PDF + b"% " + VIRUS + b"\n%%EOF\n"
TODAY = date(2022, 3, 30)
NOBODY_LISTENS = "clamd://127.0.0.1:9"


@pytest.fixture
def scanner(settings):
    with standing_in() as scanner:
        settings.FILE_SCANNER = scanner.address
        yield scanner


@pytest.fixture
def client(sign_in):
    return sign_in(official_of(make_program("signed").parties.first().agency))


@pytest.fixture
def url(client):
    return f"/nhiem-vu/{make_task(Program.objects.get()).slug}/tien-do/"


def send(client, url: str, content: bytes):
    return client.post(url, {"value": "9", "state": "in_progress", "files": [SimpleUploadedFile("tep.pdf", content)]})


def fetched(client, evidence: Evidence) -> tuple[int, bytes]:
    """The answer to whoever asks for a file, read to its end."""
    answer = client.get(f"/minh-chung/{evidence.pk}/")
    return answer.status_code, answer.getvalue()


@pytest.fixture
def program() -> Program:
    return make_program("signed")


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


def scanned_again() -> list[str]:
    """How many files were found clean, and how many with a virus."""
    out = io.StringIO()
    call_command("scan_files", stdout=out)
    return re.findall(r"\d+", out.getvalue().splitlines()[-1])


def test_without_a_scanner_files_are_handed_out_and_said_to_be_unscanned(client, url):
    assert settings.FILE_SCANNER == ""
    assert send(client, url, PDF).status_code == 302
    assert StoredFile.objects.get().scan == ScanState.UNNEEDED
    assert fetched(client, Evidence.objects.get()) == (200, PDF)


def test_a_clean_file_is_seen_whole_and_handed_out(scanner, client, url):
    large = PDF + b"%" + b"0" * 200_000 + b"\n%%EOF\n"
    assert send(client, url, large).status_code == 302
    assert scanner.seen == [large]
    assert StoredFile.objects.get().scan == ScanState.CLEAN
    assert fetched(client, Evidence.objects.get()) == (200, large)


def test_abuse_47_what_the_scanner_finds_is_refused_and_nothing_is_kept(scanner, client, url):
    response = send(client, url, INFECTED)
    assert response.status_code == 422
    wanted = said("A virus was found in the file; it was not kept. Tell whoever looks after your computer.")
    assert response.context["form"].errors["files"] == [f"tep.pdf: {wanted}"]
    assert not (StoredFile.objects.exists() or ProgressReport.objects.exists())


@pytest.mark.parametrize("answer", [None, b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK and more\0"])
def test_abuse_47_a_file_the_scanner_could_not_see_is_kept_and_handed_to_nobody(scanner, settings, client, url, answer):
    """Only the one answer that says so is clean; a scanner that is down is no reason to lose a report."""
    scanner.answer = answer
    settings.FILE_SCANNER = scanner.address if answer is not None else NOBODY_LISTENS
    assert send(client, url, PDF).status_code == 302
    assert StoredFile.objects.get().scan == ScanState.WAITING
    before = AuditEntry.objects.filter(action="downloaded").count()
    refused = client.get(f"/minh-chung/{Evidence.objects.get().pk}/")
    assert refused.status_code == 403
    assert said("The file has not been scanned for viruses yet. Try again in a while.") in refused.content.decode()
    assert AuditEntry.objects.filter(action="downloaded").count() == before
    page = client.get(url.replace("tien-do/", "")).content.decode()
    assert "/minh-chung/" not in page
    assert str(ScanState.WAITING.label) in page


def test_files_that_waited_are_scanned_later(scanner, settings, client, url):
    settings.FILE_SCANNER = NOBODY_LISTENS
    send(client, url, PDF)
    send(client, url, INFECTED)
    with pytest.raises(CommandError):
        scanned_again()
    settings.FILE_SCANNER = scanner.address
    assert scanned_again() == ["1", "1"]
    assert list(StoredFile.objects.order_by("pk").values_list("scan", flat=True)) == ["clean", "infected"]
    answers = [fetched(client, one)[0] for one in Evidence.objects.order_by("pk")]
    assert answers == [200, 403]
    entry = AuditEntry.objects.filter(object_kind="records.storedfile").latest("sequence")
    assert (entry.action, entry.before["scan"], entry.after["scan"]) == ("changed", "waiting", "infected")
    assert scanned_again() == ["0", "0"]


def test_an_address_that_is_none_counts_as_no_answer(settings, client, url):
    settings.FILE_SCANNER = "http://127.0.0.1/"
    send(client, url, PDF)
    assert StoredFile.objects.get().scan == ScanState.WAITING


class Endless(io.RawIOBase):
    """A body nobody reads to its end: it counts what was taken of it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.taken += max(size, 0)
        return b"0" * max(size, 0)


@pytest.mark.parametrize("length", [10 * 1024**3, 300 * 1024**2])
def test_abuse_48_a_body_larger_than_any_form_is_refused_unread(client, url, length):
    body = Endless()
    refused = client.generic(
        "POST",
        url,
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(length), "wsgi.input": body},
    )
    assert refused.status_code == 413
    assert said("Too much was sent at once") in refused.content.decode()
    assert body.taken == 0
    assert AuditEntry.objects.filter(action="refused").latest("sequence").after["status"] == 413


def test_abuse_48_a_stranger_sends_less():
    body = Endless()
    refused = Client().generic(
        "POST",
        "/dang-nhap/",
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(8 * 1024**2), "wsgi.input": body},
    )
    assert (refused.status_code, body.taken) == (413, 0)


def test_abuse_48_ten_thousand_files_are_refused(client, url):
    files = [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(10_000)]
    refused = client.post(url, {"value": "9", "state": "in_progress", "files": files})
    assert refused.status_code == 400
    assert not ProgressReport.objects.exists()


NET_TEMPLATE = ("word/_rels/settings.xml.rels", relation("attachedTemplate", "http://x.invalid/"))
ENTITIES = b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"
OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
BOMB = b"\x00" * 210 * 1024 * 1024
HOSTILE = {
    "42 a page called paper": ("bao-cao.pdf", lambda: b"<html><script>alert(1)</script></html>"),
    "42 a drawing called picture": ("anh.png", lambda: b"<svg onload='alert(1)'/>"),
    "42 a paper and a page in one": ("bao-cao.pdf", lambda: PDF[:9] + b"<script>alert(1)</script>" + PDF),
    "42 a paper and an archive in one": ("bao-cao.pdf", lambda: make_pdf() + make_docx()),
    "42 two endings": ("bao-cao.pdf.html", make_pdf),
    "42 a path for an ending": ("bao-cao.pdf/..%2f..%2fetc", make_pdf),
    "43 a bomb": ("bang.xlsx", lambda: with_part(make_xlsx(), "xl/media/1.jpg", BOMB)),
    "44 entities": ("thu.docx", lambda: with_part(make_docx(), "word/a.xml", ENTITIES)),
    "45 macros": ("bang.xlsx", lambda: with_part(make_xlsx(), "xl/vbaProject.bin", OLD_CONTAINER)),
    "45 a template from the net": ("thu.docx", lambda: with_part(make_docx(), *NET_TEMPLATE)),
    "45 an object": ("thu.docx", lambda: with_part(make_docx(), "word/embeddings/oleObject1.bin", OLD_CONTAINER)),
    "46 a script": ("bao-cao.pdf", lambda: make_pdf(_script)),
    "46 a password": ("bao-cao.pdf", lambda: make_pdf(encryption=pikepdf.Encryption(owner="chu"))),
}


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary({"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"})


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_abuse_42_to_46_a_hostile_file_is_refused_at_the_form_and_nothing_is_kept(client, url, what):
    """Each is answered in Vietnamese beside the field, in seconds; what was typed stays."""
    name, made = HOSTILE[what]
    upload = SimpleUploadedFile("x", made())
    upload._name = name
    begun = time.monotonic()
    response = client.post(url, {"value": "9", "state": "in_progress", "result": "Đã làm", "files": [upload]})
    assert time.monotonic() - begun < 3
    assert response.status_code == 422
    assert says_vietnamese(response.context["form"].errors["files"][0])
    assert "Đã làm" in response.content.decode()
    assert not (StoredFile.objects.exists() or ProgressReport.objects.exists())


def test_abuse_42_what_is_kept_is_handed_out_as_a_download_under_a_plain_name(client, url):
    upload = SimpleUploadedFile("x", make_pdf())
    upload._name = "n" * 300 + "\u202e X-Evil: 1.pdf"
    assert client.post(url, {"value": "9", "state": "in_progress", "files": [upload]}).status_code == 302
    answer = client.get(f"/minh-chung/{Evidence.objects.get().pk}/")
    answer.getvalue()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "X-Evil" not in answer
    assert len(StoredFile.objects.get().name) <= 130


def test_abuse_50_evidence_is_never_exchanged(program):
    """Rows of evidence are added and read, by the database itself."""
    make_task(program, "completed")
    evidence = Evidence.objects.get()
    other = tasks.report_progress(
        make_task(program, title="Khác"), actor=official_of(program.parties.first().agency), value=1,
        percent=None, files=[make_upload("khac.pdf", PDF + b"\n")],
    ).evidence.get()  # fmt: skip
    for change in (
        lambda: Evidence.objects.filter(pk=evidence.pk).update(file=other.file),
        lambda: Evidence.objects.filter(pk=evidence.pk).delete(),
        lambda: type(evidence.file).objects.filter(pk=evidence.file_id).update(sha256=other.file.sha256),
        lambda: type(evidence.file).objects.filter(pk=evidence.file_id).update(name="khac.pdf"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    claimed = AuditEntry.objects.filter(action="reported", object_id=evidence.report.task_id).latest("sequence")
    assert claimed.after["files"] == [evidence.file.sha256]


def test_abuse_59_a_late_entry_is_dated_as_such_and_never_back_dated(program, official, sign_in):
    """The entry and the completion keep the day they were entered; the page shows the report as late."""
    task = make_task(program, due_on=date(2022, 3, 15))
    client, url = sign_in(official), f"/nhiem-vu/{task.slug}/tien-do/"
    sent = {
        "value": "45",
        "state": "complete",
        "reported_on": "14/3/2022",
        "entered_at": "2022-03-14T08:00",
        "completed_on": "14/3/2022",
        "files": [SimpleUploadedFile("bien-ban.pdf", PDF)],
    }
    assert client.post(url, sent).status_code == 302
    report, task = ProgressReport.objects.get(), Task.objects.get()
    assert (report.reported_on, report.entered_at, report.days_late) == (date(2022, 3, 14), clock.now(), 16)
    assert task.completed_on == TODAY
    page = client.get(f"/nhiem-vu/{task.slug}/").content.decode()
    assert f"{said('Figures of')}: 14/3/2022" in page
    tasks.confirm_completion(task, actor=official_of(task.confirming_agency))
    assert Task.objects.get().standing_on(TODAY) == Standing.COMPLETED_LATE
    assert AuditEntry.objects.filter(action="reported").latest("sequence").after["reported_on"] == "2022-03-14"
