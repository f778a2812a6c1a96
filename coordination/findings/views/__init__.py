"""The pages of findings."""

from coordination.findings.views.reading import evaluation_findings, finding_detail, limitation_list
from coordination.findings.views.remedies import (
    limitation_remedy,
    limitation_reopen,
    limitation_task,
    limitation_waive,
)
from coordination.findings.views.writing import evaluation_finding, finding_edit, finding_remove

__all__ = [
    "evaluation_finding",
    "evaluation_findings",
    "finding_detail",
    "finding_edit",
    "finding_remove",
    "limitation_list",
    "limitation_remedy",
    "limitation_reopen",
    "limitation_task",
    "limitation_waive",
]
