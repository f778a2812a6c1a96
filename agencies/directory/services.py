"""Founding agencies, naming them, ending them, and letting offices serve them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from agencies.directory.enums import AgencyKind, Family, SigningAuthority
from agencies.directory.models import Agency, AgencyName, OfficeService
from agencies.units.models import AdminUnit
from records.audit.enums import AuditAction
from records.audit.services import Actor, record


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
    actor: Actor | None = None,
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
    record(AuditAction.CREATED, actor=actor, about=agency, after={"name": naming.name, "since": valid_from})
    return agency


@transaction.atomic
def call_agency(
    agency: Agency, naming: Naming, *, since: date, parent: Agency | None = None, actor: Actor | None = None
) -> AgencyName:
    """From a day on an agency is called, ranked and printed otherwise; what held before ends the day before.

    Why: papers of every year print what was true on their own date, so nothing is overwritten.
    """
    before = agency.names.filter(valid_to=None).order_by("-valid_from").first()
    if before is not None:
        before.valid_to = since - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    named = AgencyName.objects.create(agency=agency, parent=parent, valid_from=since, **vars(naming))
    agency.current_name, agency.current_short_name = naming.name, naming.short_name
    agency.protocol_order = naming.protocol_order
    agency.save()
    told = ("name", "short_name", "abbreviation", "document_symbol", "protocol_order")
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=agency,
        before={name: getattr(before, name) for name in told} if before else {},
        after={name: getattr(named, name) for name in told} | {"since": since, "legal_basis": naming.legal_basis},
    )
    return named


@transaction.atomic
def end_agency(agency: Agency, *, last_day: date, actor: Actor | None = None) -> Agency:
    """An agency exists until a day; its open name and what served it or was served by it end with it."""
    agency.valid_to = last_day
    agency.save()
    for rows in (agency.names, agency.services, agency.service_of):
        rows.filter(valid_to=None).update(valid_to=last_day)
    record(AuditAction.ENDED, actor=actor, about=agency, after={"last_day": last_day})
    return agency


@transaction.atomic
def let_serve(office: Agency, served: Agency, *, since: date, actor: Actor | None = None) -> OfficeService:
    """From a day on, the people of an office act for the agency it serves."""
    service = OfficeService.objects.create(office=office, served=served, valid_from=since)
    record(AuditAction.CHANGED, actor=actor, about=office, after={"serves": served.code, "since": since})
    return service
