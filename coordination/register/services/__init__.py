"""What happens in the register of numbers and to papers all have signed: one function per act."""

from coordination.register.services.amending import amend
from coordination.register.services.numbers import explain_gap, reserve_number, use_number, void_number
from coordination.register.services.papers import assign_number, issue
from coordination.register.services.series import open_series

__all__ = [
    "amend",
    "assign_number",
    "explain_gap",
    "issue",
    "open_series",
    "reserve_number",
    "use_number",
    "void_number",
]
