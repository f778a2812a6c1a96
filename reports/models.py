"""The tables of this floor, gathered from its rooms for Django."""

from reports.composed.models import ComposedReport, FrozenFigures, PartTemplate, ReportBlock
from reports.documents.models import Registration
from reports.issuing.models import IssuedDocument
from reports.signing.models import SignedState, SigningAddress, SigningField, SigningRound
from reports.verification.models import Withdrawal
from reports.weekly.models import WeeklyChoice, WeeklySheet

__all__ = [
    "ComposedReport",
    "FrozenFigures",
    "IssuedDocument",
    "PartTemplate",
    "Registration",
    "ReportBlock",
    "SignedState",
    "SigningAddress",
    "SigningField",
    "SigningRound",
    "WeeklyChoice",
    "WeeklySheet",
    "Withdrawal",
]
