"""How a part of the server stands."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(Enum):
    """In order, worth a look, or broken; the value is the exit status of `manage.py doctor`."""

    IN_ORDER = 0
    WARNING = 1
    BROKEN = 2

    @property
    def label(self) -> Promise:
        return _LABELS[self]

    @property
    def tone(self) -> str:
        return {0: "ok", 1: "wait", 2: "bad"}[self.value]

    @property
    def icon(self) -> str:
        return {0: "check-circle-fill", 1: "exclamation-triangle-fill", 2: "x-circle-fill"}[self.value]

    @property
    def code(self) -> str:
        """The word of it in JSON and in metrics."""
        return self.name.lower().replace("_", "-")


_LABELS = {
    Standing.IN_ORDER: pgettext_lazy("server", "In order"),
    Standing.WARNING: _("Needs a look"),
    Standing.BROKEN: pgettext_lazy("server", "Broken"),
}
