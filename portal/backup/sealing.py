"""A stream in sealed chunks: whatever bit of it is flipped, moved or cut off is found before what it held is used.

Shape: a line that names the kind of file, a header with its digest, then chunks of at most 1 MB, each behind its
length; the last one says so. With a key a chunk is sealed by AES-256-GCM under a key of this file alone, its number the
nonce; without one it is followed by a SHA-256 that covers the one before it. Both cover the header.
"""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from portal.backup.errors import NotDone, Why

FORMAT = 1
_KIND = b"COORDINATION-PORTAL BACKUP\n"
_CHUNK = 1024 * 1024
_LAST = 1 << 31
_MOST_HEADER = 64 * 1024
_TAG = {True: 16, False: 32}
_SHORTEST_PASSPHRASE = 12
# 64 MB and about a fifth of a second for each guess at a passphrase.
_SCRYPT = {"n": 2**16, "r": 8, "p": 1}


@dataclass(frozen=True)
class Key:
    """What an archive is sealed with: 32 bytes made by chance, or words somebody chose."""

    secret: bytes
    is_passphrase: bool

    @classmethod
    def read(cls, path: Path) -> "Key":
        """The key in a file: 64 hexadecimal digits as `--new-key` writes them, or a passphrase.

        Raises: NotDone where there is no such file, or a passphrase anyone would guess.
        """
        try:
            written = path.read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            raise NotDone(
                Why.KEY, _("The key file %(file)s cannot be read: %(error)s") % {"file": path, "error": error}
            ) from None
        if len(written) == 64 and not set(written.lower()) - set("0123456789abcdef"):
            return cls(bytes.fromhex(written), is_passphrase=False)
        if len(written) < _SHORTEST_PASSPHRASE:
            raise NotDone(
                Why.KEY,
                _("The passphrase in %(file)s is shorter than %(least)s characters. Choose a longer one.")
                % {"file": path, "least": _SHORTEST_PASSPHRASE},
            )
        return cls(written.encode(), is_passphrase=True)

    def of_file(self, header: dict[str, Any]) -> tuple[bytes, bytes]:
        """The key of one archive, and what tells that it is the right one."""
        salt = bytes.fromhex(header["salt"])
        if self.is_passphrase:
            both = hashlib.scrypt(self.secret, salt=salt, dklen=64, maxmem=2**27, **_SCRYPT)
        else:
            both = hmac.digest(self.secret, b"backup" + salt, "sha512")
        return both[:32], hashlib.sha256(both[32:]).digest()


class SealedWriter:
    """What is written here goes out in sealed chunks; without `close` it is no whole archive."""

    def __init__(self, out: BinaryIO, told: dict[str, Any], key: Key | None):
        salt = secrets.token_bytes(32).hex()
        header = {**told, "format": FORMAT, "sealed": _kind_of(key), "salt": salt}
        own, check = key.of_file(header) if key else (b"", b"")
        written = json.dumps({**header, "check": check.hex()}, ensure_ascii=False).encode()
        head = _KIND + len(written).to_bytes(4, "big") + written
        self._digest = hashlib.sha256(head).digest()
        self._seal = _Seal(own, self._digest)
        self._out, self._waiting = out, bytearray()
        out.write(head + self._digest)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > _CHUNK:
            self._put(bytes(self._waiting[:_CHUNK]), last=False)
            del self._waiting[:_CHUNK]
        return len(data)

    def close(self) -> None:
        """Seal the last chunk, which says that it is the last."""
        self._put(bytes(self._waiting), last=True)

    def _put(self, data: bytes, *, last: bool) -> None:
        sealed = self._seal.close(data, last)
        self._out.write((len(sealed) | (_LAST if last else 0)).to_bytes(4, "big") + sealed)


class SealedReader:
    """Reads what a SealedWriter wrote; every byte handed out has been proved.

    Raises: NotDone for what is no archive, is damaged or needs another key.
    """

    def __init__(self, source: BinaryIO, key: Key | None):
        self.header, digest = read_header(source)
        self._source, self._waiting, self._ended = source, b"", False
        self._seal = _Seal(_own_key(self.header, key), digest)

    def read(self, size: int) -> bytes:
        """So many bytes, fewer at the end only."""
        parts, missing = [], size
        while missing and (self._waiting or self._more()):
            part, self._waiting = self._waiting[:missing], self._waiting[missing:]
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def must_end(self) -> None:
        """What follows is read to the end, so that nothing is cut off or hung on."""
        while self.read(_CHUNK):
            pass

    def _more(self) -> bool:
        if self._ended:
            return False
        length, self._ended = _length_of(self._source, bool(self._seal.cipher))
        self._waiting = self._seal.open(_exactly(self._source, length), self._ended)
        if self._ended and self._source.read(1):
            raise damaged()
        return bool(self._waiting) or self._more()


