"""Programs somebody was found to see, by key, so that what hangs on them need not ask for rights again."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class ProgramsSeen:
    """Keys of programs an actor sees: those its agencies make, whose tasks it sees all, and others it works in."""

    made: frozenset[int]
    others: frozenset[int]

    @property
    def keys(self) -> frozenset[int]:
        return self.made | self.others

    def only(self, keys: Collection[int]) -> "ProgramsSeen":
        """Those of them that are named."""
        return ProgramsSeen(self.made.intersection(keys), self.others.intersection(keys))
