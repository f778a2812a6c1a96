"""Forms of findings: shape only; the rules are the services' matter."""

from coordination.findings.forms.remedies import ReasonForm, RemedyForm, WaiverForm
from coordination.findings.forms.writing import FindingForm, initial_of

__all__ = ["FindingForm", "ReasonForm", "RemedyForm", "WaiverForm", "initial_of"]
