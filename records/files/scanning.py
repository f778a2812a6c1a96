"""Asking the office's virus scanner, where it has one: clamd, over its own simple protocol.

Why fail closed: a file the scanner could not see is kept but handed to nobody until it has been seen.
"""

import logging
import socket
from enum import Enum
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

log = logging.getLogger(__name__)

_SECONDS = 20
_SECONDS_FOR_A_CALL = 4
_CHUNK = 64 * 1024
_MOST_ANSWER = 4096


class Verdict(Enum):
    """What became of asking."""

    NOT_ASKED = "not asked"
    CLEAN = "clean"
    INFECTED = "infected"
    NO_ANSWER = "no answer"


def scan(content: BinaryIO) -> Verdict:
    """Let the scanner read a file.

    Units: FILE_SCANNER is clamd://host:port or clamd:///path/of/socket; empty where the office has none.
    """
    if not settings.FILE_SCANNER:
        return Verdict.NOT_ASKED
    content.seek(0)
    try:
        with _connected(settings.FILE_SCANNER) as line:
            return _verdict(_asked(line, content))
    except (OSError, ValueError) as silent:
        log.error("The virus scanner does not answer: %s", silent)
        return Verdict.NO_ANSWER
    finally:
        content.seek(0)


def scanner_answers() -> bool:
    """Whether the scanner the office has named answers when it is called."""
    try:
        with _connected(settings.FILE_SCANNER) as line:
            line.settimeout(_SECONDS_FOR_A_CALL)
            line.sendall(b"zPING\0")
            return line.recv(_MOST_ANSWER).rstrip(b"\0\n") == b"PONG"
    except (OSError, ValueError):
        return False


def _connected(address: str) -> socket.socket:
    """A line to the scanner.

    Raises: OSError; ValueError where the address is none.
    """
    parts = urlsplit(address)
    if parts.scheme != "clamd":
        raise ValueError(f"{address} is no address of a scanner")
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=_SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(_SECONDS)
    line.connect(parts.path)
    return line


def _asked(line: socket.socket, content: BinaryIO) -> bytes:
    """Send the file in pieces, each behind its length, a length of nothing at the end; read the one line of answer."""
    line.sendall(b"zINSTREAM\0")
    while chunk := content.read(_CHUNK):
        line.sendall(len(chunk).to_bytes(4, "big") + chunk)
    line.sendall((0).to_bytes(4, "big"))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _MOST_ANSWER and (more := line.recv(_MOST_ANSWER)):
        answer += more
    return answer.rstrip(b"\0\n")


def _verdict(answer: bytes) -> Verdict:
    """Rule: only the one answer that says so is clean."""
    if answer == b"stream: OK":
        return Verdict.CLEAN
    if answer.endswith(b"FOUND"):
        return Verdict.INFECTED
    raise ValueError(f"it says {answer[:80]!r}")
