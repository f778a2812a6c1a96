"""Proving the versions: each one's content by its digest, and its digest by what the log told when it was frozen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

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
        told = {"version": self.version.label, "code": self.version.program.code}
        if self.is_known_by_digest:
            return (
                _(
                    "Version %(version)s of program %(code)s no longer has the content it was frozen with. Sign and "
                    "issue nothing from it; compare it with a backup."
                )
                % told
            )
        return (
            _(
                "Version %(version)s of program %(code)s has another digest than the log tells. Sign and issue nothing "
                "from it; compare it with a backup."
            )
            % told
        )


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
