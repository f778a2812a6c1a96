"""A record of which something was found damaged, and in what words its page says so."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Harm(StrEnum):
    """What is damaged of a record."""

    VERSION = "version"
    SIGNED_FILE = "signed-file"
    FILE = "file"
    ROW = "row"
    LOG = "log"
    COUNTER = "counter"

    @property
    def words(self) -> Promise:
        return _WORDS[self]


@dataclass(frozen=True, order=True)
class Mark:
    """One thing that is damaged of one record. `name` is what everybody who sees the record may read."""

    kind: str
    pk: int
    harm: Harm
    name: str = ""

    @classmethod
    def on(cls, record: Model, harm: Harm, name: str = "") -> "Mark":
        return cls(record._meta.label_lower, record.pk, harm, name)

    @property
    def words(self) -> str:
        """The sentence for the record's page, with the name where there is one."""
        words = str(self.harm.words)
        return _("%(name)s: %(words)s") % {"name": self.name, "words": words} if self.name else words


_WORDS = {
    Harm.VERSION: gettext_lazy("a version that was frozen no longer has the content it was frozen with."),
    Harm.SIGNED_FILE: gettext_lazy("a signed file is not the one the log tells of."),
    Harm.FILE: gettext_lazy("a stored file is missing or no longer the one that was kept."),
    Harm.ROW: gettext_lazy("a part of the record points at something that is not there."),
    Harm.LOG: gettext_lazy("the history of the record was changed after it was written."),
    Harm.COUNTER: gettext_lazy("the next number it gives was given already: take none from it."),
}
