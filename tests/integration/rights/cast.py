"""Who stands where around a program: every role in every relation, in one unit, above it, below it and beside it."""

from dataclasses import dataclass
from itertools import count

from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, Membership
from agencies.units.enums import UnitKind, UnitLevel
from agencies.units.services import found_unit
from tests.factories.people import BEGINNING, make_agency, make_member
from tests.factories.programs import make_parties

RELATIONS = {
    "drafter": "the office that drafts the program and keeps its papers; it serves the lead party",
    "lead": "the party that leads the program and organises the conference",
    "party": "another party; it leads the task, and it is its place to sign",
    "office": "an office that serves that party",
    "third": "one more party",
    "helper": "an agency of the unit that is no party: it coordinates the task and attends the conference",
    "helpbelow": "an agency of a unit below that coordinates the task",
    "sameunit": "an agency of the unit that has no part in it",
    "below": "an agency of a unit below that has no part in it",
    "above": "an agency of the unit above",
    "another": "an agency of another unit",
}


_numbers = count(1)


@dataclass(frozen=True)
class Cast:
    """The agencies by relation and a member of each in every role."""

    unit: AdminUnit
    agencies: dict[str, Agency]
    members: dict[tuple[str, Role], Membership]

    @property
    def secretary(self) -> Membership:
        """The secretary who drafts."""
        return self.members["drafter", Role.SECRETARY]

    @property
    def parties(self) -> list[Agency]:
        return [self.agencies[name] for name in ("lead", "party", "third")]

    def official(self, agency: Agency) -> Membership:
        """The official of an agency."""
        return next(one for (_r, role), one in self.members.items() if one.agency == agency and role == Role.OFFICIAL)


def assemble(code: str = "") -> Cast:
    """Found the units and agencies and give each agency a member of every role."""
    code = code or f"RC{next(_numbers)}-"
    above = _unit(code, 2, UnitLevel.PROVINCE, UnitKind.PROVINCE, "tỉnh Thử Nghiệm")
    unit = _unit(code, 1, UnitLevel.DISTRICT, UnitKind.DISTRICT, "huyện Thử Nghiệm", above)
    below = _unit(code, 3, UnitLevel.COMMUNE, UnitKind.COMMUNE, "xã Thử Nghiệm", unit)
    another = _unit(code, 4, UnitLevel.DISTRICT, UnitKind.DISTRICT, "huyện Bên Cạnh", above)
    lead, party, third = make_parties(unit, 3)
    agencies = {
        "drafter": make_agency(unit, "soan-thao", "Văn phòng soạn thảo", serves=[lead]),
        "lead": lead,
        "party": party,
        "office": make_agency(unit, "van-phong-ben", "Văn phòng giúp việc", serves=[party]),
        "third": third,
        "helper": make_agency(unit, "phoi-hop", "Cơ quan phối hợp"),
        "helpbelow": make_agency(below, "xa-phoi-hop", "Xã phối hợp"),
        "sameunit": make_agency(unit, "ngoai", "Cơ quan ngoài cuộc"),
        "below": make_agency(below, "xa-khac", "Cơ quan khác của xã"),
        "above": make_agency(above, "cap-tren", "Cơ quan cấp trên"),
        "another": make_agency(another, "noi-khac", "Cơ quan nơi khác"),
    }
    members = {(name, role): make_member(agency, role) for name, agency in agencies.items() for role in Role}
    return Cast(unit, agencies, members)


def _unit(
    code: str, place: int, level: UnitLevel, kind: UnitKind, name: str, parent: AdminUnit | None = None
) -> AdminUnit:
    return found_unit(
        code=f"{code}{place}",
        level=level,
        kind=kind,
        name=name,
        bare_name=name.partition(" ")[2],
        valid_from=BEGINNING,
        parent=parent,
    )
