"""Named reads about stored files."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet

from records.files.enums import ScanState
from records.files.models import StoredFile

_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Damage:
    """A stored file whose bytes are not, or not all, what was kept."""

    pk: int
    name: str
    path: Path
    is_missing: bool

    def __str__(self) -> str:
        fault = "is missing" if self.is_missing else "is not the file that was kept"
        return f"File {self.pk} “{self.name}” {fault}: {self.path}."


def waiting_for_the_scanner() -> QuerySet[StoredFile]:
    """Files the virus scanner could not see when they came in, the oldest first."""
    return StoredFile.objects.filter(scan=ScanState.WAITING).order_by("pk")


def damaged_files() -> Iterator[Damage]:
    """Every stored file whose bytes are gone or do not have the digest and size they were kept with."""
    for file in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        if not file.path.is_file():
            yield Damage(file.pk, file.name, file.path, is_missing=True)
        elif file.path.stat().st_size != file.size_bytes or _digest_of(file.path) != file.sha256:
            yield Damage(file.pk, file.name, file.path, is_missing=False)


def _digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
