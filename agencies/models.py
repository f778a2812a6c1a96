"""The tables of this floor, gathered from its rooms for Django."""

from agencies.accounts.models import OneTimeLink, SignIn, SignInPolicy
from agencies.certificates.models import SigningCertificate
from agencies.directory.models import Agency, AgencyName, AgencySuccession, AgencyWord, OfficeService
from agencies.groups.models import AgencyGroup, GroupMembership
from agencies.people.models import Membership, Office, OfficeHolding, OfficeTitle, Person, User
from agencies.reorganisation.models import Reorganisation, ReorganisationStep, RowChange
from agencies.units.models import AdminUnit, UnitName, UnitParent, UnitReach, UnitSuccession, UnitWord

__all__ = [
    "AdminUnit",
    "Agency",
    "AgencyGroup",
    "AgencyName",
    "AgencySuccession",
    "AgencyWord",
    "GroupMembership",
    "Membership",
    "Office",
    "OfficeHolding",
    "OfficeService",
    "OfficeTitle",
    "OneTimeLink",
    "Person",
    "Reorganisation",
    "ReorganisationStep",
    "RowChange",
    "SignIn",
    "SignInPolicy",
    "SigningCertificate",
    "UnitName",
    "UnitParent",
    "UnitReach",
    "UnitSuccession",
    "UnitWord",
    "User",
]
