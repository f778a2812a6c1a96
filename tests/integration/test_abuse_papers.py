"""Papers under attack, by the numbers of the threat model: 33, 34, 42 and 46."""

import dataclasses
import io
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from records.audit.models import AuditEntry
from records.errors import RuleBroken
from records.files.enums import FileKind
from records.files.services import name_of_paper
from records.models import StoredFile
from reports.documents import ceilings
from reports.documents.blocks import Column, Paragraph, Row, Table
from reports.documents.comment_table import TablePaper
from reports.documents.papers import Annex, LetterPaper, PaperSection, PaperState
from reports.documents.render import paper_html, table_html
from reports.docx.engine import paper_docx
from reports.issuing.rendering import Rendered
from reports.pdf.engine import MAX_HTML_BYTES, Limits, render_pdf
from reports.pdf.errors import RenderFailed
from tests.checkers.listening import listening
from tests.checkers.papers import program_paper, report_paper
from tests.checkers.pdf import taken_apart
from tests.checkers.word import opened
from tests.factories.files import make_docx, make_pdf
from tests.factories.programs import make_program, secretary_of
from tests.integration.hostile import says_vietnamese

SECRET = "BEGIN-OF-A-FILE-NOBODY-MAY-READ"
TARGETS = (
    "file://{secret}",
    "file:///etc/passwd",
    "http://127.0.0.1:{port}/a",
    "http://localhost:{port}/redirect?to=file:///etc/passwd",
    "http://[::1]:{port}/b",
    "http://169.254.169.254/latest/meta-data/",
    "//127.0.0.1:{port}/c",
    "ftp://127.0.0.1:{port}/d",
    "data:text/html;base64,PHNjcmlwdD4=",
    "asset:../../manage.py",
)
MARKUP = (
    '<img src="{0}">',
    '<a rel="attachment" href="{0}">tệp</a>',
    '<link rel="attachment" href="{0}">',
    '<link rel="stylesheet" href="{0}">',
    "<style>@import url({0});</style>",
    "<style>@font-face{{font-family:x;src:url({0})}}p{{font-family:x}}</style>",
    '<svg><image href="{0}"/></svg>',
    '<svg><use href="{0}#x"/></svg>',
    '<object data="{0}"></object>',
    '<embed src="{0}">',
    '<iframe src="{0}"></iframe>',
    '<p style="background:url({0})">x</p>',
    '<base href="{0}"><img src="e">',
    '<meta http-equiv="refresh" content="0;url={0}">',
    '<form action="{0}"><input name="a" value="b"></form>',
    "<script>fetch('{0}')</script>",
    '<video src="{0}" poster="{0}"></video>',
    '<ul style="list-style-image:url({0})"><li>x</li></ul>',
    '<p style="content:url({0})">x</p>',
    "{{% include '{0}' %}}{{{{ paper.letterhead }}}}",
)
ACTING = ("/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/XFA", "/URI", "/SubmitForm", "/EmbeddedFiles")


FORMS = ("program", "annex", "letter", "table")


def fragments(port: int, secret: Path) -> list[str]:
    """Two hundred pieces of markup that a careless engine would follow, each to a place of its own."""
    targets = [target.format(port=port, secret=secret) for target in TARGETS]
    return [markup.format(target) for markup in MARKUP for target in targets]


def letter(opening: tuple[Paragraph, ...]) -> LetterPaper:
    plain = report_paper()
    return LetterPaper(
        state=PaperState.ISSUED,
        letterhead=plain.letterhead,
        subject="Đôn đốc thực hiện nhiệm vụ",
        addressees=tuple(one.text for one in opening[:5]),
        opening=opening,
        closing="Trân trọng đề nghị",
        signatures=plain.signatures,
        recipients=plain.recipients,
    )


def table_of(texts: list[str]) -> Table:
    columns = (Column("TT", 10, "center"), Column("Ý kiến", 90))
    return Table(columns=columns, rows=tuple(Row(("1", text)) for text in texts))


def papers_saying(texts: list[str]) -> dict[str, object]:
    """Each form of paper with every text in it."""
    said = tuple(Paragraph(text) for text in texts)
    annex = Annex(title="DANH MỤC", blocks=(table_of(texts),), is_landscape=True)
    return {
        "program": program_paper(2, opening=said, sections=(), annexes=()),
        "annex": program_paper(2, opening=(), sections=(), annexes=(annex,)),
        "letter": letter(said),
        "table": TablePaper(title="BẢNG", subtitle="Ý kiến", lines=(texts[0],), blocks=(table_of(texts),)),
    }


