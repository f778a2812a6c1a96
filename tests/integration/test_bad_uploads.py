"""Files that are not what they say, too large, too many or cleverly named: refused beside the field, nothing kept."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from records import clock
from records.models import StoredFile
from tests.conftest import MOMENT
from tests.factories.story import told_story
from tests.factories.tasks import PDF
from tests.integration.hostile import Page, rows_kept, says_vietnamese
from tests.integration.hostile_doors import DOORS
from tests.integration.hostile_stage import set_the_stage

pytestmark = pytest.mark.on_postgresql


def packed(*names: str, size: int = 10, declared: int | None = None) -> bytes:
    """A zip of some parts; `declared` writes another unpacked size into its directory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in names:
            whole.writestr(name, b"0" * size)
    content = out.getvalue()
    if declared is not None:
        for info in zipfile.ZipFile(io.BytesIO(content)).infolist():
            content = content.replace(info.file_size.to_bytes(4, "little"), declared.to_bytes(4, "little"))
    return content


WORD, EXCEL = ("[Content_Types].xml", "word/document.xml"), ("[Content_Types].xml", "xl/workbook.xml")
REFUSED = {
    "a program": ("bao-cao.exe", PDF),
    "no ending": ("bao-cao", PDF),
    "a page": ("trang.html", b"<html>"),
    "a drawing": ("hinh.svg", b"<svg/>"),
    "a program called paper": ("bao-cao.pdf", b"MZ\x90\x00"),
    "two endings": ("bao-cao.pdf.exe", PDF),
    "a page called paper": ("bao-cao.pdf", b"<html><script>alert(1)</script>%PDF-"),
    "a page called picture": ("anh.png", b"<html>"),
    "an empty file": ("trong.pdf", b""),
    "too large": ("lon.pdf", PDF + b"0" * 70_000),
    "macros": ("macro.docx", packed(*WORD, "word/vbaProject.bin")),
    "macros in capitals": ("macro.xlsx", packed(*EXCEL, "xl/VBAPROJECT.BIN")),
    "no real archive": ("hong.docx", b"PK\x03\x04" + b"\xff" * 60),
    "cut off": ("cut.xlsx", packed(*EXCEL)[:-30]),
    "a bomb": ("bom.xlsx", packed(*EXCEL, size=777_777, declared=4_000_000_000)),
    "another kind of office file": ("sai.xlsx", packed(*WORD)),
    "NUL in the name": ("a\x00b.exe", PDF),
}
TAKEN = {
    "a long name": ("n" * 300 + ".pdf", PDF),
    "a path": ("../../etc/passwd.pdf", PDF),
    "a path of another system": ("C:\\Windows\\x.pdf", PDF),
    "control characters": ("a\x07X-Evil: 1\u202egnp.pdf", PDF),
    "a word file": ("thu.docx", packed(*WORD)),
}


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as story, clock.standing_at(MOMENT):
        yield set_the_stage(story, MOMENT.date())


@pytest.fixture(autouse=True)
def _database(db, settings):
    """Each test of the module writes into a savepoint of its own; 64 KB are large enough here."""
    settings.EVIDENCE_MAX_BYTES = 64 * 1024


@pytest.fixture
def progress(stage, sign_in):
    """Send a progress report with files."""
    door = DOORS["progress"]
    client = sign_in(stage.story.cast.members[door.account])
    form = Page(client.get(door.page(stage)).content.decode()).form_with(*door.has)

    def send(*files: tuple[str, bytes]):
        uploads = [SimpleUploadedFile("x", content) for _name, content in files]
        for upload, (name, _content) in zip(uploads, files, strict=True):
            upload._name = name
        typed = form.sent() | {"result": "Đã vận động được mười hộ", "files": uploads}
        return client.post(door.page(stage), typed)

    return send


@pytest.fixture
def scan(stage, sign_in):
    """Record a signature with a scan."""
    client = sign_in(stage.story.cast.secretary)
    slot = stage.slot
    url = f"/chuong-trinh/{stage.signing.slug}/ky-ket/{slot.pk}/da-ky/"

    def send(name: str, content: bytes):
        upload = SimpleUploadedFile("x", content)
        upload._name = name
        return client.post(url, {f"sign-{slot.pk}-signed_on": "30/3/2022", f"sign-{slot.pk}-scan": upload})

    return send


def files_on_disk() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_a_bad_file_is_refused_beside_the_field_and_nothing_is_kept(what, progress):
    before, kept = rows_kept(), files_on_disk()
    answer = progress(("tot.pdf", PDF), REFUSED[what])
    page = Page(answer.content.decode())
    assert answer.status_code == 422
    assert says_vietnamese(page.message_of("files"))
    assert "Đã vận động được mười hộ" in page.form_with("result").controls["result"].values[0]
    assert (rows_kept(), files_on_disk()) == (before, kept)


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_a_bad_scan_is_refused_beside_the_field_and_the_party_has_not_signed(what, scan):
    before, kept = rows_kept(), files_on_disk()
    answer = scan(*REFUSED[what])
    assert answer.status_code == 422
    assert says_vietnamese(Page(answer.content.decode()).message_of("scan"))
    assert (rows_kept(), files_on_disk()) == (before, kept)


def test_a_scan_is_a_paper_or_a_picture(scan):
    """Rule: the page asks for PDF, JPG or PNG; a Word file shows nobody's signature."""
    answer = scan("da-ky.docx", packed(*WORD))
    assert answer.status_code == 422
    assert says_vietnamese(Page(answer.content.decode()).message_of("scan"))


@pytest.mark.parametrize("what", sorted(TAKEN))
def test_a_good_file_under_a_clever_name_is_kept_under_a_plain_one(what, progress, stage, sign_in):
    assert progress(TAKEN[what]).status_code == 302
    file = StoredFile.objects.latest("pk")
    assert len(file.name) <= 130
    assert file.name.isprintable()
    assert not set(file.name) & set('/\\"<>;:|')
    evidence = file.evidence.get()
    answer = sign_in(stage.story.cast.secretary).get(f"/minh-chung/{evidence.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "X-Evil" not in answer
    assert answer.getvalue() == TAKEN[what][1]


def test_more_files_than_a_report_takes_are_refused(progress):
    before = rows_kept()
    assert progress(*[(f"{number}.pdf", PDF) for number in range(11)]).status_code == 422
    assert rows_kept() == before
