"""Named reads of the drafting page."""

from coordination.drafting.queries.editor import (
    OutlineRow,
    Unsaved,
    number_after,
    outline_rows,
    tasks_in,
    unsaved_of,
)
from coordination.drafting.queries.presence import GONE_AFTER, Here, others_here

__all__ = [
    "GONE_AFTER",
    "Here",
    "OutlineRow",
    "Unsaved",
    "number_after",
    "others_here",
    "outline_rows",
    "tasks_in",
    "unsaved_of",
]
