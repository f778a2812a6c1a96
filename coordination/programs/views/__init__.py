"""The pages of the programs room."""

from coordination.programs.views.agreement import program_agree, program_agree_letter, program_agreement
from coordination.programs.views.layout import program_paper_rules
from coordination.programs.views.listing import program_create, program_list
from coordination.programs.views.reading import program_detail, program_documents, program_history, program_tasks
from coordination.programs.views.signing import (
    program_return,
    program_scan,
    program_sign,
    program_signer,
    program_signing,
)
from coordination.programs.views.signing_plan import (
    program_attest,
    program_last_day,
    program_recall,
    program_signing_plan,
)
from coordination.programs.views.submission import program_submission

__all__ = [
    "program_agree",
    "program_agree_letter",
    "program_agreement",
    "program_attest",
    "program_create",
    "program_detail",
    "program_documents",
    "program_history",
    "program_last_day",
    "program_list",
    "program_paper_rules",
    "program_recall",
    "program_return",
    "program_scan",
    "program_sign",
    "program_signer",
    "program_signing",
    "program_signing_plan",
    "program_submission",
    "program_tasks",
]
