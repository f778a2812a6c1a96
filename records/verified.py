"""What `manage.py verify` found last, kept beside the stored files for whoever looks at the server."""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from records import clock


@dataclass(frozen=True)
class Verified:
    """When, how many faults, whether every stored file was read, and the head of the log. Moments are the machine's."""

    at: str
    faults: int
    with_files: bool
    head: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def keep(*, faults: int, with_files: bool, head: str) -> None:
    """Write down what was found, whole or not at all. A disk that takes nothing does not end the proof."""
    told = Verified(clock.machine_now().isoformat(timespec="seconds"), faults, with_files, head)
    half = _file().with_suffix(".part")
    with contextlib.suppress(OSError):
        half.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with half.open("w") as file:
            file.write(json.dumps(asdict(told)))
            file.flush()
            os.fsync(file.fileno())
        half.replace(_file())


def last() -> Verified | None:
    """What was found last; nothing where nobody looked or what is kept cannot be read."""
    try:
        return Verified(**json.loads(_file().read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _file() -> Path:
    return Path(settings.MEDIA_ROOT) / "verified.json"
