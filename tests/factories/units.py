"""Administrative units of every kind for tests."""

from agencies.models import AdminUnit
from agencies.units.enums import LEVEL_OF_KIND, WORD_OF_KIND, UnitKind
from agencies.units.services import found_unit
from tests.factories.people import BEGINNING


def founded(code: str, kind: UnitKind = UnitKind.COMMUNE, name: str = "Bình Khê", **facts) -> AdminUnit:
    """A unit of a kind by the building block, which asks for no permission."""
    usual = {"bare_name": name, "name": f"{WORD_OF_KIND[kind]} {name}", "valid_from": BEGINNING}
    return found_unit(code=code, level=LEVEL_OF_KIND[kind], kind=kind, **usual | facts)
