"""Whose answer to an invitation is awaited: agency by agency, for those who remind them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agencies.models import Agency, Membership
from coordination.conferences.models import Conference, Invitation
from coordination.conferences.queries.people import GroupRow
from records import clock


@dataclass(frozen=True)
class Awaited:
    """An agency that has not answered since a day; `asks_again` where it had, before day, hour or place changed."""

    conference_id: int
    agency_id: int
    since: date
    asks_again: bool


@dataclass(frozen=True)
class Unanswered:
    """Who has not answered: agencies the portal can remind, and posts elsewhere that are asked in another way."""

    agencies: Sequence[str]
    elsewhere: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.agencies or self.elsewhere)


def answers_awaited(today: date) -> list[Awaited]:
    """Every agency whose answer is awaited, once for each day it was asked on. One query.

    Rule: R-PEOPLE-3.
    """
    rows = Invitation.objects.awaiting_answer(today).filter(agency__isnull=False).select_related("conference")
    found = (
        Awaited(one.conference_id, one.agency_id, clock.local_day(_asked_at(one)), one.answered_before_change)
        for one in rows.order_by("conference_id", "agency_id", "number")
    )
    return list(dict.fromkeys(found))


def agencies_awaited(conference: Conference, today: date) -> list[Agency]:
    """The agencies of the directory whose answer a conference awaits, in protocol order. One query."""
    asked = Invitation.objects.awaiting_answer(today).filter(conference=conference)
    return list(Agency.objects.filter(pk__in=asked.values("agency_id")).select_related("unit").in_protocol_order())


def unanswered(rows: Sequence[GroupRow]) -> Unanswered:
    """Who has not answered, of the invitations shown; each agency once."""
    waiting = [
        one
        for row in rows
        for one in row.invitations
        if one.withdrawn_at is None and one.sent_at and (one.answer.is_awaited or one.answered_before_change)
    ]
    agencies = dict.fromkeys(one.agency.current_short_name for one in waiting if one.agency)
    return Unanswered(list(agencies), [one.full_title for one in waiting if one.agency is None])


def seats_held(actor: Membership, conferences: Iterable[int]) -> set[int]:
    """Those of the conferences at which an agency of the actor holds a seat. One query."""
    return _at(Invitation.objects.held_by(actor.agency_ids()), conferences)


def answers_owed(actor: Membership, conferences: Iterable[int], today: date) -> set[int]:
    """Those of the conferences that await an answer of an agency of the actor. One query."""
    return _at(Invitation.objects.held_by(actor.agency_ids()).awaiting_answer(today), conferences)


def _at(rows, conferences: Iterable[int]) -> set[int]:
    wanted: Collection[int] = list(conferences)
    return set(rows.filter(conference__in=wanted).values_list("conference_id", flat=True)) if wanted else set()


def _asked_at(invitation: Invitation):
    """When the answer was asked for: with the invitation, or when what it said changed afterwards."""
    return invitation.conference.changed_at if invitation.answered_before_change else invitation.sent_at
