"""What happens in an evaluation: schemes are written, rounds opened, judgements given, results closed, corrected."""

from coordination.evaluations.services.freezing import correct_result
from coordination.evaluations.services.judgements import (
    CriterionPoints,
    conclude,
    save_self_draft,
    submit_cross,
    submit_self,
    verify,
)
from coordination.evaluations.services.rounds import RoundDays, change_round, close_round, open_round
from coordination.evaluations.services.scheme_drafts import BandDraft, CriterionDraft, SchemeDraft
from coordination.evaluations.services.schemes import copy_scheme, create_scheme, draft_of, edit_scheme
from coordination.evaluations.services.sheets import CrossMark, conclude_sheet, submit_cross_sheet

__all__ = [
    "BandDraft",
    "CriterionDraft",
    "CriterionPoints",
    "CrossMark",
    "RoundDays",
    "SchemeDraft",
    "change_round",
    "close_round",
    "conclude",
    "conclude_sheet",
    "copy_scheme",
    "correct_result",
    "create_scheme",
    "draft_of",
    "edit_scheme",
    "open_round",
    "save_self_draft",
    "submit_cross",
    "submit_cross_sheet",
    "submit_self",
    "verify",
]
