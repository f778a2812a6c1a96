"""What people do to the record of agencies: add one, say how it is called from a day on, correct, keep contacts."""

from agencies.registry.services.adding import add_agency
from agencies.registry.services.beginning import begin_portal
from agencies.registry.services.changing import change_agency, correct_agency, set_contact
from agencies.registry.services.contact import Contact
from agencies.registry.services.facts import FIRST, Facts, facts_of

__all__ = [
    "FIRST",
    "Contact",
    "Facts",
    "add_agency",
    "begin_portal",
    "change_agency",
    "correct_agency",
    "facts_of",
    "set_contact",
]
