"""Who leads a conference: those who chair it and its highest guest, each by the office of that day."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership, Person
from coordination.conferences.models import Chair, Conference
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.queries.seats import Seat, titles_of
from coordination.conferences.services.locking import locked
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@dataclass(frozen=True)
class Leading:
    """Who leads a conference, as its form names them; a title left empty is the one held that day.

    A guest from outside the portal has a name only.
    """

    chairs: Sequence[Seat] = ()
    concluder: Person | None = None
    concluder_title: str = ""
    guest: Person | None = None
    guest_name: str = ""
    guest_title: str = ""


@transaction.atomic
def name_chairs(conference: Conference, *, actor: Membership, seats: Sequence[Seat]) -> list[Chair]:
    """Record who chairs the conference, the first one first; several chair it together. Nobody takes them all away.

    Raises: NotAllowed.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    chairs = [
        Chair(conference=conference, office=seat.office, person=seat.person, name=seat.name, title=seat.title)
        for seat in seats
    ]
    return _chaired(conference, chairs, actor=actor)


@transaction.atomic
def name_chair(conference: Conference, *, actor: Membership, person: Person, title: str = "") -> Conference:
    """Record the one person who chaired the conference, with the titles of that day."""
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    title = title or titles_of(person, conference.held_on)
    _chaired(conference, [Chair(conference=conference, person=person, name=person.full_name, title=title)], actor=actor)
    return conference


@transaction.atomic
def name_highest_guest(
    conference: Conference, *, actor: Membership, person: Person | None = None, title: str = "", name: str = ""
) -> Conference:
    """Record the highest guest, with the titles of that day; one from outside the portal by name.

    Raises: NotAllowed; RuleBroken where a name has no title.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    name = person.full_name if person else name
    title = title or (titles_of(person, conference.held_on) if person else "")
    if name and not title.strip():
        raise RuleBroken(_("Enter the title of the highest guest"), "guest_title")
    named = {"highest_guest": person, "highest_guest_name": name, "highest_guest_title": title}
    before = {"highest_guest": conference.guest_name, "highest_guest_title": conference.highest_guest_title}
    for field, value in named.items():
        setattr(conference, field, value)
    conference.save(update_fields=list(named))
    after = {"highest_guest": name, "highest_guest_title": title}
    if after != before:
        record(AuditAction.CHANGED, actor=actor, about=conference, before=before, after=after)
    return conference


def _chaired(conference: Conference, chairs: list[Chair], *, actor: Membership) -> list[Chair]:
    before = [str(chair) for chair in conference.chairs.all()]
    after = [str(chair) for chair in chairs]
    if before == after:
        return list(conference.chairs.all())
    conference.chairs.all().delete()
    for position, chair in enumerate(chairs, start=1):
        chair.position = position
    Chair.objects.bulk_create(chairs)
    told = {"before": {"chaired_by": "; ".join(before)}, "after": {"chaired_by": "; ".join(after)}}
    record(AuditAction.CHANGED, actor=actor, about=conference, **told)
    return chairs
