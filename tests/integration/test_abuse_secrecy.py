"""Abuse case 64: what is marked MẬT, TỐI MẬT or TUYỆT MẬT is refused with guidance, and nothing of it is kept."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.models import Evidence, ProgressReport, UnsavedTask
from records.models import StoredFile
from reports.pdf.engine import render_pdf
from tests.factories.files import make_docx
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import PDF, make_task, official_of

pytestmark = pytest.mark.django_db
PAGE = "<html lang='vi'><title>Kế hoạch</title><p>ỦY BAN NHÂN DÂN HUYỆN</p><p>TUYỆT MẬT</p><p>Nội dung</p></html>"
FILES = {
    "named so": ("Ke hoach TUYET MAT.pdf", lambda: PDF),
    "stamped in Word": ("ke-hoach.docx", lambda: make_docx("TUYỆT MẬT")),
    "stamped in PDF": ("ke-hoach.pdf", lambda: render_pdf(PAGE)),
}


def kept_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("which", FILES)
def test_64_a_marked_file_is_refused_and_not_kept(which, sign_in):
    program = make_program("signed")
    client = sign_in(official_of(program.parties.first().agency))
    name, content = FILES[which]
    before = kept_files(), StoredFile.objects.count()
    answer = client.post(
        f"/nhiem-vu/{make_task(program).slug}/tien-do/",
        {"value": "9", "state": "in_progress", "files": [SimpleUploadedFile(name, content())]},
    )
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "dấu chỉ độ mật “TUYỆT MẬT”" in told and "văn thư" in told
    assert (kept_files(), StoredFile.objects.count()) == before
    assert not Evidence.objects.exists() and not ProgressReport.objects.exists()


def test_64_a_marked_table_is_refused_when_it_is_pasted(sign_in):
    program = make_program("agreed")
    client = sign_in(secretary_of(program.drafting_agency))
    before = StoredFile.objects.count()
    rows = "Nội dung nhiệm vụ\tHạn\nTỐI MẬT\t\nKhảo sát địa bàn\t30/6/2022"
    answer = client.post(reverse("coordination:program-intake", args=[program.slug]), {"pasted": rows})
    assert answer.status_code == 422 and "TỐI MẬT" in answer.content.decode()
    assert StoredFile.objects.count() == before


@pytest.mark.parametrize("field", ["title", "short_title"])
def test_64_a_program_marked_secret_is_not_created(field, sign_in):
    program = make_program("draft")
    client = sign_in(secretary_of(program.drafting_agency))
    page = client.get("/chuong-trinh/tao/")
    assert page.status_code == 200
    answer = client.post("/chuong-trinh/tao/", {field: "Phối hợp bảo đảm an ninh (Tối mật)"})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Nội dung mang dấu chỉ độ mật “TỐI MẬT”" in told
    assert Program.objects.count() == 1


def test_64_what_is_typed_and_marked_does_not_stay_as_unsaved_text():
    program = make_program("agreed")
    official = secretary_of(program.drafting_agency)
    keep = {"actor": official, "mark": "mot-lan-mo"}
    assert tasks.keep_unsaved_task(program, typed={"title": ["Khảo sát"]}, **keep)
    assert tasks.keep_unsaved_task(program, typed={"title": ["Khảo sát"], "deliverable": ["TỐI MẬT"]}, **keep) is None
    assert not UnsavedTask.objects.exists()
