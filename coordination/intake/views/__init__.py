"""The pages of the import: send a table, look at it, take it in; the template and the notes to mend it by."""

from coordination.intake.views.checking import intake_check
from coordination.intake.views.files import intake_notes, intake_template
from coordination.intake.views.sending import intake

__all__ = ["intake", "intake_check", "intake_notes", "intake_template"]
