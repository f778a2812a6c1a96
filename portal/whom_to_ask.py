"""Whom to ask about what was refused: offices of the reader's own unit, never persons."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from records import clock

MOST_OFFICES = 3


@dataclass(frozen=True)
class Helpers:
    """Who can give something, and the offices they sit in with how these are reached, the first in protocol order."""

    who: str
    offices: tuple[str, ...]


def whom_to_ask(actor: Membership | None) -> list[Helpers]:
    """The secretaries and the administrators of the reader's unit by office; one query."""
    if actor is None:
        return []
    near = (
        Membership.objects.usable_on(clock.today())
        .filter(agency__unit_id=actor.unit_id, role__in=(Role.SECRETARY, Role.UNIT_ADMIN))
        .exclude(user_id=actor.user_id)
        .select_related("agency")
        .order_by("agency__protocol_order", "agency__name_sorted", "agency_id")
    )
    offices: dict[str, list[Agency]] = {Role.SECRETARY: [], Role.UNIT_ADMIN: []}
    for membership in near:
        offices[membership.role].append(membership.agency)
    return [
        Helpers(who, _written(offices[role]))
        for role, who in (
            (Role.SECRETARY, _("Secretaries of your unit, about programs, tasks and papers")),
            (Role.UNIT_ADMIN, _("Administrators of your unit, about accounts and roles")),
        )
        if offices[role]
    ]


def keepers_of_the_portal() -> tuple[str, ...]:
    """The offices system administrators sit in, for what concerns the portal as a whole; one query."""
    keepers = (
        Membership.objects.usable_on(clock.today())
        .filter(role=Role.SYSTEM_ADMIN)
        .select_related("agency")
        .order_by("agency__protocol_order", "agency__name_sorted", "agency_id")
    )
    return _written(keeper.agency for keeper in keepers)


def _written(agencies: Iterable[Agency]) -> tuple[str, ...]:
    named = dict.fromkeys(agencies)
    return tuple(
        ", ".join(part for part in (agency.current_name, agency.phone, agency.email) if part)
        for agency in list(named)[:MOST_OFFICES]
    )
