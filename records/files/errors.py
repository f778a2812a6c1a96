"""What keeps stored files from being read or written: the place they are kept in does not answer, or refuses."""

from enum import Enum

from django.utils.translation import gettext_lazy as _


class Trouble(Enum):
    """Why a bucket gives or takes nothing, with words for people."""

    AWAY = "away"
    CERTIFICATE = "certificate"
    KEY = "key"
    NO_BUCKET = "no bucket"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        return str(_WORDS[self])

    @property
    def passes(self) -> bool:
        """Whether it ends by itself; what does not is a fault of the settings."""
        return self is Trouble.AWAY


_WORDS = {
    Trouble.AWAY: _("The store of files does not answer at the moment."),
    Trouble.CERTIFICATE: _("This machine does not trust the certificate of the store of files."),
    Trouble.KEY: _("The store of files does not accept the portal's key."),
    Trouble.NO_BUCKET: _("The store of files does not have the portal's bucket."),
    Trouble.REFUSED: _("The store of files refuses what the portal asks of it."),
}


class StoreFailed(OSError):
    """The place of stored files failed; whether a file is there is not known.

    Why an OSError: as a disk that fails. A file that is known not to be there is a FileNotFoundError.
    """

    def __init__(self, trouble: Trouble, reason: str = ""):
        super().__init__(f"{trouble.value}: {reason}" if reason else trouble.value)
        self.trouble = trouble
