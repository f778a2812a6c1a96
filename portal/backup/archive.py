"""The archive as a file: members in a tar inside the sealed stream, the manifest the last of them.

Why temporary name, fsync, rename, fsync of the folder: an archive that is listed is whole on the disk, whatever was
killed or lost its power. The temporary one is held by a lock, so that a later run tells what a dead one left behind.
"""

import fcntl
import hashlib
import hmac
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.crypto import salted_hmac

from portal.backup.errors import NotDone
from portal.backup.sealing import Key, SealedReader, SealedWriter, damaged, is_whole, read_header

ENDING = ".backup"
MANIFEST = "manifest.json"
_PARTIAL = ".part-"
_BLOCK = 1024 * 1024
_NAMES = re.compile(
    r"settings\.json|manifest\.json|rows/[a-z0-9_]{1,63}/[0-9]{6}|files/[0-9a-f]{64}|trust/[^/\0]{1,200}"
)


class ArchiveWriter:
    """Members go in one after the other; `finish` writes the manifest with the digest of each."""

    def __init__(self, out: BinaryIO, told: dict[str, Any], key: Key | None):
        self._sealed = SealedWriter(out, told, key)
        self._tar = tarfile.open(fileobj=self._sealed, mode="w|", bufsize=_BLOCK, format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.members: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        self.stream(name, BytesIO(content), len(content))

    def stream(self, name: str, content: BinaryIO, size: int) -> str:
        """One member from a source of known size; its digest."""
        told, hashing = tarfile.TarInfo(name), Hashing(content)
        told.size = size
        self._tar.addfile(told, hashing)
        self.members[name] = hashing.digest.hexdigest()
        return self.members[name]

    def finish(self, manifest: dict[str, Any]) -> None:
        whole = {**manifest, "members": self.members}
        self.add(MANIFEST, json.dumps(whole, ensure_ascii=False, sort_keys=True).encode())
        self._tar.close()
        self._sealed.close()


class Hashing:
    """A source that is hashed while it is read."""

    def __init__(self, source: BinaryIO):
        self._source, self.digest = source, hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data


@dataclass(frozen=True)
class Listed:
    """An archive in the folder of archives, as its beginning tells."""

    path: Path
    size_bytes: int
    header: dict[str, Any] = field(repr=False)

    @cached_property
    def is_whole(self) -> bool:
        """Whether all of it is there. Why only when asked: one jump a megabyte, many of them on a slow disk."""
        return is_whole(self.path)

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.header["made_at"]) if self.header else datetime.fromtimestamp(0, UTC)


def members(path: Path, key: Key | None) -> Iterator[tuple[str, Hashing]]:
    """Every member with its content, in order; what the seal does not hold for is never handed out.

    Raises: NotDone where the archive is damaged, cut off, or sealed with another key.
    """
    with path.open("rb") as source:
        sealed = SealedReader(source, key)
        try:
            with tarfile.open(fileobj=sealed, mode="r|", bufsize=_BLOCK) as tar:
                for one in tar:
                    if not one.isreg() or not _NAMES.fullmatch(one.name):
                        raise damaged()
                    yield one.name, Hashing(tar.extractfile(one))
        except tarfile.TarError:
            raise damaged() from None
        sealed.must_end()


def read_whole(path: Path, key: Key | None) -> dict[str, Any]:
    """Read an archive from end to end and prove it; its manifest.

    Raises: NotDone for a member that is missing, too many or not what the manifest says.
    """
    found, manifest = {}, None
    for name, content in members(path, key):
        if manifest is not None:
            raise damaged()
        if name == MANIFEST:
            manifest = json.loads(content.read(1 << 30))
            continue
        while content.read(_BLOCK):
            pass
        found[name] = content.digest.hexdigest()
    if manifest is None or found != manifest["members"]:
        raise damaged()
    return manifest


@dataclass
class Incoming:
    """A file on its way; `path` is there once it is on the disk under its own name."""

    out: BinaryIO
    path: Path | None = None


@contextmanager
def incoming(folder: Path, name: str) -> Iterator[Incoming]:
    """A file under a temporary name; when the block ends well it is on the disk under its own, otherwise it is gone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    handle, side = tempfile.mkstemp(dir=folder, prefix=_PARTIAL)
    try:
        with os.fdopen(handle, "wb") as out:
            fcntl.flock(out, fcntl.LOCK_EX)
            file = Incoming(out)
            yield file
            out.flush()
            os.fsync(out.fileno())
            file.path = _free(folder, name)
            os.rename(side, file.path)
        _settle(folder)
    except BaseException:
        Path(side).unlink(missing_ok=True)
        raise


def listed(folder: Path) -> list[Listed]:
    """The archives of a folder, the newest first; what was never finished is not among them."""
    found = []
    for path in folder.glob(f"[!.]*{ENDING}"):
        with suppress(FileNotFoundError):  # removed for its age meanwhile
            found.append((path.stat().st_mtime_ns, path.name, Listed(path, path.stat().st_size, _header_of(path))))
    return [one for *_order, one in sorted(found, key=lambda each: each[:2], reverse=True)]


def newest_whole(folder: Path) -> Listed | None:
    """The archive that holds the latest moment, of the whole ones of this portal. Rule: R-CONDITION-3."""
    ours = (one for one in listed(folder) if is_ours(one.header))
    return next((one for one in sorted(ours, key=lambda one: one.made_at, reverse=True) if one.is_whole), None)


def keep_newest(folder: Path, most: int) -> list[Path]:
    """Remove this portal's whole archives beyond the newest; another's and damaged ones are left to people."""
    ours = [one for one in listed(folder) if one.is_whole and is_ours(one.header)]
    for one in ours[most:]:
        one.path.unlink()
    return [one.path for one in ours[most:]]


def mark_of_portal(key: str = "") -> str:
    """What archives of one portal share: nobody without its secret key can write or guess it."""
    return salted_hmac("portal.backup", "", secret=key or settings.SECRET_KEY, algorithm="sha256").hexdigest()


def is_ours(header: dict[str, Any]) -> bool:
    """Whether an archive was made under this portal's secret key, the present one or one it had before."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(mark_of_portal(key), header.get("portal", "")) for key in keys)


def _sweep(folder: Path) -> None:
    """Remove what killed runs left; one that still runs holds the lock of its own."""
    for path in folder.glob(f"{_PARTIAL}*"):
        with path.open("rb") as left:
            try:
                fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            path.unlink(missing_ok=True)


def _free(folder: Path, name: str) -> Path:
    names = (f"{name}{f'-{n}' if n else ''}{ENDING}" for n in range(1_000_000))
    return next(path for each in names if not (path := folder / each).exists())


def _settle(folder: Path) -> None:
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def _header_of(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as source:
            return read_header(source)[0]
    except (OSError, NotDone):
        return {}
