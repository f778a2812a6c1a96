"""A stored file that goes with a letter: the same bytes that were kept, or none."""

import hashlib

from django.core.mail import EmailMessage

from records.files.enums import FileKind
from records.files.models import StoredFile


def enclose(message: EmailMessage, file: StoredFile) -> None:
    """Put the file into the message.

    Rule: R-MAIL-3. What is enclosed must be what was kept: its digest is asked before it leaves.
    Raises: OSError where the bytes are gone; ValueError where they are others.
    """
    content = file.content()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ValueError(f"the enclosed file {file.pk} is not what was kept")
    message.attach(file.name, content, FileKind(file.kind).media_type)
