"""Taking a file in: name, size and content are checked before one byte is kept. Handing it out: who got it is told."""

import hashlib
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from records import clock, text
from records.audit.enums import AuditAction
from records.audit.services import Actor, record
from records.errors import RuleBroken
from records.files.enums import FileKind
from records.files.models import StoredFile

_ENDINGS = {"pdf": FileKind.PDF, "docx": FileKind.DOCX, "xlsx": FileKind.XLSX,
            "jpg": FileKind.JPEG, "jpeg": FileKind.JPEG, "png": FileKind.PNG}  # fmt: skip
_OPENINGS = {FileKind.PDF: b"%PDF-", FileKind.JPEG: b"\xff\xd8\xff", FileKind.PNG: b"\x89PNG\r\n\x1a\n"}
_OFFICE_PART = {FileKind.DOCX: "word/document.xml", FileKind.XLSX: "xl/workbook.xml"}
_MAX_UNPACKED_BYTES = 200 * 1024 * 1024


def check_file(name: str, content: BinaryIO, size_bytes: int) -> FileKind:
    """Tell what kind a file is, or refuse it.

    Rule: PDF, Word, Excel, JPG and PNG up to the office's limit; the content must be what the name says.
    Raises: RuleBroken with a sentence that names the limit or the accepted kinds.
    """
    limit = settings.EVIDENCE_MAX_BYTES
    if size_bytes > limit:
        raise RuleBroken(
            _("The file could not be loaded: it has %(size)s MB, the limit is %(limit)s MB. Compress it or split it.")
            % {"size": -(-size_bytes // 1024**2), "limit": limit // 1024**2}
        )
    if size_bytes == 0:
        raise RuleBroken(_("The file is empty. Choose it again."))
    kind = _ENDINGS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise RuleBroken(_("Only PDF, Word, Excel, JPG and PNG files are accepted"))
    if not _content_is(kind, content):
        raise RuleBroken(_("The content of the file is not what its name says. Save it again as PDF and choose it."))
    return kind


def keep(name: str, content: BinaryIO, size_bytes: int) -> StoredFile:
    """Check a file, write it whole or not at all, and record it.

    Raises: RuleBroken as `check_file`.
    """
    kind = check_file(name, content, size_bytes)
    content.seek(0)
    digest = _write(iter(lambda: content.read(1024 * 1024), b""))
    return StoredFile.objects.create(
        name=safe_name(name, kind), kind=kind, size_bytes=size_bytes, sha256=digest, stored_at=clock.now()
    )


def keep_bytes(name: str, kind: FileKind, content: bytes) -> StoredFile:
    """Record bytes the portal itself made, such as an issued paper."""
    return StoredFile.objects.create(
        name=safe_name(name, kind), kind=kind, size_bytes=len(content), sha256=_write([content]), stored_at=clock.now()
    )


def hand_over(file: StoredFile, *, about: models.Model, actor: Actor, **told) -> BinaryIO:
    """Open a stored file for someone who may have it; the audit tells who got which file of what.

    Rule: R-AUDIT-1. The room the file belongs to has asked whether they may.
    Raises: FileNotFoundError when the bytes are gone; then nobody got them and nothing is told.
    """
    content = file.path.open("rb")
    try:
        whole = {**told, "file": file.name, "sha256": file.sha256}
        record(AuditAction.DOWNLOADED, actor=actor, about=about, after=whole)
    except BaseException:
        content.close()
        raise
    return content


def safe_name(name: str, kind: FileKind) -> str:
    """The name to show and to offer at download: no folders, no control characters, the ending of its true kind."""
    base = text.without_forbidden(text.nfc(name)).replace("\\", "/").rpartition("/")[2]
    stem = re.sub(r'[<>:"|?*;%\r\n\t]+', " ", base.rpartition(".")[0] or base).strip(" .")
    return f"{stem[:120].strip(' .-') or 'tep'}.{kind.value}"


def _content_is(kind: FileKind, content: BinaryIO) -> bool:
    content.seek(0)
    if kind in _OPENINGS:
        return content.read(16).startswith(_OPENINGS[kind])
    try:
        with zipfile.ZipFile(content) as packed:
            names = packed.namelist()
            unpacked = sum(info.file_size for info in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    has_macro = any(name.lower().endswith("vbaproject.bin") for name in names)
    return _OFFICE_PART[kind] in names and not has_macro and unpacked <= _MAX_UNPACKED_BYTES


def _write(chunks: Iterable[bytes]) -> str:
    """Write to a side file, flush to disk, then rename to the digest: never half a file under its final name."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle, side = tempfile.mkstemp(dir=root, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        final = root / digest.hexdigest()[:2] / digest.hexdigest()
        final.parent.mkdir(exist_ok=True)
        os.replace(side, final)
    except BaseException:
        Path(side).unlink(missing_ok=True)
        raise
    return digest.hexdigest()
