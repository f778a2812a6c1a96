"""What happens on a version locked for signing: who signs, that they signed, that a party returns it."""

from coordination.programs.services.signing.places import must_be_turn
from coordination.programs.services.signing.returning import return_version
from coordination.programs.services.signing.scans import Scan, attest_scan
from coordination.programs.services.signing.signatures import record_digital_signature, record_signature
from coordination.programs.services.signing.signers import choose_signer, name_signer

__all__ = [
    "Scan",
    "attest_scan",
    "choose_signer",
    "must_be_turn",
    "name_signer",
    "record_digital_signature",
    "record_signature",
    "return_version",
]
