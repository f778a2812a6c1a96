from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKind(models.TextChoices):
    """Why a day differs from the week's usual order of five working days and two of rest."""

    HOLIDAY = "holiday", _("Public holiday")
    IN_LIEU = "in_lieu", _("Day off for a holiday at a weekend")
    SWAPPED = "swapped", _("Working day given free, worked on another")
    WORKED = "worked", _("Day of rest worked instead")

    @property
    def is_off(self) -> bool:
        return self is not DayKind.WORKED