class _Seal:
    """Closes and opens chunk after chunk, in their order."""

    def __init__(self, key: bytes, header: bytes):
        self.cipher, self._header, self._number = None, header, 0
        if key:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM

            self.cipher = AESGCM(key)

    def close(self, data: bytes, last: bool) -> bytes:
        nonce, beside = self._next(last)
        if self.cipher:
            return self.cipher.encrypt(nonce, data, beside)
        self._header = hashlib.sha256(beside + nonce + data).digest()
        return data + self._header

    def open(self, sealed: bytes, last: bool) -> bytes:
        nonce, beside = self._next(last)
        if self.cipher:
            from cryptography.exceptions import InvalidTag

            try:
                return self.cipher.decrypt(nonce, sealed, beside)
            except InvalidTag:
                raise damaged() from None
        data, told = sealed[: -_TAG[False]], sealed[-_TAG[False] :]
        self._header = hashlib.sha256(beside + nonce + data).digest()
        if told != self._header:
            raise damaged()
        return data

    def _next(self, last: bool) -> tuple[bytes, bytes]:
        self._number += 1
        return self._number.to_bytes(12, "big"), self._header + (b"last" if last else b"more")


def read_header(source: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """What an archive says of itself before its first chunk, and the digest of that.

    Raises: NotDone for another kind of file, a damaged header, or an archive of a later kind than this one knows.
    """
    if source.read(len(_KIND)) != _KIND:
        raise NotDone(Why.DAMAGED, _("This is no archive of the portal, or its beginning is damaged."))
    length = int.from_bytes(_exactly(source, 4), "big")
    if length > _MOST_HEADER:
        raise damaged()
    written = _exactly(source, length)
    digest = hashlib.sha256(_KIND + length.to_bytes(4, "big") + written).digest()
    if _exactly(source, 32) != digest:
        raise damaged()
    header = json.loads(written)
    if header["format"] > FORMAT:
        raise NotDone(
            Why.NEWER,
            _("The archive was made by a later version of the portal. Install that version here, then restore."),
        )
    return header, digest


def is_whole(path: Path) -> bool:
    """Whether every chunk of an archive is there, by their lengths alone; whether they are right only reading tells."""
    try:
        with path.open("rb") as source:
            header, _digest = read_header(source)
            end = False
            while not end:
                length, end = _length_of(source, header["sealed"] != "none")
                source.seek(length, 1)
            return source.tell() == path.stat().st_size
    except (OSError, NotDone):
        return False


def damaged() -> NotDone:
    """Why one sentence for all: whatever is wrong with the bytes, the answer is the same."""
    return NotDone(
        Why.DAMAGED,
        _("The archive is damaged or incomplete; nothing of it was used. Take another one: manage.py backup --list"),
    )


def _own_key(header: dict[str, Any], key: Key | None) -> bytes:
    """The key of this archive.

    Raises: NotDone where it is sealed with another one, or none is given.
    """
    if header["sealed"] == "none":
        return b""
    if key is None:
        raise NotDone(Why.KEY, _("The archive is sealed. Name the file that holds its key: --key FILE"))
    own, check = key.of_file(header)
    if _kind_of(key) != header["sealed"] or not hmac.compare_digest(check.hex(), header["check"]):
        raise NotDone(
            Why.KEY, _("The key does not fit the archive. Name the file of the key it was sealed with: --key FILE")
        )
    return own


def _kind_of(key: Key | None) -> str:
    return "none" if key is None else "passphrase" if key.is_passphrase else "key"


def _length_of(source: BinaryIO, is_sealed: bool) -> tuple[int, bool]:
    told = int.from_bytes(_exactly(source, 4), "big")
    length, last = told & ~_LAST, bool(told & _LAST)
    if not _TAG[is_sealed] <= length <= _CHUNK + _TAG[is_sealed]:
        raise damaged()
    return length, last


def _exactly(source: BinaryIO, length: int) -> bytes:
    data = source.read(length)
    if len(data) != length:
        raise damaged()
    return data
