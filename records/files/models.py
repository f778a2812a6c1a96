"""Files as evidence: bytes named by their digest, kept outside the web root, never replaced."""

from typing import BinaryIO

from django.db import models

from records.fields import Line
from records.files.enums import HANDED_OUT, FileKind, ScanState
from records.files.stores import kept_files


class StoredFile(models.Model):
    """One uploaded or issued file: the name it came with, what it is, how large, its SHA-256."""

    name = Line(max_length=150)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    stored_at = models.DateTimeField()
    scan = models.CharField(max_length=10, choices=ScanState.choices, default=ScanState.UNNEEDED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(scan__in=ScanState.values), name="storedfile_scan_known"),
            models.CheckConstraint(condition=models.Q(size_bytes__gt=0), name="storedfile_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def open(self) -> BinaryIO:
        """The bytes, from their beginning.

        Raises: FileNotFoundError when they are gone; StoreFailed, an OSError, where their store does not answer.
        """
        return kept_files().open(self.sha256)

    def content(self) -> bytes:
        """All of the bytes. Raises: as `open`."""
        with self.open() as kept:
            return kept.read()

    @property
    def can_be_handed_out(self) -> bool:
        """Whether the scanner, where the office has one, has seen the file and found nothing. Rule: R-FILE-3."""
        return self.scan in HANDED_OUT
