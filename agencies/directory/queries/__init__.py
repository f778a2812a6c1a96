"""Named reads about agencies."""

from agencies.directory.queries.listing import DirectoryBlock, by_block, in_one_block, own_unit, with_heads
from agencies.directory.queries.page import Life, Seat, life_of, seats_of
from agencies.directory.queries.searching import (
    PAGE_SIZE,
    DirectoryPage,
    DirectoryRow,
    Narrowing,
    row_of,
    search_directory,
)

__all__ = [
    "PAGE_SIZE",
    "DirectoryBlock",
    "DirectoryPage",
    "DirectoryRow",
    "Life",
    "Narrowing",
    "Seat",
    "by_block",
    "in_one_block",
    "life_of",
    "own_unit",
    "row_of",
    "search_directory",
    "seats_of",
    "with_heads",
]
