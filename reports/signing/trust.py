"""Whom the portal trusts: root and issuing certificates and revocation lists the office puts into one folder.

Rule: R-SIGN-9. The folder is configuration (`PORTAL_TRUST`): *.pem, *.crt and *.cer hold certificates, *.crl lists.
They are read at every check, so that a new list counts at once; what cannot be read is told in the log, not trusted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

_CERTIFICATES, _LISTS = (".pem", ".crt", ".cer"), (".crl",)


@dataclass(frozen=True)
class Trust:
    """Certificates in PEM, revocation lists in DER written in base 64, and the names of the first for a page."""

    roots: tuple[str, ...]
    lists: tuple[str, ...]
    names: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.roots)

    def with_lists(self, lists: Sequence[str]) -> "Trust":
        """The same, with lists that were had elsewhere."""
        return replace(self, lists=(*self.lists, *lists))


def trusted() -> Trust:
    """What lies in the folder now."""
    from reports.signing import authorities

    certificates = [one for path in certificate_files() for one in authorities.certificates_in(path)]
    return Trust(
        roots=tuple(certificate.pem for certificate in certificates),
        lists=tuple(one for path in list_files() for one in authorities.lists_in(path)),
        names=tuple(certificate.name for certificate in certificates),
    )


def certificate_files() -> list[Path]:
    """The files of the folder that should hold certificates."""
    return _files(_CERTIFICATES)


def list_files() -> list[Path]:
    """The files of the folder that should hold lists of revoked certificates."""
    return _files(_LISTS)


def _files(endings: tuple[str, ...]) -> list[Path]:
    folder = Path(settings.SIGNING_TRUST)
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in endings) if folder.is_dir() else []
