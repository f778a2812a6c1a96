"""Hostile files at the doors of the import, by the numbers of the threat model: 35, 42 to 45, 48, 49."""

import resource
import time
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coordination.intake.models import TaskTable
from coordination.models import Task
from coordination.programs.models import Program
from coordination.workbooks import services as workbooks
from tests.factories.intake import HEAD, make_document, make_workbook, row
from tests.factories.programs import make_area, make_program, secretary_of
from tests.factories.tasks import make_task
from tests.factories.workbooks import rows_of

pytestmark = pytest.mark.django_db
GOOD = make_workbook([HEAD, row()])
_DTD = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>'
_FILE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><l>&a;</l>'
LONGEST_SECONDS, LARGEST_GROWTH_KB = 3, 200 * 1024


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    found = make_program()
    make_area(found.unit)
    return found.pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def doors(program, sign_in):
    """The two pages a file comes in by, as someone who may use both."""
    client = sign_in(secretary_of(program.drafting_agency))
    addresses = (
        reverse("coordination:program-intake", args=[program.slug]),
        reverse("coordination:workbook-home"),
    )

    def send(name: str, content: bytes) -> list:
        return [client.post(address, {"file": SimpleUploadedFile(name, content)}) for address in addresses]

    return send


def with_part(name: str, content: bytes, whole: bytes = GOOD) -> bytes:
    """A good file with one more part, or one part replaced."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        target.writestr(name, content)
    return written.getvalue()


FILES = {
    "43 a bomb": ("bom.xlsx", with_part("xl/media/image1.png", bytes(300 * 1024 * 1024))),
    "43 a bomb of shared strings": ("bom.xlsx", with_part("xl/sharedStrings.xml", b"<sst>" + b" " * 80 * 1024 * 1024)),
    "44 laughs in a sheet": ("xml.xlsx", with_part("xl/worksheets/sheet1.xml", _DTD)),
    "44 a file of the server in a sheet": ("xml.xlsx", with_part("xl/workbook.xml", _FILE)),
    "44 laughs in UTF-16": ("xml.xlsx", with_part("xl/workbook.xml", _DTD.decode().encode("utf-16"))),
    "44 a file of the server in a document": (
        "xml.docx",
        with_part("word/document.xml", _FILE, make_document([list(HEAD)])),
    ),
    "45 a macro": ("macro.xlsx", with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")),
    "45 a macro file by its name": ("macro.xlsm", GOOD),
    "45 a link to another file": ("lk.xlsx", with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>")),
    "45 an object of another kind": ("ole.xlsx", with_part("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")),
    "42 a web page under the name of a workbook": ("bang.xlsx", b"<html><table><tr><td>TT</td></tr></table></html>"),
    "42 a workbook behind a web page": ("bang.xlsx", b"<html>" + GOOD[:200]),
    "42 two endings": ("bang.xlsx.html", GOOD),
    "a photo of 30 MB": ("anh.jpg", b"\xff\xd8\xff" + bytes(30 * 1024 * 1024)),
}


@pytest.mark.parametrize("which", FILES)
def test_a_hostile_file_is_refused_quickly_with_a_word_and_nothing_is_kept(which, doors):
    name, content = FILES[which]
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    for answer in doors(name, content):
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"]), which
    assert time.process_time() - started < 2 * LONGEST_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < LARGEST_GROWTH_KB
    assert not TaskTable.objects.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd.xlsx", "..%2f..%2fa.xlsx", f"{'dài' * 100}.xlsx", "a\r\nb.xlsx"])
def test_42_a_hostile_name_is_shown_without_its_harm_or_refused(name, doors):
    for answer in doors(name, GOOD):
        assert answer.status_code in (302, 422)
    for table in TaskTable.objects.select_related("file"):
        assert not set(table.file.name) & set("/\\\r\n") and len(table.file.name) <= 150


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "=cmd|' /C calc'!A0"])
def test_35_no_text_of_a_workbook_is_a_formula(begins, program):
    """It goes out as text, comes back letter by letter, and a spreadsheet never counts with it."""
    title = f"{begins}1+1 tuyên truyền"
    make_task(program, title=title, note=title)
    content = workbooks.take_program_workbook(program, actor=secretary_of(program.drafting_agency)).content
    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert "<f>" not in packed.read("xl/worksheets/sheet1.xml").decode()
    assert rows_of(content)[1][3] == title


def test_49_the_same_file_twice_adds_nothing_the_second_time(program, doors, sign_in):
    client = sign_in(secretary_of(program.drafting_agency))
    counts = []
    for _time in range(2):
        check = doors("bang.xlsx", GOOD)[0].url
        form = client.get(check).context["form"]
        if form is not None:
            client.post(check, form.initial)
        counts.append(Task.objects.count())
    assert counts == [1, 1]
    assert form is None
