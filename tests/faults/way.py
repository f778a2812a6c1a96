"""The way from the portal to its database, through a process of ours that can cut it, slow it down or close it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_PIECE_BYTES = 65536


class Way:
    """Carries bytes both ways; `delay` seconds rest on each piece, `closed` turns newcomers away."""

    def __init__(self, database: str):
        place = urlsplit(database)
        self._there = (place.hostname, place.port)
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = database.replace(f":{place.port}/", f":{self._door.getsockname()[1]}/")
        self.delay, self.closed, self.passed = 0.0, False, 0
        self._lines: list[socket.socket] = []
        self._rest = threading.Event()

    def carry(self) -> None:
        """Let everybody pass until the door is shut."""
        with suppress(OSError):
            while True:
                line, _from = self._door.accept()
                threading.Thread(target=self._let_in, args=(line,), daemon=True).start()

    def cut(self) -> int:
        """End every connection there is, without a word; how many."""
        lines, self._lines = self._lines, []
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        return len(lines) // 2

    def shut(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.cut()

    def _let_in(self, line: socket.socket) -> None:
        if self.closed:
            line.close()
            return
        self.passed += 1
        with suppress(OSError):
            other = socket.create_connection(self._there)
            self._lines += [line, other]
            for ends in ((line, other), (other, line)):
                threading.Thread(target=self._hand_on, args=ends, daemon=True).start()

    def _hand_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE_BYTES):
                if self.delay:
                    self._rest.wait(self.delay)
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def way_to(database: str) -> Iterator[Way]:
    way = Way(database)
    at_the_door = threading.Thread(target=way.carry)
    at_the_door.start()
    try:
        yield way
    finally:
        way.shut()
        at_the_door.join()
