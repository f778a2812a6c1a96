"""The list of conferences."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from agencies.models import Membership
from coordination.conferences.enums import ConferenceState, Reply
from coordination.conferences.models import Conference


@dataclass(frozen=True)
class ConferenceLists:
    """Conferences still to come or in session, the next one first, and those held, the last one first."""

    coming: list[Conference]
    past: list[Conference]


def conference_lists(actor: Membership, today: date, year: int | None = None) -> ConferenceLists:
    """The conferences an actor sees, of one year or of all. One query."""
    rows = Conference.objects.visible_to(actor).select_related("organiser", "unit").order_by("held_on", "-half_day")
    rows = rows.annotate(invited=_invited(), answered=_invited(~Q(invitations__reply=Reply.AWAITED)))
    rows = [row.addressed_for(actor) for row in (rows.touching(year) if year else rows)]
    past = [row for row in rows if _is_past(row, today)]
    return ConferenceLists([row for row in rows if row not in past], past[::-1])


def _invited(*narrowed: Q) -> Count:
    """How many seats were invited to, those withdrawn left out."""
    sent = Q(invitations__sent_at__isnull=False, invitations__withdrawn_at=None)
    return Count("invitations", filter=Q(sent, *narrowed))


def _is_past(conference: Conference, today: date) -> bool:
    return conference.state == ConferenceState.HELD or conference.held_on < today
