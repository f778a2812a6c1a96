"""A virus scanner for tests: it speaks clamd's INSTREAM, knows one virus, and can hang or answer nonsense."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

VIRUS = b"day la vi-rut"


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        scanner = self.server.scanner
        if self.rfile.read(len(b"zINSTREAM\0")) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
        scanner.seen.append(content)
        if scanner.answer is not None:
            self.wfile.write(scanner.answer)
        elif VIRUS in content:
            self.wfile.write(b"stream: Thu-Nghiem FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")


class Scanner:
    """What the scanner was given, in order; `answer` is what it says whatever it sees."""

    def __init__(self):
        self.seen: list[bytes] = []
        self.answer: bytes | None = None
        self.address = ""


@contextmanager
def standing_in() -> Iterator[Scanner]:
    """A scanner that listens until the test is over."""
    scanner = Scanner()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.scanner, server.daemon_threads = scanner, True
        scanner.address = f"clamd://127.0.0.1:{server.server_address[1]}"
        listening = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        listening.start()
        yield scanner
        server.shutdown()
        listening.join()
