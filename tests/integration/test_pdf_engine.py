"""The engine: same bytes, closed to everything outside, limited, and telling why it refuses."""

import dataclasses
import io
import logging
import re
import socket
import threading

import pikepdf
import pytest

from reports.documents.blocks import Paragraph, Row, Table
from reports.documents.papers import Annex, Letterhead, PaperSection, ProgramPaper, Recipients, SignatureBlock
from reports.documents.render import paper_html, plain_html
from reports.pdf import engine, standby
from reports.pdf.assets import ASSETS
from reports.pdf.engine import Limits, render_pdf
from reports.pdf.errors import RenderFailed
from tests.checkers.papers import program_paper, report_paper
from tests.checkers.pdf import taken_apart

pytestmark = pytest.mark.on_sqlite

SECRET = "BEGIN-OF-A-FILE-NOBODY-MAY-READ"


def page(body: str) -> str:
    return f'<!doctype html><html lang="vi"><head><title>Thử</title></head><body>{body}</body></html>'


@pytest.mark.parametrize("make", [program_paper, report_paper])
def test_the_same_paper_gives_the_same_bytes(make, monkeypatch):
    html = paper_html(make())
    first = render_pdf(html)
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("PYTHONHASHSEED", "123")
    standby.end()
    assert render_pdf(paper_html(make())) == first


def test_papers_are_made_without_a_complaint(caplog):
    with caplog.at_level(logging.WARNING):
        for paper in (program_paper(2), program_paper(16), report_paper()):
            render_pdf(paper_html(paper))
        render_pdf(plain_html("Tệp minh chứng", ["Một đoạn.", "Hai đoạn."]))
    assert caplog.records == []


def test_the_file_is_tagged_and_says_what_it_is():
    with pikepdf.open(io.BytesIO(render_pdf(paper_html(program_paper())))) as pdf:
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root
        assert str(pdf.docinfo["/Title"]).startswith("Chương trình phối hợp công tác năm 2022")
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20220330")
        with pdf.open_outline() as outline:
            assert "CHƯƠNG TRÌNH" in outline.root[0].title


def test_figures_have_a_text_alternative_and_headings_skip_no_level():
    with pikepdf.open(io.BytesIO(render_pdf(paper_html(report_paper())))) as pdf:
        tags = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing]
        figures = [tag for tag in tags if tag.S == "/Figure"]
        assert len(figures) == 2 and all(str(tag.Alt) for tag in figures)
        assert {str(tag.S) for tag in tags if re.fullmatch("/H[1-6]", str(tag.S))} == {"/H1", "/H2"}


@pytest.fixture
def listener():
    """A server on loopback that counts who comes."""
    visitors = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    stop = threading.Event()

    def serve():
        while not stop.is_set():
            try:
                connection, _address = server.accept()
            except TimeoutError:
                continue
            visitors.append(connection.recv(200))
            connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield server.getsockname()[1], visitors
    stop.set()
    thread.join()
    server.close()


def hostile(port: int, secret) -> list[str]:
    """Markup that a careless engine would follow."""
    web = f"http://127.0.0.1:{port}"
    return [
        f'<img src="file://{secret}">',
        f'<a rel="attachment" href="file://{secret}">x</a>',
        f'<link rel="attachment" href="{web}/a">',
        f"<style>@import url({web}/b);@font-face{{font-family:x;src:url({web}/c)}}</style>",
        f'<svg><image href="{web}/d"/><use href="file://{secret}#x"/></svg>',
        f'<object data="{web}/e"></object><embed src="{web}/f"><iframe src="{web}/g"></iframe>',
        f'<p style="background:url({web}/h)">x</p><script>alert(1)</script>',
        f'<base href="{web}/"><link rel="stylesheet" href="i">',
        "{{ paper.letterhead }}{% include 'base.html' %}",
        "</p></body></html><!-- ]]> --> &lt;b&gt; &#60;",
    ]


