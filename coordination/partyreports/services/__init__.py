"""What happens to the reports of parties: called in, written, sent to the others, taken back, returned."""

from coordination.partyreports.services.calling import ask_again, call_for_reports
from coordination.partyreports.services.sending import (
    return_party_report,
    send_party_report,
    take_back_party_report,
)
from coordination.partyreports.services.writing import LONGEST_TEXT, write_party_report

__all__ = [
    "LONGEST_TEXT",
    "ask_again",
    "call_for_reports",
    "return_party_report",
    "send_party_report",
    "take_back_party_report",
    "write_party_report",
]
