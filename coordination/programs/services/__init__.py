"""What happens to programs: one function per act, each in one transaction."""

from coordination.programs.services.downloads import hand_over_scan
from coordination.programs.services.drafting import PartyDraft, create_program, edit_program, set_legal_bases
from coordination.programs.services.life import (
    close,
    lock_for_signing,
    open_evaluation,
    reopen,
    send_for_comments,
    settle,
)
from coordination.programs.services.numbering import assign_number
from coordination.programs.services.sections import edit_section, write_section
from coordination.programs.services.signing import Scan, choose_signer, name_signer, record_signature, return_version

__all__ = [
    "PartyDraft",
    "Scan",
    "assign_number",
    "choose_signer",
    "close",
    "create_program",
    "edit_program",
    "edit_section",
    "hand_over_scan",
    "lock_for_signing",
    "name_signer",
    "open_evaluation",
    "record_signature",
    "reopen",
    "return_version",
    "send_for_comments",
    "set_legal_bases",
    "settle",
    "write_section",
]
