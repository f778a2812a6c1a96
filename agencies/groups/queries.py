"""Named reads about groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from agencies.directory.lineage import existing_on
from agencies.directory.models import Agency
from agencies.groups.models import AgencyGroup, GroupMembership
from agencies.groups.permissions import units_whose_groups_are_kept
from agencies.people.models import Membership

_IN_ORDER = ("agency__protocol_order", "agency__name_sorted", "pk")


@dataclass(frozen=True)
class GroupRow:
    """A group with its members of a day, and those among them that do not exist any more."""

    group: AgencyGroup
    members: Sequence[Agency]
    ended: Sequence[Agency]
    may_change: bool

    @property
    def is_used(self) -> bool:
        """Whether tasks can still be given to it."""
        return self.group.valid_to is None


@dataclass(frozen=True)
class Passage:
    """A day on which agencies joined or left a group."""

    on: date
    joined: Sequence[Agency]
    left: Sequence[Agency]


def group_rows(actor: Membership, day: date) -> list[GroupRow]:
    """The groups of the actor's directory with their members on a day, those in use first. Four queries."""
    here = GroupMembership.objects.on(day).select_related("agency").order_by(*_IN_ORDER)
    groups = AgencyGroup.objects.visible_to(actor).select_related("unit")
    found = groups.prefetch_related(Prefetch("memberships", here, to_attr="present")).order_by("name_sorted", "pk")
    kept = units_whose_groups_are_kept(actor)
    rows = [_row(group, group.present, day, may_change=group.unit_id in kept) for group in found]
    return sorted(rows, key=lambda row: not row.is_used)


def passages_of(group: AgencyGroup) -> list[Passage]:
    """Who joined and left a group and when, the latest first. One query."""
    rows = list(group.memberships.select_related("agency").order_by(*_IN_ORDER))
    days = {row.valid_from for row in rows} | {row.valid_to for row in rows if row.valid_to}
    told = [
        Passage(
            day,
            [row.agency for row in rows if row.valid_from == day],
            [row.agency for row in rows if row.valid_to == day],
        )
        for day in sorted(days, reverse=True)
    ]
    return told


def agencies_offered(actor: Membership, day: date, kept: Iterable[Agency] = ()) -> list[Agency]:
    """The agencies a group may be made of: those of the actor's directory that exist on the day, and who belongs."""
    known = existing_on(Agency.objects.visible_to(actor), day).select_related("unit").in_protocol_order()
    offered = {agency.pk: agency for agency in known}
    return list(offered.values()) + [agency for agency in kept if agency.pk not in offered]


def members_kept(group: AgencyGroup) -> list[Agency]:
    """The agencies that belong to a group and have not left it. One query."""
    rows = group.memberships.filter(valid_to=None).select_related("agency__unit")
    return [row.agency for row in rows.order_by(*_IN_ORDER)]


def _row(group: AgencyGroup, memberships: Iterable[GroupMembership], day: date, *, may_change: bool) -> GroupRow:
    agencies = [one.agency for one in memberships]
    there = [agency for agency in agencies if agency.holds_on(day)]
    gone = [agency for agency in agencies if not agency.holds_on(day)]
    return GroupRow(group, there, gone, may_change and group.valid_to is None)
