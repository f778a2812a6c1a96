"""What `manage.py verify` found last, kept beside the stored files for whoever looks at the server or at a record."""

import contextlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model

from records import clock
from records.damage import Harm, Mark
from records.files.stores import shared

# Beyond this the whole office is damaged, and pages need not be told one by one.
MOST_MARKS = 20_000
_NAME = "verified.json"


@dataclass(frozen=True)
class Verified:
    """When, how many faults, whether every stored file was read, the head of the log, and which records are concerned.

    `damaged_files` is of the last time every file was read, which may be earlier. Moments are the machine's.
    """

    at: str
    faults: int
    with_files: bool
    head: str
    damaged_files: int = 0
    marks: tuple[Mark, ...] = ()

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @cached_property
    def marks_by_record(self) -> dict[tuple[str, int], list[Mark]]:
        by_record = {}
        for mark in self.marks:
            by_record.setdefault((mark.kind, mark.pk), []).append(mark)
        return by_record

    def marks_on(self, record: Model) -> list[Mark]:
        return self.marks_by_record.get((record._meta.label_lower, record.pk), [])


def keep(*, faults: int, head: str, damaged_files: int | None, marks: Iterable[Mark] = ()) -> None:
    """Write down what was found, whole or not at all. A disk that takes nothing does not end the proof.

    Rule: R-PROOF-2. Where files were not read (`damaged_files` is None), what was found of them earlier stays.
    """
    with_files, before = damaged_files is not None, last()
    if not with_files and before:
        damaged_files = before.damaged_files
        marks = (*marks, *(mark for mark in before.marks if mark.harm is Harm.FILE))
    at, told = clock.machine_now().isoformat(timespec="seconds"), tuple(sorted(set(marks))[:MOST_MARKS])
    words = json.dumps(asdict(Verified(at, faults, with_files, head, damaged_files or 0, told)))
    _write(words)
    _share(words)


def last() -> Verified | None:
    """What was found last; nothing where nobody looked or what is kept cannot be read.

    Why by the file's mark: pages ask each time, and read it anew only after another proof.
    """
    try:
        told = _file().stat()
        return _read(_file(), (told.st_mtime_ns, told.st_ino, told.st_size))
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return None


@lru_cache(maxsize=1)
def _read(path: Path, stamp: tuple[int, ...]) -> Verified:
    told: dict[str, Any] = json.loads(path.read_text())
    marks = (Mark(**{**mark, "harm": Harm(mark["harm"])}) for mark in told.get("marks", ()))
    datetime.fromisoformat(told["at"])
    return Verified(**{**told, "marks": tuple(marks)})


def fetch() -> None:
    """Take over what another machine found, where stored files are in a bucket; a store that is away ends nobody.

    Why copied: pages ask for it each time, and must not wait for another machine.
    """
    if (store := shared()) is None:
        return
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        with store.read(_NAME) as kept:
            told = kept.read().decode()
        here = last()
        if here is None or here.at < json.loads(told)["at"]:
            _write(told)


def _share(words: str) -> None:
    if (store := shared()) is not None:
        with contextlib.suppress(OSError):
            store.write(_NAME, BytesIO(words.encode()))


def _write(words: str) -> None:
    half = _file().with_suffix(".part")
    with contextlib.suppress(OSError):
        half.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)
        with half.open("w") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        half.replace(_file())


def _file() -> Path:
    return Path(settings.MEDIA_ROOT) / _NAME
