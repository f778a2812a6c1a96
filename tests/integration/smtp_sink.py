"""A mail server for tests: it speaks enough SMTP for smtplib, keeps what it is given, refuses or hangs on request."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        sink = self.server.sink
        sink.calls += 1
        if sink.hangs:
            sink.released.wait(30)
            return
        self._say("220 sink")
        recipients: list[str] = []
        while line := self.rfile.readline():
            verb = line.decode("ascii", "replace").strip()
            word = verb.upper()
            if word.startswith("RCPT"):
                if sink.refuses or verb.split(":", 1)[1].strip("<> ") in sink.refused:
                    self._say("550 no such mailbox")
                    continue
                recipients.append(verb.split(":", 1)[1].strip("<> "))
                self._say("250 ok")
            elif word == "DATA":
                self._say("354 go on")
                sink.letters.append((recipients, self._data()))
                recipients = []
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _data(self) -> Message:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines), policy=default)


class Sink:
    """What the server was given: recipients and message, in order; how often it was called."""

    def __init__(self):
        self.letters: list[tuple[list[str], Message]] = []
        self.calls = 0
        self.refuses = self.hangs = False
        self.refused: set[str] = set()
        self.released = threading.Event()
        self.port = 0


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """A running server on loopback."""
    sink = Sink()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads, server.block_on_close = True, False
        server.sink, sink.port = sink, server.server_address[1]
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        try:
            yield sink
        finally:
            sink.released.set()
            server.shutdown()