def paper_saying(text: str) -> ProgramPaper:
    """A paper with the same text in every field that holds text."""
    table = Table(
        caption=text,
        columns=tuple(dataclasses.replace(column, heading=text) for column in _columns()),
        rows=(Row((text, text)), Row((text,)), Row((text, text), is_total=True)),
        note=text,
    )
    return program_paper(
        2,
        letterhead=Letterhead(
            issuer_lines=(text,), superior_lines=(text,), symbol=text, place=text, day=program_paper().letterhead.day
        ),
        kind_name=text,
        subject=text,
        legal_bases=(text, text),
        opening=(Paragraph(text),),
        sections=(PaperSection(number=text, heading=text, blocks=(Paragraph(text), table)),),
        closing=text,
        signatures=(SignatureBlock(lines=(text, text), signer=text, note=text),) * 2,
        recipients=Recipients((text, text)),
        annexes=(Annex(number=text, title=text, reference=text, blocks=(Paragraph(text), table)),),
    )


def _columns():
    return program_paper().annexes[0].blocks[0].columns[:2]


def test_markup_in_a_paper_is_printed_as_it_was_typed(listener, tmp_path):
    port, visitors = listener
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    for fragment in hostile(port, secret):
        pdf = render_pdf(paper_html(paper_saying(fragment)))
        typed = "".join(fragment.split())
        assert "".join(taken_apart(pdf).text.split()).count(typed[:12]) >= 15, fragment
        assert _carries_nothing(pdf)
        assert SECRET.encode() not in pdf
    assert visitors == []


def test_even_markup_that_was_not_escaped_reaches_nothing(listener, tmp_path):
    port, visitors = listener
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    for fragment in hostile(port, secret):
        try:
            pdf = render_pdf(page(fragment))
        except RenderFailed:
            continue
        assert _carries_nothing(pdf) and SECRET not in taken_apart(pdf).text
    assert visitors == []


def _carries_nothing(pdf: bytes) -> bool:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return not opened.attachments and not any("/Annots" in leaf.obj for leaf in opened.pages)


def test_only_the_named_files_are_bundled():
    assert len(ASSETS) == 7
    assert all(path.is_file() for path, _type in ASSETS.values())
    for address in ("asset:css/../../manage.py", "asset:/etc/passwd", "asset:fonts/tinos/", "data:image/png;base64,"):
        assert address not in ASSETS


@pytest.mark.parametrize(
    ("text", "named"),
    [("Họp 🎉 tổng kết", "U+1F389 PARTY POPPER"), ("Hợp tác 中国", "U+4E2D"), ("ký tự \ue000 riêng", "U+E000")],
)
def test_a_character_the_typeface_lacks_is_named_and_refused(text, named):
    with pytest.raises(RenderFailed) as refused:
        render_pdf(paper_html(program_paper(opening=(Paragraph(text),))))
    assert named in str(refused.value)


def test_names_of_300_letters_stay_within_the_page():
    long_name = "Ủy ban Mặt trận Tổ quốc Việt Nam " * 9
    unbroken = "Ủyban" * 60
    for name in (long_name[:300], unbroken):
        paper = program_paper(3, signatures=(SignatureBlock(lines=(name, "CHỦ TỊCH"), signer=name),) * 3, subject=name)
        printed = taken_apart(render_pdf(paper_html(paper)))
        portrait = [line for line in printed.lines if not printed.is_landscape[line.page - 1]]
        assert max(line.x1 for line in portrait) <= (210 - 14.5) * 72 / 25.4


@pytest.mark.parametrize(
    "limits", [Limits(wall_seconds=1), Limits(cpu_seconds=1), Limits(memory_bytes=120 * 1024 * 1024)]
)
def test_a_paper_over_a_limit_is_refused_and_the_service_lives(limits):
    heavy = page("<p>Một đoạn văn dài để trình bày.</p>" * 20_000)
    with pytest.raises(RenderFailed) as refused:
        render_pdf(heavy, limits=limits)
    assert str(refused.value)
    assert render_pdf(page("<p>Vẫn chạy.</p>")).startswith(b"%PDF-")


def test_a_paper_that_is_too_long_is_refused_before_it_is_tried():
    with pytest.raises(RenderFailed):
        render_pdf(page("x" * engine.MAX_HTML_BYTES))


def test_the_child_gets_none_of_the_services_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    given = standby.environment(str(tmp_path))
    assert set(given) == {"FONTCONFIG_FILE", "HOME", "LANG", "PYTHONHASHSEED", "TMPDIR", "TZ"}
    assert "secret" not in "".join(given.values())
