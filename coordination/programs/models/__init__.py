"""Programs: one joint document of two or more equal parties, its text, versions and signatures."""

from coordination.programs.models.agreement import CommitteeSubmission, PartyAgreement
from coordination.programs.models.foundation import FoundationPaper
from coordination.programs.models.marks import SightMark
from coordination.programs.models.programs import Program, ProgramParty, ProgramStateChange
from coordination.programs.models.text import NUMBERING_LENGTH, Area, LegalBasis, Section
from coordination.programs.models.versions import ProgramVersion, SignatureSlot

__all__ = [
    "NUMBERING_LENGTH",
    "Area",
    "CommitteeSubmission",
    "FoundationPaper",
    "LegalBasis",
    "PartyAgreement",
    "Program",
    "ProgramParty",
    "ProgramStateChange",
    "ProgramVersion",
    "Section",
    "SightMark",
    "SignatureSlot",
]
