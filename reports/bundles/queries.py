"""Which papers a bundle holds."""

from datetime import MAXYEAR, MINYEAR

from django.db.models import QuerySet

from agencies.models import Membership
from reports.issuing.models import IssuedDocument


def papers_of_year(actor: Membership, year: int) -> QuerySet[IssuedDocument]:
    """The papers dated in a year among those the actor sees, in the order of their days; none outside the calendar."""
    if not MINYEAR <= year <= MAXYEAR:
        return IssuedDocument.objects.none()
    seen = IssuedDocument.objects.visible_to(actor).filter(dated_on__year=year)
    return seen.select_related("file", "withdrawal").order_by("dated_on", "pk")
