"""A folder beside something large that is gone afterwards, at the latest when the next one is made."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK = "held"


@contextmanager
def folder_beside(parent: Path, purpose: str) -> Iterator[Path]:
    """An empty folder for a purpose. Those a killed process left are removed; one in use is held by a lock."""
    for left in parent.glob(f".{purpose}-*"):
        _remove_unheld(left)
    with (
        tempfile.TemporaryDirectory(dir=parent, prefix=f".{purpose}-") as made,
        (Path(made) / _LOCK).open("w") as lock,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(made)


def _remove_unheld(left: Path) -> None:
    try:
        with (left / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
    except OSError:
        return
