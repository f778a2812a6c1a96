"""What goes wrong below the portal, in sentences that say how to mend it: a disk, the store of
files, or the way to the database.

Why the catalogue of the refusals: it can be read before there are settings.
"""

import errno

from django.db import OperationalError

from portal.settings.refusals import _
from records.files.errors import StoreFailed

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_ROOM_IN_WORDS = ("disk is full", "No space left on device", "could not extend file")
_NO_WAY = ("connection to server", "could not translate host name", "could not connect", "connection failed")


def sentence_of(mishap: OSError | OperationalError) -> str:
    """What happened and what to do; empty where it is no mishap of the machine but a fault of ours."""
    told = {"reason": str(mishap).strip()}
    if isinstance(mishap, OperationalError):
        return _of_database(told)
    if isinstance(mishap, StoreFailed):
        return _("The store of files failed (%(reason)s). manage.py doctor says what to do.") % told
    if mishap.errno in _NO_ROOM:
        return _("The disk is full: %(reason)s. Make room on it, then begin again.") % told
    if mishap.errno in _NOT_ALLOWED:
        return _("The portal's account may not write there: %(reason)s. Give it the folder, then begin again.") % told
    return ""


def _of_database(told: dict[str, str]) -> str:
    if any(words in told["reason"] for words in _NO_ROOM_IN_WORDS):
        return _("The disk of the database is full: %(reason)s. Make room on it, then begin again.") % told
    if any(words in told["reason"] for words in _NO_WAY):
        return _("The database cannot be reached. Look at DATABASE_URL: %(reason)s") % told
    return _("The database did not do what it was asked; look at DATABASE_URL and its log: %(reason)s") % told
