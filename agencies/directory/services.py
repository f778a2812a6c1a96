"""Founding agencies and letting offices serve them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from agencies.directory.enums import AgencyKind, Family, SigningAuthority
from agencies.directory.models import Agency, AgencyName, OfficeService
from agencies.units.models import AdminUnit


@dataclass(frozen=True)
class Naming:
    """How an agency is called, ranked and printed during a period; lines are separated by line breaks."""

    name: str
    short_name: str
    abbreviation: str
    document_symbol: str
    family: Family
    protocol_order: int
    letterhead_lines: str
    superior_lines: str = ""
    authority: SigningAuthority = SigningAuthority.COLLECTIVE
    authority_lines: str = ""
    head_title: str = "CHỦ TỊCH"
    legal_basis: str = ""


@transaction.atomic
def found_agency(
    unit: AdminUnit,
    *,
    code: str,
    kind: AgencyKind,
    naming: Naming,
    valid_from: date,
    kind_label: str = "",
    parent: Agency | None = None,
) -> Agency:
    """Record an agency of a unit with its first naming."""
    agency = Agency.objects.create(
        unit=unit,
        code=code,
        kind=kind,
        kind_label=kind_label,
        valid_from=valid_from,
        current_name=naming.name,
        current_short_name=naming.short_name,
        protocol_order=naming.protocol_order,
    )
    AgencyName.objects.create(agency=agency, parent=parent, valid_from=valid_from, **vars(naming))
    return agency


@transaction.atomic
def let_serve(office: Agency, served: Agency, *, since: date) -> OfficeService:
    """From a day on, the people of an office act for the agency it serves."""
    return OfficeService.objects.create(office=office, served=served, valid_from=since)
