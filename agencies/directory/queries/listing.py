"""The directory of one's own unit by block, and what every list shows beside an agency's name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from agencies.directory.enums import Block
from agencies.directory.lineage import existing_on
from agencies.directory.models import Agency
from agencies.directory.queries.searching import PAGE_SIZE, DirectoryPage, DirectoryRow, row_of
from agencies.units.models import AdminUnit


@dataclass(frozen=True)
class DirectoryBlock:
    """Agencies listed together: those of one block, or all that a search found."""

    title: str
    rows: list[DirectoryRow]


def own_unit(unit: AdminUnit, day: date, *, page: int = 1) -> DirectoryPage:
    """A page of a unit's agencies of a day, by block and in protocol order. Two queries."""
    agencies = existing_on(unit.agencies.all(), day).select_related("unit").prefetch_related("names")
    start = (page - 1) * PAGE_SIZE
    in_order = agencies.order_by("block", "protocol_order", "name_sorted", "pk")[start : start + PAGE_SIZE + 1]
    rows = [row_of(agency, agency.name_on(day), day) for agency in in_order]
    return DirectoryPage(tuple(rows[:PAGE_SIZE]), len(rows) > PAGE_SIZE)


def by_block(rows: Iterable[DirectoryRow]) -> list[DirectoryBlock]:
    """Rows under the headings of their blocks."""
    blocks: dict[int, list[DirectoryRow]] = {}
    for row in rows:
        blocks.setdefault(row.agency.block, []).append(row)
    return [DirectoryBlock(str(Block(block).label), blocks[block]) for block in sorted(blocks)]


def in_one_block(rows: Iterable[DirectoryRow]) -> list[DirectoryBlock]:
    """Rows in their own order, under no heading."""
    rows = list(rows)
    return [DirectoryBlock("", rows)] if rows else []


def with_heads(rows: Iterable[DirectoryRow], day: date) -> list[DirectoryRow]:
    """The rows with who heads each agency on a day; blank where that is not known. One query."""
    rows = list(rows)
    held_on = Q(offices__holdings__valid_to=None) | Q(offices__holdings__valid_to__gte=day)
    headed = Agency.objects.filter(
        held_on,
        pk__in=[row.agency.pk for row in rows],
        offices__is_head=True,
        offices__holdings__valid_from__lte=day,
    )
    heads = dict(headed.values_list("pk", "offices__holdings__person__full_name"))
    return [replace(row, head=heads.get(row.agency.pk, "")) for row in rows]
