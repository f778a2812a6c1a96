"""What happens to tasks: planning, reporting, moving deadlines, stopping and resuming, closing the year."""

from coordination.tasks.services.closing import close_program_year
from coordination.tasks.services.deadlines import move_due_date
from coordination.tasks.services.downloads import hand_over_evidence
from coordination.tasks.services.drafts import DirectionDraft, ItemDraft, LeadDraft, TargetDraft, TaskDraft, draft_of
from coordination.tasks.services.endings import cancel, resume, suspend
from coordination.tasks.services.evidence import Upload
from coordination.tasks.services.extensions import ask_extension, refuse_extension, withdraw_extension
from coordination.tasks.services.parts import report_part
from coordination.tasks.services.planning import carry_over, create_task, edit_task
from coordination.tasks.services.progress import confirm_completion, report_progress, return_for_rework
from coordination.tasks.services.steps import reopen_step, report_step
from coordination.tasks.services.unsaved import drop_unsaved_task, keep_unsaved_task

__all__ = [
    "DirectionDraft",
    "ItemDraft",
    "LeadDraft",
    "TargetDraft",
    "TaskDraft",
    "Upload",
    "ask_extension",
    "cancel",
    "carry_over",
    "close_program_year",
    "confirm_completion",
    "create_task",
    "draft_of",
    "drop_unsaved_task",
    "edit_task",
    "hand_over_evidence",
    "keep_unsaved_task",
    "move_due_date",
    "refuse_extension",
    "reopen_step",
    "report_part",
    "report_progress",
    "report_step",
    "resume",
    "return_for_rework",
    "suspend",
    "withdraw_extension",
]
