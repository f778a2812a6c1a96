"""What is derived from agencies and kept beside them: the words they are found by, the naming of today."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from agencies.directory.enums import block_of
from agencies.directory.models import Agency, AgencyName, AgencyWord
from agencies.units.models import UnitWord
from agencies.units.services.index import cut, follow_names_of_units, in_batches
from records import text

_CALLED = ("name", "short_name", "abbreviation")
_PRESENT = {
    "current_name": "name",
    "current_short_name": "short_name",
    "current_family": "family",
    "protocol_order": "protocol_order",
}


@transaction.atomic
def index_agencies(agencies: Iterable[Agency]) -> None:
    """Write the words of agencies anew: of code, kind and all names, whatever their days, and those of the unit."""
    for some in in_batches(list(agencies)):
        words = {agency.pk: set(text.words(f"{agency.code} {agency.kind_label}")) for agency in some}
        for pk, *called in AgencyName.objects.filter(agency__in=words).values_list("agency_id", *_CALLED):
            words[pk].update(text.words(" ".join(called)))
        of_unit = defaultdict(list)
        for pk, word in UnitWord.objects.filter(unit__in={one.unit_id for one in some}).values_list("unit_id", "word"):
            of_unit[pk].append(word)
        AgencyWord.objects.filter(agency__in=words).delete()
        AgencyWord.objects.bulk_create(
            AgencyWord(agency=agency, word=word)
            for agency in some
            for word in cut({*words[agency.pk], *of_unit[agency.unit_id]})
        )


@follow_names_of_units
def index_agencies_of(units: Sequence[int]) -> None:
    """Agencies are found by the names of their units as well, so they follow when a unit is called otherwise."""
    index_agencies(Agency.objects.filter(unit__in=units))


def repeat_present_naming(agency: Agency, today: date) -> bool:
    """Keep on the agency the name, family, rank and block it has today; whether that changed anything."""
    naming = AgencyName.objects.filter(agency=agency, valid_from__lte=today).order_by("-valid_from").first()
    naming = naming or AgencyName.objects.filter(agency=agency).order_by("valid_from").first()
    present = {column: getattr(naming, source) for column, source in _PRESENT.items()}
    present["block"] = block_of(agency.kind, naming.family)
    if all(getattr(agency, column) == value for column, value in present.items()):
        return False
    for column, value in present.items():
        setattr(agency, column, value)
    agency.save(update_fields=[*present, "name_folded", "name_sorted"])
    return True


@transaction.atomic
def bring_agency_names_up_to_date(today: date) -> int:
    """Namings recorded ahead of their day become the present ones when it has come; how many did."""
    begun = AgencyName.objects.filter(agency=OuterRef("pk"), valid_from__lte=today).order_by("-valid_from")
    present = {f"new_{column}": Subquery(begun.values(source)[:1]) for column, source in _PRESENT.items()}
    changed = Q()
    for column in _PRESENT:
        changed |= ~Q(**{f"new_{column}": F(column)})
    agencies = Agency.objects.annotate(**present).filter(changed, new_current_name__isnull=False)
    return sum(repeat_present_naming(agency, today) for agency in agencies)
