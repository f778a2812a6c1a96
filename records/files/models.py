"""Files as evidence: bytes named by their digest, kept outside the web root, never replaced."""

from pathlib import Path

from django.conf import settings
from django.db import models

from records.fields import Line
from records.files.enums import FileKind


class StoredFile(models.Model):
    """One uploaded or issued file: the name it came with, what it is, how large, its SHA-256."""

    name = Line(max_length=150)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size_bytes__gt=0), name="storedfile_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie: two letters of the digest, then the digest."""
        return Path(settings.MEDIA_ROOT) / self.sha256[:2] / self.sha256
