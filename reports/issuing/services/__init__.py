"""Papers leave the portal: exported as they stand, numbered, issued once for what they say, handed out as issued."""

from reports.issuing.services.keeping import (
    export_paper,
    export_program,
    hand_over_document,
    issue_program,
    printed_facts,
)
from reports.issuing.services.numbering import Signing, issue_paper, number_paper

__all__ = [
    "Signing",
    "export_paper",
    "export_program",
    "hand_over_document",
    "issue_paper",
    "issue_program",
    "number_paper",
    "printed_facts",
]
