"""The pages of the import: send a table, say what its columns hold, look at it, take it in, take that back."""

from coordination.intake.views.checking import intake_check
from coordination.intake.views.columns import intake_columns
from coordination.intake.views.files import intake_notes, intake_template
from coordination.intake.views.sending import intake
from coordination.intake.views.undoing import intake_undo

__all__ = ["intake", "intake_check", "intake_columns", "intake_notes", "intake_template", "intake_undo"]
