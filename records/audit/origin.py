"""Where what happens comes from: known to whatever writes an entry or a line of the log, without being handed on."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Where a request came from: address and request id, blank for commands."""

    address: str = ""
    request_id: str = ""


origin: ContextVar[Origin] = ContextVar("origin", default=Origin())
