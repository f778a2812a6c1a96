"""Named reads about files that parties sign."""

from reports.signing.queries.missing import certificates_for, missing_before_preparing
from reports.signing.queries.proof import broken_states, is_whole, whole_content
from reports.signing.queries.rounds import (
    RoundView,
    current_state,
    live_round,
    next_field,
    round_view,
    signed_file_of,
)

__all__ = [
    "RoundView",
    "broken_states",
    "certificates_for",
    "current_state",
    "is_whole",
    "live_round",
    "missing_before_preparing",
    "next_field",
    "round_view",
    "signed_file_of",
    "whole_content",
]
