"""The pages of the programs room."""

from coordination.programs.views.drafting import program_edit, program_step, section_add, section_edit
from coordination.programs.views.listing import program_create, program_list
from coordination.programs.views.reading import program_detail, program_documents, program_history, program_tasks
from coordination.programs.views.signing import (
    program_number,
    program_return,
    program_scan,
    program_sign,
    program_signer,
    program_signing,
)

__all__ = [
    "program_create",
    "program_detail",
    "program_documents",
    "program_edit",
    "program_history",
    "program_list",
    "program_number",
    "program_return",
    "program_scan",
    "program_sign",
    "program_signer",
    "program_signing",
    "program_step",
    "program_tasks",
    "section_add",
    "section_edit",
]
