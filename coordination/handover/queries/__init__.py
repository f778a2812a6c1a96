"""Named reads about handovers: what would pass, and how things stood before it did."""

from coordination.handover.queries.earlier import RoleThen, drafting_agencies_on, parties_led, roles_on
from coordination.handover.queries.passing import work_moved
from coordination.handover.queries.shapes import Frozen, PartMoved, WorkEffects, WorkMoved

__all__ = [
    "Frozen",
    "PartMoved",
    "RoleThen",
    "WorkEffects",
    "WorkMoved",
    "drafting_agencies_on",
    "parties_led",
    "roles_on",
    "work_moved",
]
