"""What happens while a text is drafted: saving, keeping what is not saved, putting in order, pasting, being here."""

from coordination.drafting.services.drafts import drop_draft, keep_draft
from coordination.drafting.services.orders import (
    LETTERHEAD,
    SIGNING,
    add_legal_basis,
    move_legal_basis,
    move_party,
    remove_legal_basis,
)
from coordination.drafting.services.pasting import drop_paste, keep_paste, write_paste
from coordination.drafting.services.presence import be_present
from coordination.drafting.services.structure import Move, delete_section, move_section, place_section
from coordination.drafting.services.tasks import move_task
from coordination.drafting.services.writing import add_section, save_section

__all__ = [
    "LETTERHEAD",
    "SIGNING",
    "Move",
    "add_legal_basis",
    "add_section",
    "be_present",
    "delete_section",
    "drop_draft",
    "drop_paste",
    "keep_draft",
    "keep_paste",
    "move_legal_basis",
    "move_party",
    "move_section",
    "move_task",
    "place_section",
    "remove_legal_basis",
    "save_section",
    "write_paste",
]
