"""Seats follow their posts: when a conference moves to another day, whoever holds a post on that day is noted."""

from agencies.models import Membership
from coordination.conferences.models import Conference, Invitation
from coordination.conferences.queries.seats import Seat, seats_of
from records.audit.enums import AuditAction
from records.audit.services import record


def note_holders_anew(conference: Conference, *, actor: Membership) -> None:
    """Note title and holder of each invited post as they are on the conference's day, where the holder is another.

    Rule: R-PEOPLE-2. The conference is held by the caller. Why only then: a title corrected by hand stays while its
    holder does.
    """
    rows = list(conference.invitations.standing().filter(office__isnull=False).select_related("office__agency"))
    offices = {row.office_id: row.office for row in rows}
    seats: dict[int, list[Seat]] = {}
    for seat in seats_of(offices.values(), conference.held_on):
        seats.setdefault(seat.office.pk, []).append(seat)
    for row in rows:
        if (seat := _other_holder(row, rows, seats[row.office_id])) is not None:
            _seat(row, seat, actor=actor)


def _other_holder(row: Invitation, rows: list[Invitation], seats: list[Seat]) -> Seat | None:
    """Who holds the post instead of whoever is noted; None where the noted one still does or everyone has a seat."""
    if row.person_id in {seat.person.pk if seat.person else None for seat in seats}:
        return None
    seated = {other.person_id for other in rows if other.office_id == row.office_id and other.pk != row.pk}
    return next((seat for seat in seats if seat.person is None or seat.person.pk not in seated), None)


def _seat(row: Invitation, seat: Seat, *, actor: Membership) -> None:
    before = {"title": row.title, "person_name": row.person_name}
    row.title, row.person, row.person_name = seat.title, seat.person, seat.name
    row.save(update_fields=["title", "person", "person_name"])
    after = {"title": row.title, "person_name": row.person_name}
    record(AuditAction.CHANGED, actor=actor, about=row, before=before, after=after)
