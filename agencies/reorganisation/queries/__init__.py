"""What a reorganisation would do, what stops it, and what was built on one that was applied."""

from agencies.reorganisation.queries.effects import Effects, digest_of, effects_of
from agencies.reorganisation.queries.ground import Ground, Planned, ground_of, steps_of
from agencies.reorganisation.queries.rules import Problem, missing_in_decision, problems_in, problems_of

__all__ = [
    "Effects",
    "Ground",
    "Planned",
    "Problem",
    "digest_of",
    "effects_of",
    "ground_of",
    "missing_in_decision",
    "problems_in",
    "problems_of",
    "steps_of",
]
