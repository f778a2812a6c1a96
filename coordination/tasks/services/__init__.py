"""What happens to tasks: planning them, reporting on them, moving their deadlines, closing their year."""

from coordination.tasks.services.closing import close_program_year
from coordination.tasks.services.deadlines import move_due_date
from coordination.tasks.services.downloads import hand_over_evidence
from coordination.tasks.services.drafts import LeadDraft, TaskDraft, draft_of
from coordination.tasks.services.planning import carry_over, create_task, edit_task
from coordination.tasks.services.progress import Upload, confirm_completion, report_progress, return_for_rework

__all__ = [
    "LeadDraft",
    "TaskDraft",
    "Upload",
    "carry_over",
    "close_program_year",
    "confirm_completion",
    "create_task",
    "draft_of",
    "edit_task",
    "hand_over_evidence",
    "move_due_date",
    "report_progress",
    "return_for_rework",
]
