"""What a list counted and in which order it stands, kept by the process while it still holds.

Rule: R-LIST-8. What tells is what a reader asks for first, in one statement: the sum of the marks of the programs in
sight, and the names the answer shows. Whoever finds anything else counts anew. An answer is kept for those who act for
the same agencies, see the same programs and ask for the same on the same day; codes of programs, areas and agencies
never change.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

from django.db import connection

from agencies.models import Agency
from coordination.lists.filters import TaskFilters
from coordination.lists.queries.counting import Counts
from coordination.lists.queries.marks import mark_of
from coordination.programs.models import Area, Program
from records.shelf import Shelf

_ANSWERS = Shelf(most=128)
_MOST_PAGES = 8
_NAMES = {
    "program": (Program._meta.db_table, "x.short_title", "0"),
    "area": (Area._meta.db_table, "x.name", "x.position"),
    "lead": (Agency._meta.db_table, "x.current_short_name", "x.protocol_order"),
}
# Groups and columns that stand in the order of names and places of areas, sections and agencies, which leave no mark.
_ORDERED_BY_TASKS = ("code", "title", "due", "progress", "status")
Stand = frozenset[tuple[str, int, str, str, int]]


@dataclass
class Remembered:
    """The counts of an address, how everything stood they depend on, and the pages of it that were opened since."""

    counts: Counts
    stand: Stand
    pages: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def keep(self, places: range, keys: list[int]) -> None:
        """The tasks at some places, while there is room."""
        if len(self.pages) < _MOST_PAGES:
            self.pages[places.start, places.stop] = keys


def is_kept(filters: TaskFilters) -> bool:
    """Whether what is asked depends on nothing but tasks, their parts and targets: not on a past day, nor on the name
    of an agency that is shown without being counted.
    """
    return filters.day is None and not filters.involves


def stands_by_tasks(filters: TaskFilters) -> bool:
    """Whether the order of the list depends on tasks alone."""
    return filters.group == "due" and filters.sort.removeprefix("-") in _ORDERED_BY_TASKS


def still_known(key: Hashable, programs: frozenset[int]) -> Remembered | None:
    """What was counted under a key, where it still holds. One query where anything is kept."""
    kept = _ANSWERS.get(key)
    return kept if kept is not None and _stand_now(kept.stand, programs) == kept.stand else None


def remember(key: Hashable, counts: Counts) -> Remembered:
    """Keep what was just counted."""
    names = (
        (kind, one.key, one.value, one.label, one.place) for kind in _NAMES for one in counts.options.get(kind, ())
    )
    kept = Remembered(counts, frozenset((("mark", 0, counts.mark, "", 0), *names)))
    _ANSWERS.put(key, kept)
    return kept


def _stand_now(known: Stand, programs: frozenset[int]) -> Stand:
    parts = [f"SELECT 'mark', 0, ({mark_of(programs)}), '', 0"]
    for kind, (table, label, place) in _NAMES.items():
        keys = ", ".join(str(key) for named, key, *_told in known if named == kind)
        if keys:
            parts.append(f"SELECT '{kind}', x.id, x.code, {label}, {place} FROM {table} x WHERE x.id IN ({keys})")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return frozenset(cursor.fetchall())
