"""Commendations of a conference, as far as the reader sees them, and who may be proposed without being typed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from agencies.models import Agency, Membership, Office
from coordination.conferences.enums import CommendationState, ConferenceState
from coordination.conferences.models import Commendation, Conference
from coordination.conferences.models.people import with_agency
from coordination.conferences.permissions import PROPOSERS
from coordination.conferences.queries.seats import posts_open, seats_of
from coordination.programs.models import ProgramParty

MOST_OFFERED = 200


@dataclass(frozen=True)
class CommendationRow:
    """A proposal and what the reader may do about it."""

    row: Commendation
    may_change: bool
    may_decide: bool


@dataclass(frozen=True)
class Commended:
    """The proposals the reader sees, with how many stand how, and whether they may add one."""

    rows: Sequence[CommendationRow]
    may_propose: bool

    @property
    def counts(self) -> list[tuple[CommendationState, int]]:
        counted = Counter(one.row.state for one in self.rows)
        return [(state, counted[state]) for state in CommendationState if counted[state]]


@dataclass(frozen=True)
class Recipient:
    """An agency, or an office of one, as it is called on the day of the conference."""

    name: str
    agency: Agency
    office: Office | None = None


def commended_at(actor: Membership, conference: Conference, *, keeps: bool) -> Commended:
    """The commendations proposed at a conference, as far as the reader sees them. Two queries.

    Rule: R-SEE-17, R-COMMEND-1. `keeps` says whether the reader keeps the record of the conference.
    """
    rows = Commendation.objects.visible_to(actor).filter(conference=conference).select_related("proposed_by")
    proposes = actor.role in PROPOSERS
    shown = []
    for row in rows.order_by("position"):
        row.conference = conference
        own = proposes and actor.acts_for(row.proposed_by_id)
        shown.append(CommendationRow(row, row.is_open and (own or keeps), row.is_open and keeps))
    is_over = conference.state == ConferenceState.HELD
    return Commended(shown, keeps or (proposes and not is_over))


def recipients_offered(actor: Membership, conference: Conference) -> list[Recipient]:
    """The agencies that take part in a conference and their offices, by their names of its day. Eight queries.

    Why only these: whoever else is proposed is typed; a list of a whole province would help nobody.
    """
    taking_part = (
        Q(pk=conference.organiser_id)
        | Q(attendances__conference=conference)
        | Q(invitations__conference=conference)
        | Q(pk__in=ProgramParty.objects.filter(program__conference_links__conference=conference).values("agency_id"))
    )
    agencies = Agency.objects.visible_to(actor).filter(pk__in=Agency.objects.filter(taking_part).values("pk"))
    day = conference.held_on
    agencies = agencies.prefetch_related("names").in_protocol_order()[:MOST_OFFERED]
    named = [Recipient(agency.name_on(day).name, agency) for agency in agencies]
    offices = posts_open(Agency.objects.filter(pk__in=[one.agency.pk for one in named]), day)[:MOST_OFFERED]
    seats = seats_of(offices, day)
    held = [Recipient(with_agency(one.title, one.agency_name), one.agency, one.office) for one in seats]
    return [*named, *held]
