from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """The kinds of file an office sends; the content must show what the name says."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word")
    XLSX = "xlsx", _("Excel")
    JPEG = "jpg", _("JPG picture")
    PNG = "png", _("PNG picture")

    @property
    def media_type(self) -> str:
        return {
            "pdf": "application/pdf",
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "jpg": "image/jpeg",
            "png": "image/png",
        }[self.value]


class ScanState(models.TextChoices):
    """What the office's virus scanner said of a file; only what it said no to and what it has not seen is kept back."""

    UNNEEDED = "unneeded", _("No scanner")
    WAITING = "waiting", _("Not scanned yet")
    CLEAN = "clean", _("No virus found")
    INFECTED = "infected", _("Virus found")


HANDED_OUT = (ScanState.UNNEEDED, ScanState.CLEAN)
