"""Proving the versions: each one's content by its digest, and its digest by what the log told when it was frozen."""

from collections.abc import Iterator

from coordination.programs.models import ProgramVersion
from coordination.programs.services.snapshot import digest_of
from records.audit.queries import entries_about

_PIECE = 50


def damaged_versions() -> Iterator[str]:
    """Every version whose content is not the one that was frozen, a sentence each; nothing when all are whole.

    Rule: R-VERSION-5. The log tells the digest of each version and is proved by itself, so that content and digest
    cannot both be exchanged unnoticed.
    """
    for version in ProgramVersion.objects.select_related("program").order_by("pk").iterator(chunk_size=_PIECE):
        if digest_of(version.snapshot) != version.digest:
            yield f"Version {version.label} of {version.program.code} is not the content that was frozen."
        elif version.digest not in _told(version):
            yield f"Version {version.label} of {version.program.code} has another digest than the log tells."


def _told(version: ProgramVersion) -> set[str]:
    entries = entries_about(version.program).filter(after__version=version.label)
    return {digest for digest in entries.values_list("after__digest", flat=True) if digest}
