"""The directory of agencies: by block and in protocol order, each with its names, offices and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.directory.enums import AgencyKind, Family
from agencies.directory.models import Agency, AgencyName, AgencySuccession
from agencies.units.models import AdminUnit, UnitSuccession
from records import text

_COUNCIL, _STATE, _PARTY, _FRONT, _OTHER = range(5)
BLOCKS = {
    _COUNCIL: _("People's Council"),
    _STATE: _("People's Committee and its agencies"),
    _PARTY: _("Party"),
    _FRONT: _("Fatherland Front and socio-political organisations"),
    _OTHER: _("Other agencies"),
}
_BLOCK_OF_FAMILY = {
    Family.STATE: _STATE,
    Family.PARTY: _PARTY,
    Family.FRONT: _FRONT,
    Family.ORGANISATION: _FRONT,
}


class Reader(Protocol):
    """Whoever looks something up: which unit they belong to decides what they see."""

    unit_id: int


@dataclass(frozen=True)
class DirectoryRow:
    """An agency with the unit it belongs to and what it is called today."""

    agency: Agency
    unit_name: str
    naming: AgencyName


@dataclass(frozen=True)
class DirectoryBlock:
    """The agencies of one block, in protocol order."""

    title: str
    rows: list[DirectoryRow]


@dataclass(frozen=True)
class Seat:
    """A post in an agency and who holds it today; blank when that is not known."""

    title: str
    holder: str


@dataclass(frozen=True)
class UnitPassing:
    """Several units passing to one by the same decision on the same day; partly when only a share of one passed."""

    predecessors: list[str]
    successor: str
    effective_on: date
    decision: str
    kind: str


def directory(actor: Reader, today: date, words: str = "") -> list[DirectoryBlock]:
    """The agencies an actor may look up, by block; words match names, short names and codes without marks.

    Three queries whatever the number of agencies.
    """
    agencies = Agency.objects.visible_to(actor).in_protocol_order().select_related("unit")
    if folded := text.fold(words):
        agencies = agencies.filter(name_folded__contains=folded)
    blocks: dict[int, list[DirectoryRow]] = {}
    for agency in agencies.prefetch_related("names", "unit__names"):
        naming = agency.name_on(today)
        row = DirectoryRow(agency, agency.unit.name_on(today), naming)
        blocks.setdefault(block_of(agency, naming), []).append(row)
    return [DirectoryBlock(title, blocks[block]) for block, title in BLOCKS.items() if block in blocks]


def block_of(agency: Agency, naming: AgencyName) -> int:
    """The block an agency is listed under: the council apart, all else by the family it belongs to."""
    if agency.kind == AgencyKind.COUNCIL_STANDING:
        return _COUNCIL
    return _BLOCK_OF_FAMILY.get(Family(naming.family), _OTHER)


def seats_of(agency: Agency, today: date) -> list[Seat]:
    """The posts of an agency, its head first, with today's holders. Three queries."""
    offices = agency.offices.order_by("-is_head", "protocol_order", "pk").prefetch_related("holdings__person")
    return [
        Seat(office.title, ", ".join(str(held.person) for held in office.holdings.all() if held.holds_on(today)))
        for office in offices
    ]


def successions_of(agency: Agency) -> list[AgencySuccession]:
    """What became of an agency and what it came from, newest first."""
    about = AgencySuccession.objects.filter(Q(predecessor=agency) | Q(successor=agency))
    return list(about.select_related("predecessor", "successor").order_by("-effective_on", "pk"))


def unit_passings(unit: AdminUnit) -> list[UnitPassing]:
    """How a unit and the units below it passed to others, by successor and day. Two queries whatever their number."""
    below = AdminUnit.objects.filter(Q(pk=unit.pk) | Q(parents__parent=unit)).values("pk")
    rows = (
        UnitSuccession.objects.filter(Q(predecessor__in=below) | Q(successor__in=below))
        .select_related("predecessor", "successor")
        .prefetch_related("predecessor__names", "successor__names")
        .order_by("effective_on", "pk")
    )
    passings: dict[tuple, list[UnitSuccession]] = {}
    for row in rows:
        passings.setdefault((row.effective_on, row.successor_id, row.decision, row.kind), []).append(row)
    return [_passing(together) for together in passings.values()]


def _passing(together: Iterable[UnitSuccession]) -> UnitPassing:
    rows = list(together)
    first = rows[0]
    names = sorted((_old_name(row) for row in rows), key=text.sort_key)
    successor = first.successor.name_on(first.effective_on)
    return UnitPassing(names, successor, first.effective_on, first.decision, first.get_kind_display())


def _old_name(row: UnitSuccession) -> str:
    name = row.predecessor.name_on(row.effective_on)
    whole = row.share_percent == 100
    return name if whole else str(_("part of %(unit)s") % {"unit": name})
