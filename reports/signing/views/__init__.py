"""The pages of signing a file, and the two doors for signing tools."""

from reports.signing.views.pages import (
    signing_addresses,
    signing_file,
    signing_prepare,
    signing_round,
    signing_upload,
    signing_withdraw,
)
from reports.signing.views.tools import tool_file, tool_upload

__all__ = [
    "signing_addresses",
    "signing_file",
    "signing_prepare",
    "signing_round",
    "signing_upload",
    "signing_withdraw",
    "tool_file",
    "tool_upload",
]
