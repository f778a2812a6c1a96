from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a letter stands on its way out."""

    WAITING = "waiting", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    GIVEN_UP = "given_up", _("Could not be sent")


# How long a letter rests after each try that failed; when they are used up it is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 180))
# A try that was begun and never ended, because its process died, is made again after this long.
LEASE = timedelta(minutes=5)
# The words of a letter that was given up are kept so long, so that it can be sent again once mail goes.
WORDS_KEPT = timedelta(days=7)
