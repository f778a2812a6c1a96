"""A certificate file as an office sends it: what it is, whose, from whom, until when."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils.translation import gettext as _

from records import clock, text
from records.errors import RuleBroken

MOST_BYTES = 20 * 1024
_PRIVATE = re.compile(rb"PRIVATE KEY")
_PKCS12 = re.compile(rb"^\x30.{1,4}\x02\x01\x03", re.DOTALL)


@dataclass(frozen=True)
class ReadCertificate:
    """The facts of a certificate; `content` is its DER form."""

    content: bytes
    fingerprint: str
    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime


def read_certificate(content: bytes) -> ReadCertificate:
    """The certificate in a file, PEM or DER.

    Rule: R-CERT-2. A file with a private key is refused and not kept: the portal takes certificates, never keys.
    Raises: RuleBroken saying what the file is, or that the certificate cannot sign.
    """
    if len(content) > MOST_BYTES:
        raise RuleBroken(_("A certificate file has at most 20 KB. Export the certificate alone."), "file")
    if _PRIVATE.search(content) or _PKCS12.match(content):
        raise RuleBroken(
            _("The file holds a private key. Never send a key: export the certificate without it, as .cer or .pem."),
            "file",
        )
    found = _parsed(content)
    _must_sign(found)
    der = found.public_bytes(Encoding.DER)
    return ReadCertificate(
        content=der,
        fingerprint=hashlib.sha256(der).hexdigest(),
        subject=_name(found.subject),
        issuer=_name(found.issuer),
        serial=f"{found.serial_number:x}"[:64],
        valid_from=found.not_valid_before_utc,
        valid_to=found.not_valid_after_utc,
    )


def _parsed(content: bytes) -> x509.Certificate:
    load = x509.load_pem_x509_certificate if b"-----BEGIN" in content else x509.load_der_x509_certificate
    try:
        found = load(content)
        # Parts are read when they are asked for; a broken one is broken here and not later.
        _unused = (found.subject, found.issuer, found.extensions, found.not_valid_after_utc, found.public_key())
    except Exception as broken:
        refusal = RuleBroken(_("The file is no certificate. Export it from the signing tool as .cer or .pem."), "file")
        raise refusal from broken
    return found


def _must_sign(found: x509.Certificate) -> None:
    if found.not_valid_after_utc <= clock.now():
        raise RuleBroken(_("The certificate has expired."), "file")
    try:
        usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise RuleBroken(_("The certificate is not for signing."), "file")


def _name(name: x509.Name) -> str:
    """The common name, then the organisation, as people read them."""
    wanted = (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME)
    parts = [str(part.value) for oid in wanted for part in name.get_attributes_for_oid(oid)]
    plain = ", ".join(dict.fromkeys(parts)) or name.rfc4514_string()
    return " ".join(text.without_forbidden(text.nfc(plain)).split())[:300] or "?"
