"""What happens to task tables: sent or pasted, their columns told, taken in as a whole, undone for a day."""

from coordination.intake.services.layouts import tell_columns
from coordination.intake.services.sending import send_pasted, send_table
from coordination.intake.services.taking import PreviewChanged, take_in
from coordination.intake.services.undoing import undo_take_in

__all__ = ["PreviewChanged", "send_pasted", "send_table", "take_in", "tell_columns", "undo_take_in"]