def html_of(paper) -> str:
    return table_html(paper) if isinstance(paper, TablePaper) else paper_html(paper)


def carries(pdf: bytes) -> list[str]:
    """What a PDF holds that acts, links or is a file of its own."""
    with pikepdf.open(io.BytesIO(pdf)) as read:
        found = list(read.attachments)
        found += ["a link"] * any("/Annots" in page.obj for page in read.pages)
        keys = {key for thing in read.objects if isinstance(thing, pikepdf.Dictionary) for key in thing}
        return found + sorted(keys.intersection(ACTING)) + ["a password"] * read.is_encrypted


@pytest.mark.parametrize("form", FORMS)
def test_abuse_33_two_hundred_fragments_are_printed_as_they_were_typed(form, tmp_path):
    """Rule: 0 of 200 reach the network or the disk; each form of paper prints its quarter of them letter by letter."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    with listening() as (port, visitors):
        every = fragments(port, secret)
        typed = every[FORMS.index(form) :: len(FORMS)]
        pdf = render_pdf(html_of(papers_saying(typed)[form]))
    assert len(set(every)) == 200 and visitors == []
    assert carries(pdf) == []
    printed = "".join(taken_apart(pdf).text.split())
    assert SECRET not in printed and "root:x:0" not in printed
    if form in ("program", "letter"):
        assert [one for one in typed if "".join(one.split())[:20] not in printed] == []


def test_abuse_33_what_was_not_escaped_reaches_nothing_either(tmp_path):
    """Second fence: the engine itself opens nothing but the bundled files, whatever the document asks for."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    with listening() as (port, visitors):
        raw = fragments(port, secret)
        for start in range(0, len(raw), 20):
            body = "".join(raw[start : start + 20])
            try:
                pdf = render_pdf(f'<!doctype html><html lang="vi"><title>Thử</title><body>{body}</body></html>')
            except RenderFailed:
                continue
            printed = taken_apart(pdf).text
            assert SECRET not in printed and "root:x:0" not in printed
            with pikepdf.open(io.BytesIO(pdf)) as read:
                assert [bytes(held.get_file().read_bytes()) for held in read.attachments.values()] == []
    assert visitors == []


