"""Founding agencies, naming them, ending them, and letting offices serve them.

No permission is asked here: whoever joins these acts to one of their own asks first.
"""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from agencies.directory.enums import AgencyKind, Family, SigningAuthority, block_of
from agencies.directory.models import Agency, AgencyName, OfficeService
from agencies.directory.services.checks import must_be_a_parent, must_follow, must_lie_in, must_not_outlive
from agencies.directory.services.index import index_agencies, repeat_present_naming
from agencies.units.models import AdminUnit
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import Actor, record

TOLD = (
    "name", "short_name", "abbreviation", "document_symbol", "family", "protocol_order", "superior_lines",
    "letterhead_lines", "authority", "authority_lines", "head_title", "legal_basis", "paper_rules",
)  # fmt: skip


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
    paper_rules: str = ""


def naming_from(name: AgencyName) -> Naming:
    """What a recorded naming says, to begin another one from."""
    return Naming(**{field.name: getattr(name, field.name) for field in fields(Naming)})


@transaction.atomic
def found_agency(
    unit: AdminUnit,
    *,
    code: str,
    kind: AgencyKind,
    naming: Naming,
    valid_from: date,
    valid_to: date | None = None,
    kind_label: str = "",
    parent: Agency | None = None,
    actor: Actor | None = None,
) -> Agency:
    """Record an agency of a unit with its first naming.

    Raises: RuleBroken for days out of order or outside the unit's, or a parent that does not exist then.
    """
    must_lie_in(unit, valid_from, valid_to)
    if parent is not None:
        must_be_a_parent(parent, None, valid_from, valid_to)
    agency = Agency.objects.create(
        unit=unit,
        code=code,
        kind=kind,
        kind_label=kind_label,
        valid_from=valid_from,
        valid_to=valid_to,
        current_name=naming.name,
        current_short_name=naming.short_name,
        current_family=naming.family,
        protocol_order=naming.protocol_order,
        block=block_of(kind, naming.family),
    )
    AgencyName.objects.create(agency=agency, parent=parent, valid_from=valid_from, valid_to=valid_to, **vars(naming))
    told = {"name": naming.name, "kind": str(kind), "since": valid_from, "parent": parent.code if parent else ""}
    record(AuditAction.CREATED, actor=actor, about=agency, after=told)
    index_agencies([agency])
    return agency


@transaction.atomic
def call_agency(
    agency: Agency, naming: Naming, *, since: date, parent: Agency | None = None, actor: Actor | None = None
) -> AgencyName:
    """From a day on an agency is called, ranked and printed otherwise; what held before ends the day before.

    Why: papers of every year print what was true on their own date, so nothing is overwritten. A name recorded ahead
    of its day is not the present one yet.
    Raises: RuleBroken for a day the agency or its latest naming does not allow, or a parent that closes a circle.
    """
    must_follow(agency, since)
    if parent is not None:
        must_be_a_parent(parent, agency, since, agency.valid_to)
    before = agency.names.filter(Q(valid_to=None) | Q(valid_to__gte=since)).order_by("-valid_from").first()
    if before is not None:
        before.valid_to = since - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    named = AgencyName.objects.create(
        agency=agency, parent=parent, valid_from=since, valid_to=agency.valid_to, **vars(naming)
    )
    was, now = told_of(before), told_of(named)
    changed = [column for column, value in now.items() if was.get(column) != value]
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=agency,
        before={column: was.get(column, "") for column in changed},
        after={column: now[column] for column in changed} | {"since": since},
    )
    index_agencies([agency])
    repeat_present_naming(agency, clock.today())
    return named


@transaction.atomic
def end_agency(agency: Agency, *, last_day: date, decision: str = "", actor: Actor | None = None) -> Agency:
    """An agency exists until a day; its name and what served it or was served by it end with it.

    Raises: RuleBroken for a day before the agency, or a naming recorded of it, begins.
    """
    must_not_outlive(agency, last_day)
    before = agency.valid_to
    agency.valid_to, agency.ended_by = last_day, decision
    agency.save(update_fields=["valid_to", "ended_by"])
    for rows in (agency.names, agency.services, agency.service_of):
        rows.filter(Q(valid_to=None) | Q(valid_to__gt=last_day)).update(valid_to=last_day)
    record(
        AuditAction.ENDED,
        actor=actor,
        about=agency,
        before={"last_day": before},
        after={"last_day": last_day, "decision": decision},
    )
    return agency


@transaction.atomic
def let_serve(office: Agency, served: Agency, *, since: date, actor: Actor | None = None) -> OfficeService:
    """From a day on, the people of an office act for the agency it serves."""
    service = OfficeService.objects.create(office=office, served=served, valid_from=since)
    record(AuditAction.CHANGED, actor=actor, about=office, after={"serves": served.code, "since": since})
    return service


def told_of(name: AgencyName | None) -> dict:
    """A naming as the audit tells it; nothing where there is none."""
    if name is None:
        return {}
    return {column: getattr(name, column) for column in TOLD} | {"parent": name.parent.code if name.parent else ""}
