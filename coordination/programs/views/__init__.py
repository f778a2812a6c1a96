"""The pages of the programs room."""

from coordination.programs.views.agreement import program_agree, program_agree_letter, program_agreement
from coordination.programs.views.listing import program_create, program_list
from coordination.programs.views.reading import program_detail, program_documents, program_history, program_tasks
from coordination.programs.views.signing import (
    program_return,
    program_scan,
    program_sign,
    program_signer,
    program_signing,
)
from coordination.programs.views.submission import program_submission

__all__ = [
    "program_agree",
    "program_agree_letter",
    "program_agreement",
    "program_create",
    "program_detail",
    "program_documents",
    "program_history",
    "program_list",
    "program_return",
    "program_scan",
    "program_sign",
    "program_signer",
    "program_signing",
    "program_submission",
    "program_tasks",
]
