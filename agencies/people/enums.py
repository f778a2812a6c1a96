"""How an account stands, with the words, tone and icon every page shows it in."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AccountState(models.TextChoices):
    """Whether an account can be used: not yet, now, not for some minutes, not until it is restored."""

    INVITED = "invited", pgettext_lazy("account", "Invited")
    ACTIVE = "active", pgettext_lazy("account", "Active")
    LOCKED = "locked", pgettext_lazy("account", "Locked after wrong tries")
    SUSPENDED = "suspended", pgettext_lazy("account", "Suspended")

    @property
    def tone(self) -> str:
        return {"invited": "wait", "active": "ok", "locked": "bad", "suspended": "idle"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "invited": "hourglass-split",
            "active": "check-circle-fill",
            "locked": "exclamation-triangle-fill",
            "suspended": "slash-circle",
        }[self.value]
