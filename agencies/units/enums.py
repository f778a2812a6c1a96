from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitLevel(models.TextChoices):
    """The levels of local government; the district level ended on 30/6/2025 and stays readable."""

    PROVINCE = "province", _("Province level")
    DISTRICT = "district", _("District level (until 30/6/2025)")
    COMMUNE = "commune", _("Commune level")


class UnitKind(models.TextChoices):
    """What a unit is called in law."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("Centrally run city")
    DISTRICT = "district", _("Rural district")
    TOWN = "town", _("District-level town")
    COMMUNE = "commune", _("Commune")
    WARD = "ward", _("Ward")
    TOWNSHIP = "township", _("Township")
    SPECIAL_ZONE = "special_zone", _("Special zone")


class SuccessionKind(models.TextChoices):
    """How one unit or agency became another."""

    RENAMED = "renamed", _("Renamed")
    MERGED = "merged", _("Merged")
    SPLIT = "split", _("Split")
    CLOSED = "closed", pgettext_lazy("succession", "Closed")
