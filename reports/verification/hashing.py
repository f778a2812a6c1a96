"""A file that is only compared: it passes through, and nothing of it stays but its digest."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.urls import reverse


class Compared(ContentFile):
    """What is left of a file that passed through: its name, its size, its SHA-256."""

    def __init__(self, name: str, size: int, sha256: str):
        super().__init__(b"", name)
        self.size, self.sha256 = size, sha256


class HashOnly(FileUploadHandler):
    """First of the portal's upload handlers; on the page that compares files it lets no other see one byte.

    Rule: R-VERIFY-4. The file lies neither in memory nor on the disk.
    """

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        compares = self.request is not None and self.request.path == reverse("reports:verify-file")
        self.digest = hashlib.sha256() if compares else None
        if compares:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.digest is None:
            return raw_data
        self.digest.update(raw_data)
        return None

    def file_complete(self, file_size: int) -> Compared | None:
        if self.digest is None:
            return None
        return Compared(self.file_name, file_size, self.digest.hexdigest())
