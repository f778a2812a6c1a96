"""What surrounds the engine: where things come to stand, how far it is, and that it reaches nothing outside."""

import os
import select
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.utils import translation

from reports.pdf import child, engine, standby
from reports.pdf.drawn import Box
from reports.pdf.engine import Limits, draw_pdf
from reports.pdf.errors import RenderFailed, RenderInterrupted

pytestmark = pytest.mark.on_sqlite

MM = 72 / 25.4
LONG = "<p>Một đoạn văn để trình bày trên trang.</p>" * 5000


class Enough(Exception):
    """Said by the one who waits."""


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
    """The text is so long that the engine would not be through by itself when it is looked for."""

    def stop(pages: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        draw_pdf(page(LONG * 8), told=stop)
    assert _children() == []


def _children() -> list[str]:
    """The papers under way: children of the parent of papers."""
    listed = subprocess.run(["ps", "--ppid", str(_parent()), "-o", "pid="], capture_output=True, text=True)
    return listed.stdout.split()


def _parent() -> int:
    """The number of the parent of papers, which was started if it was not there."""
    return standby._started().process.pid


def _has_ended(pidfd: int) -> bool:
    return bool(select.select([pidfd], [], [], 60)[0])


def test_an_engine_that_was_killed_may_be_tried_again():
    """Whether it was the child or the parent of papers; the next paper is drawn by another parent."""
    for whom in (lambda: int(_children()[0]), _parent):
        before = _parent()

        def kill(_pages: int, whom=whom) -> None:
            os.kill(whom(), signal.SIGKILL)

        with pytest.raises(RenderInterrupted):
            draw_pdf(page(LONG), told=kill)
        assert draw_pdf(page("<p>Vẫn chạy.</p>")).pages == 1
    assert _parent() != before


def test_papers_are_drawn_side_by_side_by_children_of_one_parent():
    bodies = [page(f"<p>{text}</p>" * 40) for text in ("Một đoạn văn.", "Đoạn văn thứ hai.", "Đoạn thứ ba.")]
    parent, alone = _parent(), [draw_pdf(body) for body in bodies]
    with ThreadPoolExecutor(3) as clerks:
        assert list(clerks.map(draw_pdf, bodies)) == alone
    assert _parent() == parent


def test_the_parent_of_papers_holds_nothing_of_the_service(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    secret = tmp_path / "secret.txt"
    secret.write_text("x")
    standby.end()
    with secret.open() as held:
        os.set_inheritable(held.fileno(), True)
        draw_pdf(page("x"))
        parent = Path(f"/proc/{_parent()}")
        holds = {os.readlink(entry) for entry in (parent / "fd").iterdir()}
    known = [name for name in holds if not name.startswith(("socket:", "anon_inode:")) and name != "/dev/null"]
    assert [name for name in known if "/papers-" not in name] == []
    assert len([name for name in holds if name.startswith("socket:")]) == 1, "the one it is given orders on"
    assert b"secret" not in (parent / "environ").read_bytes()


def test_the_child_of_a_paper_holds_nothing_but_its_three_files():
    held = []

    def look(_pages: int) -> None:
        held.extend(os.readlink(entry) for entry in Path(f"/proc/{_children()[0]}/fd").iterdir())
        raise Enough

    with pytest.raises(Enough):
        draw_pdf(page(LONG), told=look)
    assert {Path(name).name for name in held} == {"order", "drawn", "said"}


FORKING = """
import os, sys
from reports.pdf import standby
from reports.pdf.engine import draw_pdf
draw_pdf({page!r})
ours = standby._started().process.pid
if os.fork() == 0:
    draw_pdf({page!r})
    theirs = standby._started().process.pid
    standby.end()
    os._exit(theirs == ours)
assert os.wait()[1] == 0 and draw_pdf({page!r}).pages == 1
assert standby._started().process.pid == ours
print(ours, flush=True)
sys.stdin.read()
"""


def test_a_forked_process_has_a_parent_of_papers_of_its_own_and_both_end_with_theirs():
    command = [sys.executable, "-c", FORKING.format(page=page("x"))]
    with subprocess.Popen(command, cwd=child.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        parent = os.pidfd_open(int(process.stdout.readline()))
        assert not select.select([parent], [], [], 0)[0]
        process.kill()
    assert _has_ended(parent)
    os.close(parent)


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
            "import socket, sys\nfrom reports.pdf import child\nchild.leave_the_network()\n"
            "sys.addaudithook(child._Fence('/tmp'))\n"
            f"try: socket.create_connection(('127.0.0.1', {port}), 2)\n"
            "except OSError: print('no way')\n"
        )
        run = [sys.executable, "-c", script]
        assert subprocess.run(run, capture_output=True, text=True, cwd=child.ROOT).stdout == "no way\n"
