"""Keeping the files that prove a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from coordination.tasks.enums import EvidenceKind
from coordination.tasks.models import Evidence, PartReport, ProgressReport
from records.errors import RuleBroken
from records.files.enums import FileKind
from records.files.services import keep

_PHOTO_KINDS = (FileKind.JPEG, FileKind.PNG)


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    name: str
    content: BinaryIO
    size_bytes: int


def attach(report: ProgressReport | PartReport, files: Sequence[Upload]) -> list[Evidence]:
    """Keep files with the report they prove, all of them or none.

    Rule: R-PROGRESS-3. Raises: RuleBroken naming the file that is refused and why.
    """
    return [_attached(report, upload) for upload in files]


def digests_of(evidence: Sequence[Evidence]) -> list[str]:
    """The digests by which the audit knows what was sent."""
    return [one.file.sha256 for one in evidence]


def _attached(report: ProgressReport | PartReport, upload: Upload) -> Evidence:
    try:
        stored = keep(upload.name, upload.content, upload.size_bytes)
    except RuleBroken as refusal:
        raise RuleBroken(f"{upload.name[:80]}: {refusal}", "files") from refusal
    proven = {"part": report} if isinstance(report, PartReport) else {"report": report}
    kind = EvidenceKind.PHOTO if stored.kind in _PHOTO_KINDS else EvidenceKind.DOCUMENT
    return Evidence.objects.create(file=stored, kind=kind, **proven)
