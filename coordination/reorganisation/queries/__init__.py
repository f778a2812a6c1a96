"""What the pages of reorganisations show."""

from coordination.reorganisation.queries.lists import acts_of, handed_over, possible_bodies, prepared_for
from coordination.reorganisation.queries.preview import Preview, preview_of
from coordination.reorganisation.queries.since import Built, built_since
from coordination.reorganisation.queries.steps import StepLine, StepShown, step_lines, steps_shown

__all__ = [
    "Built",
    "Preview",
    "StepLine",
    "StepShown",
    "acts_of",
    "built_since",
    "handed_over",
    "possible_bodies",
    "prepared_for",
    "preview_of",
    "step_lines",
    "steps_shown",
]
