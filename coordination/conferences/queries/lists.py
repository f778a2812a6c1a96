"""The list of conferences."""

from dataclasses import dataclass
from datetime import date

from agencies.models import Membership
from coordination.conferences.enums import ConferenceState
from coordination.conferences.models import Conference


@dataclass(frozen=True)
class ConferenceLists:
    """Conferences still to come or in session, the next one first, and those held, the last one first."""

    coming: list[Conference]
    past: list[Conference]


def conference_lists(actor: Membership, today: date, year: int | None = None) -> ConferenceLists:
    """The conferences an actor sees, of one year or of all. One query."""
    rows = Conference.objects.visible_to(actor).select_related("organiser").order_by("held_on", "-half_day")
    rows = list(rows.touching(year) if year else rows)
    past = [row for row in rows if _is_past(row, today)]
    return ConferenceLists([row for row in rows if row not in past], past[::-1])


def _is_past(conference: Conference, today: date) -> bool:
    return conference.state == ConferenceState.HELD or conference.held_on < today
