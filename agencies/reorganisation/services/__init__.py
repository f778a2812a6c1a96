"""What happens to reorganisations: they are prepared step by step, carried out, taken back."""

from agencies.reorganisation.services.applying import (
    carry_out,
    lock_accounts,
    lock_bodies,
    mark_applied,
    mark_undone,
    reached,
)
from agencies.reorganisation.services.doors import locked, must_be_in, must_be_revision
from agencies.reorganisation.services.journal import (
    Journal,
    Touched,
    Watched,
    hold_rows,
    tables_of_agencies,
    take_back,
)
from agencies.reorganisation.services.preparing import (
    add_step,
    change_decision,
    change_step,
    discard,
    next_position,
    prepare,
    prepare_again,
    remove_step,
)

__all__ = [
    "Journal",
    "Touched",
    "Watched",
    "add_step",
    "carry_out",
    "change_decision",
    "change_step",
    "discard",
    "hold_rows",
    "lock_accounts",
    "lock_bodies",
    "locked",
    "mark_applied",
    "mark_undone",
    "must_be_in",
    "must_be_revision",
    "next_position",
    "prepare",
    "prepare_again",
    "reached",
    "remove_step",
    "tables_of_agencies",
    "take_back",
]
