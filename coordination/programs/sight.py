"""Programs somebody was found to see, by key, so that what hangs on them need not ask for rights again."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ProgramsSeen:
    """Keys of programs an actor sees: those its agencies make, whose tasks it sees all, and others it works in."""

    made: Sequence[int]
    others: Sequence[int]
