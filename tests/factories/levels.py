"""Units above and below each other, each with programs of its own, for what a level is told."""

import html
import re
from dataclasses import dataclass
from datetime import date

from django.test import Client

from agencies.access.enums import Role
from agencies.models import AdminUnit, Membership
from agencies.units.enums import UnitKind
from coordination.tasks.enums import TaskState
from records import clock
from reports.levels.queries import Level, level_of
from tests.factories.people import make_agency, make_member
from tests.factories.units import founded
from tests.integration.test_figures_sample import District

LEVELS = "/tong-quan/don-vi/"
LINK = re.compile(r'<a[^>]*href="(?P<url>[^"]*)"[^>]*data-count="(?P<count>\d+)"')


@dataclass(frozen=True)
class Province:
    """A province of the country with three communes, its leader, and a commune of another province."""

    country: AdminUnit
    unit: AdminUnit
    communes: list[District]
    leader: Membership
    neighbour: District


def make_province() -> Province:
    """Quảng Ninh with Đầm Hà, Tiên Yên and Ba Chẽ, beside Hải Phòng with Thủy Nguyên; no program yet."""
    country = founded("VN", UnitKind.COUNTRY, "Việt Nam")
    unit = founded("QN", UnitKind.PROVINCE, "Quảng Ninh", parent=country)
    named = (("DH", "Đầm Hà"), ("TY", "Tiên Yên"), ("BC", "Ba Chẽ"))
    communes = [commune_below(unit, code, name) for code, name in named]
    beside = commune_below(founded("HP", UnitKind.CITY, "Hải Phòng", parent=country), "TN", "Thủy Nguyên")
    return Province(country, unit, communes, leader_of(unit), beside)


def leader_of(unit: AdminUnit, role: Role = Role.LEADER) -> Membership:
    """Someone of the unit's own committee, party to no program of the units below."""
    agency = unit.agencies.filter(code="uy-ban").first() or make_agency(unit, "uy-ban", f"UBND {unit.current_name}")
    return make_member(agency, role)


def commune_below(parent: AdminUnit, code: str, name: str, **facts) -> District:
    """A commune with agencies and areas, ready for programs; one of a later day has them from the beginning."""
    begins = facts.pop("valid_from", None)
    commune = District(founded(code, UnitKind.COMMUNE, name, parent=parent, **facts))
    if begins:
        for rows in (AdminUnit.objects.filter(pk=commune.unit.pk), commune.unit.names, commune.unit.parents):
            rows.update(valid_from=begins)
        commune.unit.refresh_from_db()
    return commune


def signed(unit: District, year: int, outcomes: str, ordinal: int = 1, **facts):
    """A program in force with one task an outcome: "." on time, "l" late, "x" not completed, "o" still open."""
    program = unit.program(year, ordinal, ("ubnd", "mttq"), **facts)
    due_on = date(year, 2, 20)
    for outcome in outcomes:
        unit.task(program, "ubnd", "mttq", **{"due_on": due_on, **_outcome(outcome, year)})
    return program


def _outcome(outcome: str, year: int) -> dict:
    return {
        ".": {"state": TaskState.COMPLETED},
        "l": {"state": TaskState.COMPLETED, "completed_on": date(year, 3, 5)},
        "x": {"state": TaskState.NOT_COMPLETED},
        "o": {"state": TaskState.IN_PROGRESS, "due_on": date(year, 12, 1)},
    }[outcome]


def level(actor: Membership, unit: AdminUnit | None = None, year: int = 2022, as_of: date | None = None) -> Level:
    """What an actor is told of their own unit, or of another one."""
    return level_of(actor, unit or actor.agency.unit, year, as_of=as_of or clock.today())


def counts_of(told: Level) -> dict[str, int]:
    """The tasks with a deadline of each unit side by side, by its code."""
    return {line.place.code: int(line.tally.total) for line in told.lines}


def shown(reader: Client, address: str = "?year=2022") -> str:
    """The page of a level as a signed-in reader gets it."""
    response = reader.get(f"{LEVELS}{address}")
    assert response.status_code == 200, address
    return response.content.decode()


def text_of(page: str) -> str:
    """The words of the main part, on one line."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
