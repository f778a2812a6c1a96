"""Whether a certificate or one above it was revoked, by the lists at hand; where its issuer publishes such lists."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from cryptography import x509

from reports.signing.looking.faults import Fault, Refused

Lists = Sequence[x509.CertificateRevocationList]
Certificates = Sequence[x509.Certificate]


def must_not_be_revoked(chain: Certificates, proved: datetime, lists: Lists) -> None:
    """None of the certificates, from the signer's upwards, had been revoked by the moment that is proved.

    A list counts against a certificate even when it holds no longer: what was revoked stays so.
    Raises: Refused.
    """
    for certificate in chain:
        for one in _of_issuer(certificate, chain, lists):
            entry = one.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is not None and entry.revocation_date_utc <= proved:
                raise Refused(Fault.REVOKED, f"{entry.revocation_date_utc.isoformat()} {certificate.serial_number:x}")


def is_known(chain: Certificates, roots: Certificates, moment: datetime, lists: Lists) -> bool:
    """Whether for each certificate that is not itself trusted a list holds at a moment."""
    return all(
        any(_holds(one, certificate, moment) for one in _of_issuer(certificate, chain, lists))
        for certificate in chain
        if certificate not in roots
    )


def addresses_of_lists(chain: Certificates, roots: Certificates) -> list[str]:
    """Where the issuers of those not themselves trusted publish their lists, as the certificates say."""
    return list(dict.fromkeys(address for one in chain if one not in roots for address in _addresses(one)))


def _of_issuer(
    certificate: x509.Certificate, chain: Certificates, lists: Lists
) -> Iterator[x509.CertificateRevocationList]:
    """The lists that whoever issued a certificate signed."""
    above = [one for one in chain if one.subject == certificate.issuer]
    for found in lists:
        if found.issuer == certificate.issuer and any(_is_signed(found, one) for one in above):
            yield found


def _is_signed(found: x509.CertificateRevocationList, by: x509.Certificate) -> bool:
    with suppress(Exception):
        return found.is_signature_valid(by.public_key())
    return False


def _holds(found: x509.CertificateRevocationList, certificate: x509.Certificate, moment: datetime) -> bool:
    """Whether a list speaks of such a certificate at a moment: issued before it, not overtaken, and not only a part."""
    if found.last_update_utc > moment or (found.next_update_utc is not None and found.next_update_utc < moment):
        return False
    with suppress(x509.ExtensionNotFound):
        found.extensions.get_extension_for_class(x509.DeltaCRLIndicator)
        return False
    with suppress(x509.ExtensionNotFound):
        part = found.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
        left_out = part.only_contains_user_certs if _is_authority(certificate) else part.only_contains_ca_certs
        return not (left_out or part.only_contains_attribute_certs or part.only_some_reasons)
    return True


def _is_authority(certificate: x509.Certificate) -> bool:
    with suppress(x509.ExtensionNotFound):
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    return False


def _addresses(certificate: x509.Certificate) -> Iterator[str]:
    with suppress(x509.ExtensionNotFound):
        for point in certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value:
            for name in point.full_name or ():
                if isinstance(name, x509.UniformResourceIdentifier) and name.value.startswith(("http://", "https://")):
                    yield name.value
