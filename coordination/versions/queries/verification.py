"""Proving the versions: each one's content by its digest, and its digest by what the log told when it was frozen."""

from collections.abc import Iterator
from dataclasses import dataclass

from coordination.programs.models import ProgramVersion
from coordination.programs.services.snapshot import digest_of
from records.audit.queries import entries_about

_PIECE = 50


@dataclass(frozen=True)
class DamagedVersion:
    """A version that is not what was frozen; whether its digest tells so, or only the log."""

    version: ProgramVersion
    is_known_by_digest: bool

    def __str__(self) -> str:
        fault = (
            "is not the content that was frozen" if self.is_known_by_digest else "has another digest than the log tells"
        )
        return f"Version {self.version.label} of {self.version.program.code} {fault}."


def damaged_versions() -> Iterator[DamagedVersion]:
    """Every version whose content is not the one that was frozen; nothing when all are whole.

    Rule: R-VERSION-5. The log tells the digest of each version and is proved by itself, so that content and digest
    cannot both be exchanged unnoticed.
    """
    for version in ProgramVersion.objects.select_related("program").order_by("pk").iterator(chunk_size=_PIECE):
        if digest_of(version.snapshot) != version.digest:
            yield DamagedVersion(version, is_known_by_digest=True)
        elif version.digest not in _told(version):
            yield DamagedVersion(version, is_known_by_digest=False)


def _told(version: ProgramVersion) -> set[str]:
    entries = entries_about(version.program).filter(after__version=version.label)
    return {digest for digest in entries.values_list("after__digest", flat=True) if digest}
