"""Reading the files of the folder of trust: certificates of authorities and their lists of what they revoked."""

import base64
import logging
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Authority:
    """A certificate in PEM, and the name in it."""

    pem: str
    name: str


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
    return [Authority(one.public_bytes(Encoding.PEM).decode(), _name(one)) for one in found]


def lists_in(path: Path) -> list[str]:
    """The list of a file, in DER written in base 64; none where it holds something else."""
    content = path.read_bytes()
    load = x509.load_pem_x509_crl if b"-----BEGIN" in content else x509.load_der_x509_crl
    try:
        return [base64.b64encode(load(content).public_bytes(Encoding.DER)).decode()]
    except ValueError:
        log.error("Not a list of revoked certificates: %s", path)
        return []


def _name(certificate: x509.Certificate) -> str:
    found = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()
