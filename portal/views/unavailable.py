"""What keeps the portal from answering for a while: a database that is away or full, a disk that takes nothing more, a
store of files that does not answer."""

import errno

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from records.files.errors import StoreFailed

_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_SQLITE_STATEMENT_IS_WRONG = 1


def why_unavailable(error: BaseException | None) -> str:
    """Words for what passes, or is mended on the server, after which the same request is answered; else nothing.

    Rule: R-FAULT-1.
    """
    if isinstance(error, StoreFailed):
        return error.trouble.words
    if isinstance(error, OSError) and error.errno in _DISK:
        return _("The server's disk is full or may not be written to; the administrator has to make room.")
    if isinstance(error, InterfaceError | OperationalError) and not _is_wrong_statement(error):
        return _("The database does not answer at the moment.")
    return ""


def _is_wrong_statement(error: Exception) -> bool:
    """SQLite says of a table that is missing what others say of a server that is away."""
    return getattr(error.__cause__, "sqlite_errorcode", None) == _SQLITE_STATEMENT_IS_WRONG