@pytest.mark.parametrize("form", FORMS)
def test_abuse_33_in_a_word_file_the_fragments_are_text_and_ask_for_nothing(form, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    with listening() as (port, visitors):
        typed = fragments(port, secret)
        word = opened(paper_docx(papers_saying(typed)[form]))
    said = [text for _style, text in word.said]
    assert [one for one in typed if not any(" ".join(one.split()) in text for text in said)] == []
    assert word.targets_outside == [] and word.fields == ["PAGE"]
    assert visitors == [] and SECRET.encode() not in b"".join(word.parts.values())


def refused(make) -> str:
    """The reason given, in the language of the office."""
    with translation.override("vi"), pytest.raises((RenderFailed, RuleBroken)) as refusal:
        make()
    return str(refusal.value)


def test_abuse_34_a_megabyte_of_text_is_stopped_at_the_limit_with_the_reason():
    text = "Các bên phối hợp tuyên truyền, vận động Nhân dân. " * 21_000
    paper = program_paper(2, opening=(Paragraph(text),), annexes=())
    assert len(text.encode()) > 1024 * 1024
    assert says_vietnamese(refused(lambda: render_pdf(paper_html(paper), limits=Limits(cpu_seconds=2))))
    assert render_pdf(paper_html(program_paper(2, sections=(), annexes=()))).startswith(b"%PDF-")
    assert opened(paper_docx(paper)).words["Nhân"] >= 21_000


def test_abuse_34_five_thousand_tasks_are_printed_to_the_ceiling_and_refused_as_a_word_file():
    """Rule: R-PDF-1. What the engine is given stays within what it can do; the whole list lies in the workbook."""
    cells = ("1", "Vận động các hộ bàn giao mặt bằng " * 8, "Hội Nông dân huyện", "Các tổ chức " * 8, "Quý I/2022")
    columns = tuple(Column(name, 20) for name in ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"))
    many = Table(columns=columns, rows=(Row(cells),) * 5_000)
    paper = program_paper(2, annexes=(Annex(title="DANH MỤC", blocks=(many,), is_landscape=True),))
    html = paper_html(paper)
    assert html.count("<tr") == ceilings.MOST_ROWS + 1 and ceilings.TABLES_NAME in html
    assert len(html.encode()) < MAX_HTML_BYTES
    assert says_vietnamese(refused(lambda: paper_docx(paper)))


def test_abuse_34_parts_within_parts_without_end_harm_nobody():
    deep = f"<html lang='vi'><body>{'<div>' * 20_000}x{'</div>' * 20_000}</body></html>"
    assert says_vietnamese(refused(lambda: render_pdf(deep, limits=Limits(cpu_seconds=4))))
    part = PaperSection(number="a", heading="Phần", level=3, blocks=(Paragraph("x"),))
    for _level in range(12):
        part = PaperSection(number="1", heading="Phần", level=2, children=(part,))
    nested = program_paper(2, sections=(part,), annexes=())
    assert render_pdf(paper_html(nested)).startswith(b"%PDF-")
    assert opened(paper_docx(nested)).in_style("Heading 2")


PATHS_AND_SIGNS = set('<>:"|?*;%\\/\r\n\u202e')
CLEVER = (
    "../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "C:\\Windows\\system32\\x",
    'a"; filename="b.exe',
    "a.pdf.html",
    "<script>alert(1)</script>",
    "tên\u202egnp",
    "n" * 300,
    "CON.. ",
)


@pytest.mark.parametrize("title", CLEVER)
def test_abuse_42_a_paper_leaves_under_a_plain_name_of_its_true_kind(title):
    paper = program_paper(2, kind_name=title, subject=title)
    for name, ending in (
        (Rendered(paper, b"").file_name, ".pdf"),
        (name_of_paper(paper.title, FileKind.DOCX), ".docx"),
    ):
        assert name.endswith(ending) and len(name) <= 130
        assert not set(name) & PATHS_AND_SIGNS


@pytest.mark.django_db
def test_abuse_42_what_is_handed_out_is_a_download_with_one_clean_header(sign_in):
    program = make_program("signed", parties=2, title='Phối hợp "a"; filename="b.exe ..%2f..%2fetc ' + "n" * 200)
    client = sign_in(secretary_of(program.drafting_agency))
    answer = client.get(reverse("reports:paper-word", args=["chuong-trinh", program.slug]))
    assert answer.status_code == 200 and answer.content.startswith(b"PK")
    kind, name = answer["Content-Disposition"].split("; filename*=utf-8''")
    assert kind == "attachment" and not set(unquote(name)) & PATHS_AND_SIGNS and name.endswith(".docx")
    assert answer["X-Content-Type-Options"] == "nosniff"


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary({"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"})


COMPARED = {
    "42 a page called paper": ("bao-cao.pdf", lambda: b"<html><script>alert(1)</script></html>"),
    "42 a paper and an archive in one": ("bao-cao.pdf", lambda: make_pdf() + make_docx()),
    "42 a path for a name": ("..%2f..%2fetc/passwd", make_pdf),
    "42 a name without end": ("n" * 300 + ".pdf.exe", make_pdf),
    "46 a script": ("bao-cao.pdf", lambda: make_pdf(_script)),
    "46 a password": ("bao-cao.pdf", lambda: make_pdf(encryption=pikepdf.Encryption(owner="chu"))),
    "an empty file": ("bao-cao.pdf", lambda: b""),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", sorted(COMPARED))
def test_abuse_42_and_46_a_file_dropped_to_be_compared_is_read_as_bytes_and_not_kept(what):
    """Whatever it is, it is no paper the portal issued; nobody opens it, and nothing of it stays."""
    name, made = COMPARED[what]
    upload = SimpleUploadedFile("x", made())
    upload._name = name
    on_disk = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    answer = Client().post(reverse("reports:verify-file"), {"file": upload})
    assert answer.status_code in (200, 404, 422) and says_vietnamese(answer.content.decode())
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == on_disk
    assert not StoredFile.objects.exists() and not AuditEntry.objects.exists()


def test_abuse_46_no_paper_of_the_portal_does_more_than_being_read():
    draft = dataclasses.replace(program_paper(2), state=PaperState.DRAFT, draft_label="0.2")
    for paper in (draft, report_paper()):
        assert carries(render_pdf(paper_html(paper))) == []
