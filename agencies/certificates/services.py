"""Registering certificates for offices and seals, and ending them."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.certificates.enums import CertificatePurpose
from agencies.certificates.models import SigningCertificate
from agencies.certificates.permissions import can_keep_certificates
from agencies.directory.lineage import has_ended
from agencies.directory.models import Agency
from agencies.people.models import Membership, Office, OfficeHolding, Person
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken


@transaction.atomic
def register_certificate(
    agency: Agency, *, actor: Membership, content: bytes, office: Office | None, reason: str
) -> SigningCertificate:
    """Bind a certificate to an office of an agency and to who holds it today; without an office, to its seal.

    Rule: R-CERT-1, R-CERT-2. The same certificate may be bound to several offices of one person.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    from agencies.certificates.reading import read_certificate

    require(can_keep_certificates(actor, agency))
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    if has_ended(agency, clock.today()):
        raise RuleBroken(_("The agency has ended; nobody signs for it any more."))
    if office is not None and (office.agency_id != agency.pk or office.ended_on is not None):
        raise RuleBroken(_("Choose one of the listed values"), "office")
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    found = read_certificate(content)
    if agency.signing_certificates.live().filter(fingerprint=found.fingerprint, office=office).exists():
        raise RuleBroken(_("This certificate is registered for it already."), "file")
    certificate = SigningCertificate.objects.create(
        agency=agency,
        purpose=CertificatePurpose.PERSON if office else CertificatePurpose.SEAL,
        office=office,
        person=_only_holder(office) if office else None,
        subject=found.subject,
        issuer=found.issuer,
        serial=found.serial,
        fingerprint=found.fingerprint,
        content=found.content,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        reason=reason.strip(),
        registered_at=clock.now(),
        registered_by=actor,
    )
    record(AuditAction.CREATED, actor=actor, about=certificate, after=_told(certificate) | {"reason": reason.strip()})
    return certificate


@transaction.atomic
def end_certificate(certificate: SigningCertificate, *, actor: Membership, reason: str) -> SigningCertificate:
    """From now on nothing signed by this certificate is taken any more; what was taken stays as it was judged.

    Rule: R-CERT-1.
    Raises: NotAllowed; Conflict when it was ended already; RuleBroken without a reason.
    """
    rows = SigningCertificate.objects.select_for_update(of=("self",)).select_related("agency")
    certificate = rows.get(pk=certificate.pk)
    require(can_keep_certificates(actor, certificate.agency))
    if not certificate.is_live:
        raise Conflict(_("The certificate was ended already."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    certificate.ended_at, certificate.ended_by, certificate.end_reason = clock.now(), actor, reason.strip()
    certificate.save(update_fields=["ended_at", "ended_by", "end_reason"])
    told = {"certificate": certificate.subject, "serial": certificate.serial, "reason": reason.strip()}
    record(AuditAction.ENDED, actor=actor, about=certificate, after=told)
    return certificate


def _only_holder(office: Office) -> Person | None:
    """Who holds a post with one seat today; nobody where it is not known or several hold it."""
    held = list(OfficeHolding.objects.on(clock.today()).filter(office=office).select_related("person")[:2])
    return held[0].person if len(held) == 1 else None


def _told(certificate: SigningCertificate) -> dict:
    return {
        "agency": certificate.agency.code,
        "office": str(certificate.office or ""),
        "certificate": certificate.subject,
        "issuer": certificate.issuer,
        "serial": certificate.serial,
        "fingerprint": certificate.fingerprint,
        "until": certificate.valid_to,
    }
