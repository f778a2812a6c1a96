"""Stored bytes in a folder of this machine, or one that several mount."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


@dataclass(frozen=True)
class FolderStore:
    """Bytes under two letters of their digest, then the digest."""

    root: Path

    def put(self, chunks: Iterable[bytes]) -> str:
        """Write to a side file, flush to disk, then rename to the digest: never half a file under its final name."""
        self.root.mkdir(mode=0o750, parents=True, exist_ok=True)
        digest = hashlib.sha256()
        handle, side = tempfile.mkstemp(dir=self.root, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in chunks:
                    digest.update(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            os.chmod(side, settings.STORED_FILE_MODE)
            final = self.path_of(digest.hexdigest())
            final.parent.mkdir(exist_ok=True)
            _open_as_its_files(final.parent)
            os.replace(side, final)
        except BaseException:
            Path(side).unlink(missing_ok=True)
            raise
        return digest.hexdigest()

    def open(self, sha256: str) -> BinaryIO:
        return self.path_of(sha256).open("rb")

    def size_of(self, sha256: str) -> int:
        return self.path_of(sha256).stat().st_size

    def has_lost(self, sha256: str) -> bool:
        return not self.path_of(sha256).is_file()

    def remove(self, sha256: str) -> None:
        self.path_of(sha256).unlink(missing_ok=True)

    def name_of(self, sha256: str) -> str:
        return str(self.path_of(sha256))

    def path_of(self, sha256: str) -> Path:
        """The path of the bytes in this folder."""
        return self.root / sha256[:2] / sha256


def _open_as_its_files(folder: Path) -> None:
    """Whoever may read the files gets through their folder, whatever the mask of the command that made it.

    Rule: R-DEPLOY-4. Its group, which is that of the proxy, it has from the folder above and hands on.
    """
    mode = stat.S_IMODE(folder.stat().st_mode)
    wanted = mode | (0o050 if settings.STORED_FILE_MODE & stat.S_IRGRP else 0)
    if wanted != mode:
        folder.chmod(wanted)
