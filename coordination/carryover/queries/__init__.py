"""Named reads for the carry-over: what the earlier program has to offer, and what would become of the choice."""

from coordination.carryover.queries.lineage import Lineage, lineage_of
from coordination.carryover.queries.offering import Offer, offer_of
from coordination.carryover.queries.planning import Choice, Plan, PlanRow, plan_of

__all__ = ["Choice", "Lineage", "Offer", "Plan", "PlanRow", "lineage_of", "offer_of", "plan_of"]
