from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitLevel(models.TextChoices):
    """The country and the levels of local government; the district level ended on 30/6/2025 and stays readable."""

    COUNTRY = "country", _("Country level")
    PROVINCE = "province", _("Province level")
    DISTRICT = "district", _("District level (until 30/6/2025)")
    COMMUNE = "commune", _("Commune level")


class UnitKind(models.TextChoices):
    """What a unit is called in law."""

    COUNTRY = "country", _("Country")
    PROVINCE = "province", _("Province")
    CITY = "city", _("Centrally run city")
    DISTRICT = "district", _("Rural district")
    TOWN = "town", _("District-level town")
    URBAN_DISTRICT = "urban_district", _("Urban district")
    PROVINCIAL_CITY = "provincial_city", _("City within a province")
    COMMUNE = "commune", _("Commune")
    WARD = "ward", _("Ward")
    TOWNSHIP = "township", _("Township")
    SPECIAL_ZONE = "special_zone", _("Special zone")


# The word a unit's name begins with; names of units are Vietnamese in every language of the interface.
WORD_OF_KIND = {
    UnitKind.COUNTRY: "nước",
    UnitKind.PROVINCE: "tỉnh",
    UnitKind.CITY: "thành phố",
    UnitKind.DISTRICT: "huyện",
    UnitKind.TOWN: "thị xã",
    UnitKind.URBAN_DISTRICT: "quận",
    UnitKind.PROVINCIAL_CITY: "thành phố",
    UnitKind.COMMUNE: "xã",
    UnitKind.WARD: "phường",
    UnitKind.TOWNSHIP: "thị trấn",
    UnitKind.SPECIAL_ZONE: "đặc khu",
}

KINDS_OF_LEVEL = {
    UnitLevel.COUNTRY: (UnitKind.COUNTRY,),
    UnitLevel.PROVINCE: (UnitKind.PROVINCE, UnitKind.CITY),
    UnitLevel.DISTRICT: (UnitKind.DISTRICT, UnitKind.TOWN, UnitKind.URBAN_DISTRICT, UnitKind.PROVINCIAL_CITY),
    UnitLevel.COMMUNE: (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.TOWNSHIP, UnitKind.SPECIAL_ZONE),
}
LEVEL_OF_KIND = {kind: level for level, kinds in KINDS_OF_LEVEL.items() for kind in kinds}
# From the highest to the lowest; a unit lies below a higher one, not always the next one.
RANK_OF_LEVEL = {level: rank for rank, level in enumerate(KINDS_OF_LEVEL)}

# Rule R-UNIT-2: two levels from 1/7/2025, and at the lower one xã, phường and đặc khu only.
DISTRICTS_END = date(2025, 6, 30)
TWO_LEVELS_BEGIN = date(2025, 7, 1)
LAST_DAY_OF_KIND = {
    **dict.fromkeys(KINDS_OF_LEVEL[UnitLevel.DISTRICT], DISTRICTS_END),
    UnitKind.TOWNSHIP: DISTRICTS_END,
}
FIRST_DAY_OF_KIND = {UnitKind.SPECIAL_ZONE: TWO_LEVELS_BEGIN}


class SuccessionKind(models.TextChoices):
    """How one unit or agency became another."""

    RENAMED = "renamed", _("Renamed")
    MERGED = "merged", _("Merged")
    SPLIT = "split", _("Split")
    CLOSED = "closed", pgettext_lazy("succession", "Closed")
