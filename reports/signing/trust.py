"""Whom the portal trusts: root and issuing certificates and revocation lists the office puts into one folder.

Rule: R-SIGN-9. The folder is configuration (`PORTAL_TRUST`): *.pem, *.crt and *.cer hold certificates, *.crl lists.
They are read at every check, so that a new list counts at once; what cannot be read is told in the log, not trusted.
"""

import base64
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

log = logging.getLogger(__name__)
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
    certificates = [one for path in _files(_CERTIFICATES) for one in _certificates(path)]
    lists = [one for path in _files(_LISTS) for one in _revocations(path)]
    return Trust(
        roots=tuple(one.public_bytes(Encoding.PEM).decode() for one in certificates),
        lists=tuple(base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in lists),
        names=tuple(_name(one) for one in certificates),
    )


def _files(endings: tuple[str, ...]) -> list[Path]:
    folder = Path(settings.SIGNING_TRUST)
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in endings) if folder.is_dir() else []


def _certificates(path: Path) -> list[x509.Certificate]:
    content = path.read_bytes()
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except ValueError:
        log.error("Not a certificate, so nobody is trusted by it: %s", path)
        return []


def _revocations(path: Path) -> list[x509.CertificateRevocationList]:
    content = path.read_bytes()
    load = x509.load_pem_x509_crl if b"-----BEGIN" in content else x509.load_der_x509_crl
    try:
        return [load(content)]
    except ValueError:
        log.error("Not a list of revoked certificates: %s", path)
        return []


def _name(certificate: x509.Certificate) -> str:
    found = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()
