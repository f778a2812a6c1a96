"""Named reads about certificates of signature."""

from datetime import date, datetime

from django.db.models import QuerySet

from agencies.certificates.enums import CertificatePurpose
from agencies.certificates.models import SigningCertificate
from agencies.directory.models import Agency
from agencies.people.models import OfficeHolding, Person


def certificates_of(agency: Agency) -> QuerySet[SigningCertificate]:
    """Every certificate of an agency, the live ones first."""
    rows = agency.signing_certificates.select_related("office", "person", "registered_by__agency", "ended_by__agency")
    return rows.order_by("ended_at", "purpose", "office__protocol_order", "pk")


def live_certificates_until() -> list[tuple[str, datetime]]:
    """In whose name every live certificate of the portal is, and until when it holds, the first to end first."""
    return list(SigningCertificate.objects.live().order_by("valid_to", "pk").values_list("subject", "valid_to"))


def seals_of(agency: Agency) -> list[SigningCertificate]:
    """The live certificates of an agency's seal."""
    return list(agency.signing_certificates.live().filter(purpose=CertificatePurpose.SEAL))


def personal_certificates(
    agency: Agency, *, signer: Person | None, printed_title: str, day: date
) -> list[SigningCertificate]:
    """The live certificates by which whoever is printed as signer may sign for an agency on a day.

    Rule: R-CERT-1. Where the person is known, those of an office the person holds there that day; otherwise those of
    the office printed under the signature, whoever holds it.
    """
    live = agency.signing_certificates.live().filter(purpose=CertificatePurpose.PERSON)
    rows = list(live.select_related("office", "person").prefetch_related("office__titles"))
    if signer is None:
        return [one for one in rows if one.office.title_on(day).printed_title == printed_title]
    held = OfficeHolding.objects.on(day).filter(person=signer, office__agency=agency)
    offices = set(held.values_list("office_id", flat=True))
    return [one for one in rows if one.office_id in offices and one.person_id in (None, signer.pk)]
