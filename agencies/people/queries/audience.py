"""Whom to tell in an agency: everyone who acts for it on a day, by role."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from agencies.access.enums import CONTENT_ROLES, Role
from agencies.directory.lineage import acting_agencies_of
from agencies.people.models import Membership


@dataclass(frozen=True)
class Listener:
    """A member as far as telling is concerned: number, role, and all agencies acted for."""

    member_id: int
    role: str
    agencies: frozenset[int]


@dataclass(frozen=True)
class Audience:
    """Who acts for which agency."""

    by_agency: dict[int, tuple[Listener, ...]]

    def of(self, agency_id: int, roles: Collection[Role], *, but_for: Collection[int] = ()) -> list[int]:
        """The members of these roles who act for an agency, without those who also act for one of the others."""
        return [
            listener.member_id
            for listener in self.by_agency.get(agency_id, ())
            if listener.role in roles and not listener.agencies.intersection(but_for)
        ]


def audience_on(day: date) -> Audience:
    """Everyone who can act on content on a day, under each agency they act for, as `Membership.agency_ids` tells it:
    their own, those their office serves, and those these took over.

    Rule: R-SUCC-3. Two queries. Why one home: reminders by the portal and by hand reach the same people.
    """
    rows = Membership.objects.usable_on(day).filter(role__in=CONTENT_ROLES).values_list("pk", "role", "agency_id")
    members = list(rows.order_by("pk"))
    acted = {
        agency_id: frozenset(agencies)
        for agency_id, agencies in acting_agencies_of({agency_id for _pk, _role, agency_id in members}, day).items()
    }
    by_agency: dict[int, list[Listener]] = defaultdict(list)
    for member_id, role, agency_id in members:
        listener = Listener(member_id, role, acted[agency_id])
        for acted_for in listener.agencies:
            by_agency[acted_for].append(listener)
    return Audience({agency_id: tuple(listeners) for agency_id, listeners in by_agency.items()})
