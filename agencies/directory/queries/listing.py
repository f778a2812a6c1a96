"""The directory of one's own unit by block, and what every list shows beside an agency's name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

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


def with_heads(rows: Iterable[DirectoryRow], day: date) -> list[DirectoryRow]:
    """The rows with who heads each agency; blank where that is not known. Four queries whatever their number."""
    rows = list(rows)
    agencies = Agency.objects.filter(pk__in=[row.agency.pk for row in rows])
    heads = {
        agency.pk: str(held.person)
        for agency in agencies.prefetch_related("offices__holdings__person")
        for office in agency.offices.all() if office.is_head
        for held in office.holdings.all() if held.holds_on(day)
    }  # fmt: skip
    return [replace(row, head=heads.get(row.agency.pk, "")) for row in rows]
