"""A disk of a few megabytes, mounted for the length of a fault; only root may mount one."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """Raises: PermissionError where nothing may be mounted."""
    if os.geteuid() != 0:
        raise PermissionError("a small disk can be mounted by root only")
    place.mkdir(parents=True, exist_ok=True)
    _do("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(place))
    try:
        yield place
    finally:
        _do("umount", "--lazy", str(place))


def fill(place: Path) -> Path:
    """One file that takes all there is left; removed, the disk has room again."""
    stuffing = place / "stuffing"
    with suppress(OSError), stuffing.open("wb", buffering=0) as out:
        while True:
            out.write(b"\1" * 65536)
    with suppress(OSError), stuffing.open("ab", buffering=0) as out:
        while True:
            out.write(b"\1" * 512)
    return stuffing


def read_only(place: Path, *, on: bool) -> None:
    _do("mount", "-o", f"remount,{'ro' if on else 'rw'}", str(place))


def _do(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
