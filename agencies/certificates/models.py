"""Certificates of signature bound to the offices of an agency: which one may sign for whom, since when, and why."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from agencies.access.scopes import seen_through
from agencies.certificates.enums import CertificatePurpose
from agencies.directory.models import Agency
from agencies.people.models import Membership, Office, Person
from records.fields import Line, Prose


class SigningCertificateQuerySet(seen_through("agency")):
    """Certificates, as the page of an agency lists them and the check of a signature finds them."""

    def live(self) -> "SigningCertificateQuerySet":
        """Those nobody has ended."""
        return self.filter(ended_at=None)


class SigningCertificate(models.Model):
    """One certificate registered for an office of an agency, or for its seal. The public part only: no key is kept.

    Rule: R-CERT-1. A signature counts by the certificate itself, known by its fingerprint, never by the name in it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="signing_certificates")
    purpose = models.CharField(max_length=6, choices=CertificatePurpose.choices)
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="signing_certificates"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="signing_certificates"
    )
    subject = Line(max_length=300)
    issuer = Line(max_length=300)
    serial = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    content = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    reason = Prose()
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    end_reason = Prose(blank=True)

    objects = SigningCertificateQuerySet.as_manager()

    class Meta:
        ordering = ["purpose", "-registered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=CertificatePurpose.PERSON, office__isnull=False)
                | Q(purpose=CertificatePurpose.SEAL, office=None, person=None),
                name="signingcertificate_is_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="signingcertificate_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="signingcertificate_registered_with_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(end_reason=""), name="signingcertificate_ended_with_reason"
            ),
            models.UniqueConstraint(
                fields=["agency", "fingerprint", "office"],
                condition=Q(ended_at=None, office__isnull=False),
                name="signingcertificate_once_for_an_office",
            ),
            models.UniqueConstraint(
                fields=["agency", "fingerprint"],
                condition=Q(ended_at=None, office=None),
                name="signingcertificate_once_as_seal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} · {self.serial}"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether its own period covers a moment."""
        return self.valid_from <= moment <= self.valid_to
