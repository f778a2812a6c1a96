"""Taking a file in: name, size and content are checked before one byte is kept. Handing it out: who got it is told."""

import re
from typing import BinaryIO

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import clock, text
from records.audit.enums import AuditAction
from records.audit.services import Actor, record
from records.errors import Decision, NotAllowed, RuleBroken
from records.files.contents import look_inside
from records.files.contents.disguise import infected
from records.files.enums import FileKind, ScanState
from records.files.models import StoredFile
from records.files.scanning import Verdict, scan
from records.files.stores import kept_files, pieces
from records.secrecy import mark_in, mark_in_name

_ENDINGS = {"pdf": FileKind.PDF, "docx": FileKind.DOCX, "xlsx": FileKind.XLSX,
            "jpg": FileKind.JPEG, "jpeg": FileKind.JPEG, "png": FileKind.PNG}  # fmt: skip
_OLD_OFFICE = ("doc", "xls", "ppt")
_SCANNED = {
    Verdict.NOT_ASKED: ScanState.UNNEEDED,
    Verdict.CLEAN: ScanState.CLEAN,
    Verdict.INFECTED: ScanState.INFECTED,
    Verdict.NO_ANSWER: ScanState.WAITING,
}
_KEPT_BACK = {
    ScanState.WAITING: gettext_lazy("The file has not been scanned for viruses yet. Try again in a while."),
    ScanState.INFECTED: gettext_lazy("A virus was found in the file; it is handed to nobody."),
}
_PHONE_PICTURES = ("heic", "heif")


def check_file(name: str, content: BinaryIO, size_bytes: int) -> FileKind:
    """Tell what kind a file is, or refuse it.

    Rule: R-FILE-1, R-FILE-2, R-FILE-6. PDF, Word, Excel, JPG and PNG up to the office's limit; the content must be what
    the name says, hold nothing that acts by itself and bear no mark of secrecy.
    Raises: RuleBroken with a sentence that names the limit, the accepted kinds or what was found inside.
    """
    limit = settings.EVIDENCE_MAX_BYTES
    if size_bytes > limit:
        raise RuleBroken(
            _("The file could not be loaded: it has %(size)s MB, the limit is %(limit)s MB. Compress it or split it.")
            % {"size": -(-size_bytes // 1024**2), "limit": limit // 1024**2}
        )
    if size_bytes == 0:
        raise RuleBroken(_("The file is empty. Choose it again."))
    kind = _kind_by_name(name)
    look_inside(kind, content)
    must_bear_no_mark(name, kind, content)
    return kind


def must_bear_no_mark(name: str, kind: FileKind, content: BinaryIO) -> None:
    """Refuse a file whose name or first pages bear a mark of State secrecy.

    Rule: R-FILE-6. A picture of a page has no words to read; the form says what may not be sent.
    Raises: RuleBroken that names the degree.
    """
    from records.files.contents.reading import lines_of

    mark = mark_in_name(name) or mark_in("\n".join(lines_of(kind, content)))
    content.seek(0)
    if mark:
        raise RuleBroken(
            _(
                "The file bears the mark of secrecy “%(mark)s”; it was not kept. What is a State secret may not be "
                "brought into the portal: send it by the secret mail of your office."
            )
            % {"mark": mark}
        )


def keep(name: str, content: BinaryIO, size_bytes: int) -> StoredFile:
    """Check a file, write it whole or not at all, and record it.

    Rule: R-FILE-3. What the scanner could not see is kept, and handed to nobody until it has.
    Raises: RuleBroken as `check_file`, and for what the scanner found.
    """
    kind = check_file(name, content, size_bytes)
    state = _SCANNED[scan(content)]
    if state == ScanState.INFECTED:
        raise infected()
    content.seek(0)
    digest = kept_files().put(pieces(content))
    return StoredFile.objects.create(
        name=safe_name(name, kind), kind=kind, size_bytes=size_bytes, sha256=digest, stored_at=clock.now(), scan=state
    )


def keep_bytes(name: str, kind: FileKind, content: bytes) -> StoredFile:
    """Record bytes the portal itself made, such as an issued paper."""
    return StoredFile.objects.create(
        name=safe_name(name, kind),
        kind=kind,
        size_bytes=len(content),
        sha256=kept_files().put([content]),
        stored_at=clock.now(),
    )


def hand_over(file: StoredFile, *, about: models.Model, actor: Actor, **told) -> BinaryIO:
    """Open a stored file for someone who may have it; the audit tells who got which file of what.

    Rule: R-AUDIT-1, R-FILE-3. The room the file belongs to has asked whether they may.
    Raises: NotAllowed while the scanner has not seen the file; FileNotFoundError when the bytes are gone;
    StoreFailed where their store does not answer. Then nobody got them and nothing is told.
    """
    if not file.can_be_handed_out:
        raise NotAllowed(Decision(False, _KEPT_BACK[file.scan]))
    content = file.open()
    try:
        whole = {**told, "file": file.name, "sha256": file.sha256}
        record(AuditAction.DOWNLOADED, actor=actor, about=about, after=whole)
    except BaseException:
        content.close()
        raise
    return content


@transaction.atomic
def scan_again(file: StoredFile) -> StoredFile:
    """Let the scanner see a file it could not see when it came in; the log tells what it said.

    Rule: R-FILE-3.
    """
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    if file.scan != ScanState.WAITING:
        return file
    with file.open() as content:
        verdict = scan(content)
    if verdict in (Verdict.CLEAN, Verdict.INFECTED):
        file.scan = _SCANNED[verdict]
        file.save(update_fields=["scan"])
        told = {"file": file.name, "sha256": file.sha256, "scan": file.scan}
        record(AuditAction.CHANGED, about=file, before={"scan": ScanState.WAITING}, after=told)
    return file


def safe_name(name: str, kind: FileKind) -> str:
    """The name to show and to offer at download: no folders, no control characters, the ending of its true kind."""
    base = text.without_forbidden(text.nfc(name)).replace("\\", "/").rpartition("/")[2]
    stem = re.sub(r'[<>:"|?*;%\r\n\t]+', " ", base.rpartition(".")[0] or base).strip(" .")
    return f"{stem[:120].strip(' .-') or 'tep'}.{kind.value}"


def name_of_paper(title: str, kind: FileKind) -> str:
    """The name a paper leaves under: all of its title, what separates folders as a dash, and its ending.

    Why not `safe_name`: a title is no path and has no ending of its own; "2021/2022" and "TT.HĐND" stay.
    """
    unfolded = re.sub(r"[/\\]+", "-", text.nfc(title))
    return safe_name(f"{unfolded.strip() or 'tep'}.{kind.value}", kind)


def _kind_by_name(name: str) -> FileKind:
    ending = name.rpartition(".")[2].lower()
    if ending in _OLD_OFFICE:
        raise RuleBroken(_("The file is of the old kind (.doc, .xls). Save it as .docx, .xlsx or PDF and choose it."))
    if ending in _PHONE_PICTURES:
        raise RuleBroken(_("Pictures of this kind (HEIC) are not accepted. Send them as JPG; phones can be set to."))
    if ending not in _ENDINGS:
        raise RuleBroken(_("Only PDF, Word, Excel, JPG and PNG files are accepted"))
    return _ENDINGS[ending]
