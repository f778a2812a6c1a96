"""Reading the files of the folder of trust: certificates of authorities and their lists of what they revoked."""

import base64
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Authority:
    """A certificate in PEM, the name in it, and until when it holds."""

    pem: str
    name: str
    until: datetime


def certificates_in(path: Path) -> list[Authority]:
    """The certificates of a file, PEM or DER; none where it holds something else."""
    content = path.read_bytes()
    try:
        if b"-----BEGIN" in content:
            found = x509.load_pem_x509_certificates(content)
        else:
            found = [x509.load_der_x509_certificate(content)]
    except ValueError:
        log.error("Not a certificate, so nobody is trusted by it: %s", path)
        return []
    return [Authority(one.public_bytes(Encoding.PEM).decode(), _name(one), one.not_valid_after_utc) for one in found]


def lists_in(path: Path) -> list[str]:
    """The list of a file, in DER written in base 64; none where it holds something else."""
    found = _list_in(path)
    return [] if found is None else [base64.b64encode(found.public_bytes(Encoding.DER)).decode()]


def list_holds_until(path: Path) -> datetime | None:
    """When a newer list takes its place, if it says so; nothing where the file holds something else."""
    found = _list_in(path)
    return None if found is None else found.next_update_utc


def _list_in(path: Path) -> x509.CertificateRevocationList | None:
    content = path.read_bytes()
    load = x509.load_pem_x509_crl if b"-----BEGIN" in content else x509.load_der_x509_crl
    try:
        return load(content)
    except ValueError:
        log.error("Not a list of revoked certificates: %s", path)
        return None


def _name(certificate: x509.Certificate) -> str:
    found = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()
