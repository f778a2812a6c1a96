"""Handing out what was signed on paper."""

from typing import BinaryIO

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.models import SignatureSlot
from coordination.programs.permissions import can_view_program
from records.files.services import hand_over


def hand_over_scan(slot: SignatureSlot, *, actor: Membership) -> BinaryIO:
    """The bytes of the scan of a party's signed paper, for whoever sees the program; the audit tells who got them.

    Raises: NotAllowed; FileNotFoundError when there is no scan or its bytes are gone.
    """
    program = slot.version.program
    require(can_view_program(actor, program))
    if slot.scan is None:
        raise FileNotFoundError
    return hand_over(slot.scan, about=slot, actor=actor, program=program.code, party=slot.agency_name)
