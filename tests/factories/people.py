"""Units, agencies and members for tests."""

from datetime import date
from itertools import count

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Family
from agencies.directory.services import Naming, found_agency, let_serve
from agencies.models import AdminUnit, Agency, Membership, Office, OfficeHolding
from agencies.people.services import appoint, grant_membership, open_account, register_person, set_up_office
from agencies.units.enums import UnitKind, UnitLevel
from agencies.units.services import found_unit

BEGINNING = date(2000, 1, 1)
PASSWORD = "mat-khau-thu-nghiem"
_numbers = count(1)


def make_unit(code: str = "", name: str = "huyện Thử Nghiệm") -> AdminUnit:
    """A district of before the reform."""
    return found_unit(
        code=code or f"TN{next(_numbers)}",
        level=UnitLevel.DISTRICT,
        kind=UnitKind.DISTRICT,
        name=name,
        bare_name=name.removeprefix("huyện "),
        valid_from=BEGINNING,
    )


def make_agency(
    unit: AdminUnit,
    code: str,
    name: str = "",
    *,
    kind: AgencyKind = AgencyKind.PEOPLES_COMMITTEE,
    family: Family = Family.STATE,
    protocol_order: int = 500,
    serves: list[Agency] | None = None,
) -> Agency:
    """An agency of a unit; an office when it serves others."""
    name = name or f"Cơ quan {code}"
    agency = found_agency(
        unit,
        code=code,
        kind=kind,
        valid_from=BEGINNING,
        naming=Naming(
            name=name,
            short_name=name,
            abbreviation=code.upper()[:20],
            document_symbol=code.upper(),
            family=family,
            protocol_order=protocol_order,
            letterhead_lines=name.upper(),
            authority_lines=name.upper(),
        ),
    )
    for served in serves or []:
        let_serve(agency, served, since=BEGINNING)
    return agency


def make_member(agency: Agency, role: Role = Role.OFFICIAL, username: str = "") -> Membership:
    """A person acting in an agency in a role; the password is PASSWORD."""
    user = open_account(username or f"{agency.code}-{role.value}-{next(_numbers)}".replace("_", "-"), PASSWORD)
    since = max(BEGINNING, agency.valid_from)
    return grant_membership(user, agency, role=role, title=f"{role.label} {agency.code}", since=since)


def make_office(agency: Agency, title: str, printed_title: str, **facts) -> Office:
    """A post of an agency; `is_head`, `authority`, `seats` and the rest as the service takes them."""
    return set_up_office(agency, title=title, printed_title=printed_title, **facts)


def make_holder(office: Office, full_name: str, *, since: date, **terms) -> OfficeHolding:
    """A new person in a post from a day on."""
    return appoint(register_person(full_name), office, since=since, **terms)
