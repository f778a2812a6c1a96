"""The units of a scale, their agencies and the people who act in them."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Family, block_of
from agencies.directory.services import index_agencies
from agencies.models import AdminUnit, Agency, AgencyName, Membership, Person, UnitName, UnitParent, User
from agencies.units.enums import UnitKind, UnitLevel
from agencies.units.services import index_units, rebuild_reach
from coordination.programs.models import Area
from records import text
from tests.bench.data.scales import Scale, shares
from tests.bench.data.store import Table, moment
from tests.bench.data.wording import AREAS, person_name, unit_name

BEGINNING = date(2000, 1, 1)
PASSWORD = "phoi-hop-do-luong-2026"
# Kind, code, how it is called before the unit's name, family, rank.
_AGENCIES = (
    (AgencyKind.COUNCIL_STANDING, "hdnd", "Thường trực HĐND", Family.STATE, 20),
    (AgencyKind.PEOPLES_COMMITTEE, "ubnd", "UBND", Family.STATE, 30),
    (AgencyKind.PROPAGANDA_BOARD, "btg", "Ban Tuyên giáo và Dân vận Đảng ủy", Family.PARTY, 40),
    (AgencyKind.FRONT_COMMITTEE, "mttq", "Ủy ban MTTQ Việt Nam", Family.FRONT, 50),
    (AgencyKind.TRADE_UNION, "cd", "Công đoàn", Family.ORGANISATION, 60),
    (AgencyKind.FARMERS_UNION, "hnd", "Hội Nông dân", Family.ORGANISATION, 61),
    (AgencyKind.WOMENS_UNION, "pn", "Hội Liên hiệp Phụ nữ", Family.ORGANISATION, 62),
    (AgencyKind.VETERANS_ASSOCIATION, "ccb", "Hội Cựu chiến binh", Family.ORGANISATION, 63),
    (AgencyKind.YOUTH_UNION, "dtn", "Đoàn TNCS Hồ Chí Minh", Family.ORGANISATION, 64),
    (AgencyKind.OFFICE, "vp", "Văn phòng HĐND và UBND", Family.STATE, 70),
    (AgencyKind.SPECIALISED, "kt", "Phòng Kinh tế", Family.STATE, 80),
    (AgencyKind.SPECIALISED, "vhxh", "Phòng Văn hóa - Xã hội", Family.STATE, 81),
)
# Who may be party to a program; the last three of the list above only work along.
PARTIES = 9
# Follows all programs of the scale as a party to each: the reader who sees every task there is.
_FOLLOWER = (AgencyKind.PARTY_COMMITTEE, "bcd", "Ban Chỉ đạo công tác phối hợp", Family.PARTY, 10)
_ROLES = {
    "ubnd": (Role.LEADER, Role.SECRETARY, Role.OFFICIAL),
    "mttq": (Role.LEADER, Role.ORGANISER, Role.OFFICIAL),
    "vp": (Role.UNIT_ADMIN, Role.OFFICIAL),
    "bcd": (Role.LEADER, Role.SECRETARY, Role.OFFICIAL),
}
_TITLES = {
    Role.LEADER: "Lãnh đạo", Role.SECRETARY: "Thư ký", Role.OFFICIAL: "Chuyên viên", Role.ORGANISER: "Ban tổ chức",
    Role.UNIT_ADMIN: "Quản trị đơn vị", Role.SYSTEM_ADMIN: "Quản trị hệ thống",
}  # fmt: skip
_NAME_OF_ROLE = {
    Role.LEADER: "lanh-dao", Role.SECRETARY: "thu-ky", Role.OFFICIAL: "chuyen-vien", Role.ORGANISER: "to-chuc",
    Role.UNIT_ADMIN: "quan-tri", Role.SYSTEM_ADMIN: "he-thong",
}  # fmt: skip


@dataclass
class Place:
    """A unit at work: how many tasks it has; numbers of its agencies, of its areas, of who acts for each agency."""

    pk: int
    code: str
    name: str
    tasks: int
    above: "Place | None"
    agencies: list[int] = field(default_factory=list)
    areas: list[int] = field(default_factory=list)
    officials: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Country:
    """All places, the one at the top first, and the agency that follows every program."""

    places: list[Place]
    follower: int
    follower_officials: list[int]


def found(scale: Scale, random: Random) -> Country:
    """Write units, agencies, areas, people, accounts and memberships; the words they are found by as well."""
    places = _units(scale)
    tables = _Tables()
    for place in places:
        tables.unit(place, random)
    follower, officials = tables.agency(places[0], _FOLLOWER, random)
    tables.member(places[0], follower, "bcd", Role.SYSTEM_ADMIN, random)
    tables.flush()
    index_units(AdminUnit.objects.filter(pk__in=[place.pk for place in places]))
    rebuild_reach()
    index_agencies(Agency.objects.filter(unit__in=[place.pk for place in places]))
    return Country(places, follower, officials)


def _units(scale: Scale) -> list[Place]:
    """The top, then each province with its communes."""
    units = Table(AdminUnit, "id", "code", "level", "valid_from", "current_name", "current_bare_name", "name_sorted")
    names = Table(UnitName, "unit_id", "kind", "name", "bare_name", "name_folded", "name_sorted", "valid_from")
    parents = Table(UnitParent, "unit_id", "parent_id", "valid_from")
    places: list[Place] = []

    def add(prefix: str, level: str, kind: str, word: str, tasks: int, above: Place | None) -> Place:
        number = len(places)
        bare = unit_name(number)
        place = Place(units.take_id(), f"{prefix}{number}", f"{word} {bare}", tasks, above)
        sorted_by = text.sort_key(bare)
        units.add(place.pk, place.code, level, BEGINNING, place.name, bare, sorted_by)
        names.add(place.pk, kind, place.name, bare, text.fold(place.name), sorted_by, BEGINNING)
        if above:
            parents.add(place.pk, above.pk, BEGINNING)
        places.append(place)
        return place

    country: Place | None = None
    for tasks, *of_communes in shares(scale):
        if scale.provinces > 1 and country is None:
            country = add("TW", UnitLevel.PROVINCE, UnitKind.CITY, "trung ương", tasks, None)
        elif not scale.communes:
            add("BX", UnitLevel.COMMUNE, UnitKind.COMMUNE, "xã", tasks, None)
        else:
            province = add("BT", UnitLevel.PROVINCE, UnitKind.PROVINCE, "tỉnh", tasks, country)
            for rank, each in enumerate(of_communes):
                is_ward = rank < len(of_communes) // 5
                kind, word = (UnitKind.WARD, "phường") if is_ward else (UnitKind.COMMUNE, "xã")
                add("BX", UnitLevel.COMMUNE, kind, word, each, province)
    for table in (units, names, parents):
        table.flush()
    return places


class _Tables:
    """What is written for each unit."""

    def __init__(self):
        self.agencies = Table(
            Agency, "id", "unit_id", "code", "kind", "valid_from", "current_name", "current_short_name",
            "current_family", "protocol_order", "block", "name_folded", "name_sorted",
        )  # fmt: skip
        self.names = Table(
            AgencyName, "agency_id", "name", "short_name", "abbreviation", "document_symbol", "family",
            "protocol_order", "letterhead_lines", "head_title", "valid_from",
        )  # fmt: skip
        self.areas = Table(Area, "id", "unit_id", "code", "name", "position")
        self.people = Table(Person, "id", "full_name", "given_name", "name_folded", "name_sorted")
        self.users = Table(User, "id", "username", "password", "person_id", "created_at")
        self.members = Table(Membership, "id", "user_id", "agency_id", "role", "title", "valid_from")
        self._password = PBKDF2PasswordHasher().encode(PASSWORD, "dolieudoluong")
        self._created = moment(BEGINNING, 8)

    def unit(self, place: Place, random: Random) -> None:
        """Agencies, areas and people of a unit."""
        for facts in _AGENCIES:
            agency, officials = self.agency(place, facts, random)
            place.agencies.append(agency)
            place.officials.append(officials[-1])
        for position, name in enumerate(AREAS, start=1):
            pk = self.areas.take_id()
            self.areas.add(pk, place.pk, f"lv-{position}", name[0].upper() + name[1:], position)
            place.areas.append(pk)

    def agency(self, place: Place, facts: tuple, random: Random) -> tuple[int, list[int]]:
        """An agency with its members; their numbers, the official's last."""
        kind, code, called, family, order = facts
        pk, name = self.agencies.take_id(), f"{called} {place.name}"
        folded, sorted_by = text.fold(f"{name} {called} {code}"), text.sort_key(name)
        block = int(block_of(kind, family))
        self.agencies.add(
            pk, place.pk, code, kind.value, BEGINNING, name, called, family.value, order, block, folded, sorted_by
        )
        symbol = code.upper()
        self.names.add(pk, name, called, symbol, symbol, family.value, order, name.upper(), "CHỦ TỊCH", BEGINNING)
        roles = _ROLES.get(code, (Role.OFFICIAL,))
        return pk, [self.member(place, pk, code, role, random) for role in roles]

    def member(self, place: Place, agency: int, code: str, role: Role, random: Random) -> int:
        """A person with an account named after role, agency and unit, such as lanh-dao-ubnd-bt0."""
        person, user, pk = self.people.take_id(), self.users.take_id(), self.members.take_id()
        full, given = person_name(random)
        self.people.add(person, full, given, text.fold(full), text.sort_key(f"{given} {full}"))
        name = f"{_NAME_OF_ROLE[role]}-{code}-{place.code.lower()}"
        self.users.add(user, name, self._password, person, self._created)
        self.members.add(pk, user, agency, role.value, _TITLES[role], BEGINNING)
        return pk

    def flush(self) -> None:
        """Everything written, in the order one needs the other."""
        for table in (self.agencies, self.names, self.areas, self.people, self.users, self.members):
            table.flush()
