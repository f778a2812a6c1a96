"""What happens to files that parties sign: prepared, taken, brought back, withdrawn."""

from reports.signing.services.addresses import hand_over_by_address, open_addresses, take_by_address
from reports.signing.services.preparing import prepare_file, withdraw_file
from reports.signing.services.taking import hand_over_file, take_signed

__all__ = [
    "hand_over_by_address",
    "hand_over_file",
    "open_addresses",
    "prepare_file",
    "take_by_address",
    "take_signed",
    "withdraw_file",
]
