"""The tables of this floor, gathered from its rooms for Django."""

from agencies.directory.models import Agency, AgencyName, AgencySuccession, OfficeService
from agencies.people.models import Membership, Office, OfficeHolding, Person, User
from agencies.units.models import AdminUnit, UnitName, UnitParent, UnitSuccession

__all__ = [
    "AdminUnit",
    "Agency",
    "AgencyName",
    "AgencySuccession",
    "Membership",
    "Office",
    "OfficeHolding",
    "OfficeService",
    "Person",
    "UnitName",
    "UnitParent",
    "UnitSuccession",
    "User",
]
