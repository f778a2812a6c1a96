"""What happens to programs: one function per act, each in one transaction."""

from coordination.programs.services.agreement import Letter, record_agreement
from coordination.programs.services.downloads import hand_over_scan
from coordination.programs.services.drafting import PartyDraft, create_program, edit_program, set_legal_bases
from coordination.programs.services.ending import cancel, close, supersede
from coordination.programs.services.foundation import FoundationDraft
from coordination.programs.services.life import (
    end_comments,
    lock_for_signing,
    open_evaluation,
    reopen,
    send_for_comments,
    settle,
)
from coordination.programs.services.numbering import clear_number, set_number
from coordination.programs.services.paper_rules import choose_paper_rules
from coordination.programs.services.sections import edit_section, write_section
from coordination.programs.services.signing import (
    Scan,
    attest_scan,
    choose_signer,
    name_signer,
    record_digital_signature,
    record_signature,
    return_version,
)
from coordination.programs.services.signing_plan import (
    SlotPlan,
    date_paper,
    plan_signing,
    recall_version,
    set_last_day,
)
from coordination.programs.services.submission import clear, send_back, submit
from coordination.programs.services.versioning import freeze

__all__ = [
    "FoundationDraft",
    "Letter",
    "PartyDraft",
    "Scan",
    "SlotPlan",
    "attest_scan",
    "cancel",
    "choose_paper_rules",
    "choose_signer",
    "clear",
    "clear_number",
    "close",
    "create_program",
    "date_paper",
    "edit_program",
    "edit_section",
    "end_comments",
    "freeze",
    "hand_over_scan",
    "lock_for_signing",
    "name_signer",
    "open_evaluation",
    "plan_signing",
    "recall_version",
    "record_agreement",
    "record_digital_signature",
    "record_signature",
    "reopen",
    "return_version",
    "send_back",
    "send_for_comments",
    "set_last_day",
    "set_legal_bases",
    "set_number",
    "settle",
    "submit",
    "supersede",
    "write_section",
]
