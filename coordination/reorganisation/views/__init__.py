"""The pages of reorganisations."""

from coordination.reorganisation.views.acting import (
    reorganisation_again,
    reorganisation_apply,
    reorganisation_discard,
    reorganisation_undo,
)
from coordination.reorganisation.views.preparing import reorganisation_create, reorganisation_decision
from coordination.reorganisation.views.reading import reorganisation_detail, reorganisation_list
from coordination.reorganisation.views.steps import step_add, step_bodies, step_edit, step_kinds, step_remove

__all__ = [
    "reorganisation_again",
    "reorganisation_apply",
    "reorganisation_create",
    "reorganisation_decision",
    "reorganisation_detail",
    "reorganisation_discard",
    "reorganisation_list",
    "reorganisation_undo",
    "step_add",
    "step_bodies",
    "step_edit",
    "step_kinds",
    "step_remove",
]
