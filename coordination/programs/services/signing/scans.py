"""Scans of a paper signed by hand: kept as they were uploaded, compared with the version by the drafting secretary."""

from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.enums import ProgramState
from coordination.programs.models import SignatureSlot
from coordination.programs.permissions import can_attest_scan
from coordination.programs.services.doors import must_be_in
from coordination.programs.services.signing.ending import end_signing
from coordination.programs.services.signing.places import locked_slot, moved_on, tell
from records import clock
from records.errors import RuleBroken
from records.files.enums import FileKind
from records.files.models import StoredFile
from records.files.services import check_file, keep

SCAN_KINDS = (FileKind.PDF, FileKind.JPEG, FileKind.PNG)


@dataclass(frozen=True)
class Scan:
    """A scan of the signed paper as it was uploaded."""

    name: str
    content: BinaryIO
    size_bytes: int


@transaction.atomic
def attest_scan(slot: SignatureSlot, *, actor: Membership) -> SignatureSlot:
    """The drafting secretary has compared the scan of a paper signature with the version; the last one ends signing.

    Rule: R-SIGN-6.
    Raises: NotAllowed; Conflict when there is nothing to compare any more; RuleBroken without a scan.
    """
    slot = locked_slot(slot, actor)
    require(can_attest_scan(actor, slot.version.program))
    must_be_in(slot.version.program, (ProgramState.SIGNING,))
    if slot.version.voided_at or not slot.is_to_be_attested:
        raise moved_on()
    if slot.scan is None:
        raise RuleBroken(_("There is no scan to compare."))
    slot.attested_at, slot.attested_by = clock.now(), actor
    slot.save(update_fields=["attested_at", "attested_by"])
    tell(slot, actor, {"attested": False}, {"attested": True, "scan": slot.scan.sha256})
    end_signing(slot, actor)
    return slot


def kept_scan(scan: Scan | None) -> StoredFile | None:
    """A scan checked and stored; nothing where none was sent.

    Raises: RuleBroken for any other kind of file, and as `keep`.
    """
    if scan is None:
        return None
    try:
        if check_file(scan.name, scan.content, scan.size_bytes) not in SCAN_KINDS:
            raise RuleBroken(_("A scan of the signed paper is a PDF, JPG or PNG file"))
        return keep(scan.name, scan.content, scan.size_bytes)
    except RuleBroken as refusal:
        raise RuleBroken(str(refusal), "scan") from refusal
