"""Programs: one joint document of two or more equal parties, its text, versions and signatures."""

from coordination.programs.models.programs import Program, ProgramParty, ProgramStateChange
from coordination.programs.models.text import Area, LegalBasis, Section
from coordination.programs.models.versions import ProgramVersion, SignatureSlot

__all__ = [
    "Area",
    "LegalBasis",
    "Program",
    "ProgramParty",
    "ProgramStateChange",
    "ProgramVersion",
    "Section",
    "SignatureSlot",
]
