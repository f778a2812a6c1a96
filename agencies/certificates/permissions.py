"""Who registers certificates of signature."""

from agencies.access.decisions import YES, unseen
from agencies.certificates.models import SigningCertificate
from agencies.directory.models import Agency
from agencies.people.models import Membership
from agencies.people.permissions import can_keep_offices
from records.errors import Decision


def can_keep_certificates(actor: Membership, agency: Agency) -> Decision:
    """Whoever keeps the posts of an agency registers and ends the certificates bound to them."""
    return can_keep_offices(actor, agency)


def can_view_certificate(actor: Membership, certificate: SigningCertificate) -> Decision:
    """Whoever's directory shows the agency sees which certificates sign for it; they hold no secret."""
    seen = SigningCertificate.objects.visible_to(actor).filter(pk=certificate.pk).exists()
    return YES if seen else unseen()
