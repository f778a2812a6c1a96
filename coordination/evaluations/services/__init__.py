"""What happens in an evaluation: schemes are written, rounds opened and closed, judgements given, findings written."""

from coordination.evaluations.services.findings import add_finding
from coordination.evaluations.services.judgements import (
    CriterionPoints,
    conclude,
    submit_cross,
    submit_self,
    verify,
)
from coordination.evaluations.services.rounds import close_round, open_round
from coordination.evaluations.services.schemes import create_scheme
from coordination.evaluations.services.sheets import CrossMark, submit_cross_sheet

__all__ = [
    "CriterionPoints",
    "CrossMark",
    "add_finding",
    "close_round",
    "conclude",
    "create_scheme",
    "open_round",
    "submit_cross",
    "submit_cross_sheet",
    "submit_self",
    "verify",
]
