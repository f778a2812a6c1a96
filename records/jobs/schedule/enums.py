from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How a scheduled job went when it was last done."""

    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")

    @property
    def tone(self) -> str:
        return {"done": "ok", "failed": "bad"}[self.value]

    @property
    def icon(self) -> str:
        return {"done": "check-circle-fill", "failed": "x-circle-fill"}[self.value]


# How long a scheduled job rests after each try that failed; when they are used up it waits for its next regular time.
RESTS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
