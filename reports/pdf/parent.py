"""The parent of all papers: it has the engine loaded and forks a child for each paper.

Why: loading the engine takes longer than drawing a program. A forked child begins as the parent was before the first
paper, so nothing of one paper reaches the next. The parent itself reads no paper, knows no database and no setting,
and has no network; it ends with the process that started it, and when it has had nothing to do for a while.

Run as `python -m reports.pdf.parent <process that started it>`; standard input is the socket on which orders come.
"""

import contextlib
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import time
import traceback
from functools import partial

from reports.pdf import child

IDLE_SECONDS = 120
_SECONDS_BETWEEN_LOOKS = 5
_LONGEST_ORDER = 4096
_STREAMS = 3
BEGUN = b"begun"


def main(started_by: int) -> None:
    # Whoever started it finishes the paper at hand when told to stop, and ends it by hanging up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child.leave_the_network()
    gc.disable()
    from reports.pdf import drawing, quicker

    quicker.apply()
    drawing.warm_up()
    gc.collect()
    gc.freeze()
    _Parent(socket.socket(fileno=0)).serve(started_by)
    # What it said about an error stays for the one that started it.
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)


class _Parent:
    """Takes orders, watches over the children and over those who wait for them."""

    def __init__(self, orders: socket.socket):
        self.orders, self.events = orders, selectors.DefaultSelector()
        self.under_way: dict[int, tuple[int, socket.socket]] = {}
        self.is_wanted = True

    def serve(self, started_by: int) -> None:
        self.events.register(self.orders, selectors.EVENT_READ, self._begin)
        idle_since = time.monotonic()
        while self.is_wanted and os.getppid() == started_by and time.monotonic() < idle_since + IDLE_SECONDS:
            for key, _mask in self.events.select(_SECONDS_BETWEEN_LOOKS):
                key.data()
            if self.under_way:
                idle_since = time.monotonic()
        # The children that still draw die with this process.

    def _begin(self) -> None:
        """Fork the child of one paper. With the order come a line to who waits, and the three streams of the child."""
        order, given, _flags, _sender = socket.recv_fds(self.orders, _LONGEST_ORDER, 1 + _STREAMS)
        if not order:
            self.is_wanted = False
            return
        pid = os.fork()
        if pid == 0:
            _be_the_child(order, given[1:])
        for stream in given[1:]:
            os.close(stream)
        line, ended = socket.socket(fileno=given[0]), os.pidfd_open(pid)
        self.under_way[ended] = pid, line
        self.events.register(line, selectors.EVENT_READ, partial(self._kill, ended))
        self.events.register(ended, selectors.EVENT_READ, partial(self._end, ended))
        with contextlib.suppress(OSError):
            line.send(BEGUN)

    def _kill(self, ended: int) -> None:
        """Who waited has hung up: nobody wants the paper any more."""
        if ended in self.under_way:
            self.events.unregister(self.under_way[ended][1])
            signal.pidfd_send_signal(ended, signal.SIGKILL)

    def _end(self, ended: int) -> None:
        """Tell who waits how the child ended and what it used, then hang up."""
        pid, line = self.under_way.pop(ended)
        _pid, status, used = os.wait4(pid, 0)
        self.events.unregister(ended)
        os.close(ended)
        with contextlib.suppress(KeyError):
            self.events.unregister(line)
        told = [os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]
        with contextlib.suppress(OSError), line:
            line.send(json.dumps(told).encode())


def _be_the_child(order: bytes, streams: list[int]) -> None:
    """Draw with streams of its own and none of the parent's; never returns."""
    code = 1
    try:
        for place, stream in enumerate(streams):
            os.dup2(stream, place)
        os.closerange(_STREAMS, os.sysconf("SC_OPEN_MAX"))
        code = child.draw(**json.loads(order))
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(int(sys.argv[1]))
