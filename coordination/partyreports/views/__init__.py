"""The pages of the reports of parties."""

from coordination.partyreports.views.gathering import (
    party_report_call,
    party_reports,
    party_reports_ask,
    party_reports_together,
)
from coordination.partyreports.views.writing import (
    party_report_return,
    party_report_send,
    party_report_take_back,
    party_report_write,
)

__all__ = [
    "party_report_call",
    "party_report_return",
    "party_report_send",
    "party_report_take_back",
    "party_report_write",
    "party_reports",
    "party_reports_ask",
    "party_reports_together",
]
