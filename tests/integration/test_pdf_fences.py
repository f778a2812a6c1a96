"""What surrounds the engine: where things come to stand, how far it is, and that it reaches nothing outside."""

import os
import signal
import socket
import subprocess
import sys

import pytest
from django.utils import translation

from reports.pdf import child, engine
from reports.pdf.drawn import Box
from reports.pdf.engine import Limits, draw_pdf
from reports.pdf.errors import RenderFailed, RenderInterrupted

MM = 72 / 25.4


def page(body: str) -> str:
    style = "<style>@page{size:A4;margin:20mm 15mm 20mm 30mm}body{margin:0}</style>"
    return f'<!doctype html><html lang="vi"><head><title>Thử</title>{style}</head><body>{body}</body></html>'


def test_named_places_are_told_by_page_and_points_from_the_lower_left_corner():
    block = '<div id="sigbox-{0}" style="width:50mm;height:26mm;break-before:{1}">x</div>'
    drawn = draw_pdf(page(block.format(1, "auto") + block.format(2, "page")))
    assert drawn.pages == 2 and [drawn.boxes[f"sigbox-{place}"].page for place in (1, 2)] == [0, 1]
    box = drawn.boxes["sigbox-2"]
    assert box.corners == pytest.approx((30 * MM, (297 - 20 - 26) * MM, 80 * MM, (297 - 20) * MM), abs=0.1)
    assert (box.width, box.height) == pytest.approx((50 * MM, 26 * MM), abs=0.01)
    assert isinstance(box, Box)


def test_whoever_waits_is_told_how_many_pages_are_laid_out(monkeypatch):
    monkeypatch.setattr(engine, "_SECONDS_BETWEEN_LOOKS", 0.02)
    told = []
    draw_pdf(page("<p>Một đoạn văn để trình bày trên trang.</p>" * 400), told=told.append)
    assert told == sorted(told) and told[-1] > 1


def test_whoever_loses_interest_ends_the_engine():
    class Enough(Exception):
        """Said by the one who waits."""

    def stop(pages: int) -> None:
        raise Enough

    before = _children()
    with pytest.raises(Enough):
        draw_pdf(page("<p>Một đoạn văn để trình bày trên trang.</p>" * 5000), told=stop)
    assert _children() == before


def _children() -> set[str]:
    """The processes of the engine that are alive below this one."""
    listed = subprocess.run(["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True)
    return {line for line in listed.stdout.splitlines() if "reports.pdf.child" in line}


def test_an_engine_that_was_killed_may_be_tried_again(monkeypatch):
    killed = subprocess.CompletedProcess([], -signal.SIGKILL, b"", b"")
    monkeypatch.setattr(engine, "_run", lambda *_: killed)
    with pytest.raises(RenderInterrupted):
        draw_pdf(page("x"))


def test_a_paper_that_needs_too_much_memory_is_told_so():
    wide = page('<table><tr><td colspan="100000000">x</td></tr></table>')
    with pytest.raises(RenderFailed) as refused, translation.override("en"):
        draw_pdf(wide, limits=Limits(memory_bytes=600 * 1024 * 1024))
    assert "memory" in str(refused.value) and not isinstance(refused.value, RenderInterrupted)


def test_the_child_opens_what_is_bundled_and_nothing_else(tmp_path):
    fence = child._Fence(str(tmp_path))
    for path, flags in (
        (child.ROOT / "static" / "css" / "document.css", os.O_RDONLY),
        (tmp_path / "fonts.conf", os.O_RDONLY),
        (tmp_path / "cache", os.O_WRONLY | os.O_CREAT),
    ):
        fence("open", (str(path), "r", flags))
    for path, flags in (
        ("/etc/passwd", os.O_RDONLY),
        (child.ROOT / "portal" / "settings" / "base.py", os.O_RDONLY),
        (child.ROOT / "var" / "portal.sqlite3", os.O_RDONLY),
        (child.ROOT / "static" / ".." / "manage.py", os.O_RDONLY),
        (child.ROOT / "static" / "css" / "document.css", os.O_WRONLY),
        (f"{tmp_path}-beside/x", os.O_RDONLY),
    ):
        with pytest.raises(PermissionError):
            fence("open", (str(path), "r", flags))
    for event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        with pytest.raises(PermissionError):
            fence(event, ())


def test_the_child_has_no_way_into_the_network():
    """Both fences at once: where the system gives the child no network of its own, the other one holds."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        script = (
            "import socket, sys\nfrom reports.pdf import child\nchild._leave_the_network()\n"
            "sys.addaudithook(child._Fence('/tmp'))\n"
            f"try: socket.create_connection(('127.0.0.1', {port}), 2)\n"
            "except OSError: print('no way')\n"
        )
        run = [sys.executable, "-c", script]
        assert subprocess.run(run, capture_output=True, text=True, cwd=child.ROOT).stdout == "no way\n"
