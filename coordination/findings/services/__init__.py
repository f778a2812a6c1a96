"""What happens to findings: written down, changed, removed; a limitation is remedied, waived, opened again."""

from coordination.findings.services.remedies import (
    create_remedy,
    name_remedy,
    pass_on,
    remedied,
    reopen_limitation,
    waive_limitation,
)
from coordination.findings.services.writing import FindingDraft, add_finding, edit_finding, remove_finding

__all__ = [
    "FindingDraft",
    "add_finding",
    "create_remedy",
    "edit_finding",
    "name_remedy",
    "pass_on",
    "remedied",
    "remove_finding",
    "reopen_limitation",
    "waive_limitation",
]
