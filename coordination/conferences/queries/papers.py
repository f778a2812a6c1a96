"""What the organiser issued about conferences: the invitation before, the notice of conclusions afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from agencies.models import Membership
from coordination.conferences.enums import ConferenceState
from coordination.conferences.models import Conference
from coordination.register.enums import DocumentType
from coordination.register.issued import IssuedAs, issued_as
from records import clock

NEWS_DAYS = 14


@dataclass(frozen=True)
class Announced:
    """A conference with the paper about it."""

    conference: Conference
    issued: IssuedAs


def invitations_to(actor: Membership, today: date, *, most: int) -> list[Announced]:
    """Conferences to come, of other agencies, to which an invitation was issued; the next one first. Two queries.

    Rule: R-PAPER-3. Invited is whoever sees the conference: who stands on its list or brings a program to it.
    """
    coming = Conference.objects.visible_to(actor).filter(held_on__gte=today).exclude(state=ConferenceState.HELD)
    theirs = coming.exclude(organiser_id__in=actor.agency_ids()).select_related("organiser").order_by("held_on", "pk")
    return _announced(DocumentType.INVITATION, theirs)[:most]


def conclusions_told_to(actor: Membership, today: date, *, most: int) -> list[Announced]:
    """Conferences of other agencies whose notice of conclusions was issued in the last two weeks. Two queries.

    Rule: R-PAPER-3.
    """
    held = Conference.objects.visible_to(actor).filter(state=ConferenceState.HELD)
    theirs = held.exclude(organiser_id__in=actor.agency_ids()).select_related("organiser").order_by("-held_on", "-pk")
    since = clock.at(today - timedelta(days=NEWS_DAYS))
    return [one for one in _announced(DocumentType.NOTICE, theirs) if one.issued.issued_at >= since][:most]


def _announced(kind: DocumentType, conferences: Iterable[Conference]) -> list[Announced]:
    found = list(conferences)
    issued = issued_as(kind, [conference.pk for conference in found])
    return [Announced(one, issued[one.pk]) for one in found if one.pk in issued]
