"""One agency: its posts, its names over time, what happened to it and where its line leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.access.scopes import Viewer
from agencies.directory.models import Agency, AgencyName, AgencySuccession
from agencies.units.queries import Event, Kin, Lineage, lineage_of, newest_first, passing_events


@dataclass(frozen=True)
class Seat:
    """A post in an agency and who holds it today; blank when that is not known."""

    title: str
    holder: str


@dataclass(frozen=True)
class Life:
    """An agency over time: its namings, newest first, what happened to it, and where its line leads."""

    names: list[AgencyName]
    events: list[Event]
    lineage: Lineage
    heirs: list[Kin]
    origins: list[Kin]


def seats_of(agency: Agency, today: date) -> list[Seat]:
    """The posts of an agency that are not closed, its head first, with today's holders. Four queries."""
    kept = agency.offices.filter(Q(ended_on=None) | Q(ended_on__gte=today)).in_protocol_order()
    return [_seat(office, today) for office in kept.prefetch_related("titles", "holdings__person")]


def _seat(office, today: date) -> Seat:
    held = [holding for holding in office.holdings.all() if holding.holds_on(today)]
    title = office.title_on(today).title
    if any(holding.is_acting for holding in held):
        title = _("Acting %(title)s") % {"title": title}
    return Seat(title, ", ".join(str(holding.person) for holding in held))


def life_of(agency: Agency, actor: Viewer) -> Life:
    """An agency's namings and events over time. Two queries and one a generation of its line."""
    names = list(agency.names.select_related("parent").order_by("valid_from"))
    rows = AgencySuccession.objects.select_related("predecessor__unit", "successor__unit")
    line = lineage_of(agency, rows.prefetch_related("predecessor__names", "successor__names"))
    visible = set(Agency.objects.visible_to(actor).filter(pk__in=line.bodies).values_list("pk", flat=True))
    own = [*_changes(names), *_end(agency, line)]
    events = newest_first([*own, *passing_events(line, visible)])
    return Life(names[::-1], events, line, _kin(line.heirs, visible), _kin(line.origins, visible))


def _kin(agencies: tuple[Agency, ...], visible: set[int]) -> list[Kin]:
    return [Kin(one.current_name, one if one.pk in visible else None) for one in agencies]


def _changes(names: list[AgencyName]) -> Iterator[Event]:
    for before, after in pairwise(names):
        if before.name != after.name:
            yield Event(after.valid_from, _("Renamed"), (Kin(before.name),), (Kin(after.name),), after.legal_basis)
        if before.parent_id != after.parent_id:
            sides = _parent(before), _parent(after)
            yield Event(after.valid_from, _("Moved under another agency"), *sides, after.legal_basis)


def _parent(name: AgencyName) -> tuple[Kin, ...]:
    return (Kin(name.parent.current_name),) if name.parent else (Kin(_("no agency above")),)


def _end(agency: Agency, line: Lineage) -> Iterator[Event]:
    passed_on = any(row.predecessor_id == agency.pk for row in line.passings)
    if agency.valid_to and not passed_on:
        yield Event(agency.valid_to, _("Dissolved"), (Kin(agency.current_name),), (), agency.ended_by)
