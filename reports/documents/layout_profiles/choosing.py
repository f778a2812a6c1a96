"""By which rules a paper is laid out: those of the agency that leads, on the paper's day, unless a secretary chose."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from agencies.directory.enums import PaperRules
from agencies.directory.paper_rules import joint_rules
from agencies.models import AgencyName
from records import wording
from records.errors import RuleBroken
from reports.documents.layout_profiles.measures import Conventions, LayoutProfile
from reports.documents.layout_profiles.nd30 import ND30
from reports.documents.layout_profiles.organisations import NEUTRAL, YOUTH
from reports.documents.layout_profiles.party import PARTY_05, PARTY_36

PROFILES = {profile.code: profile for profile in (ND30, PARTY_36, PARTY_05, YOUTH, NEUTRAL)}
_OF_RULES = {
    PaperRules.ND30: (ND30,),
    PaperRules.PARTY: (PARTY_36, PARTY_05),
    PaperRules.YOUTH: (YOUTH,),
    PaperRules.NEUTRAL: (NEUTRAL,),
}


def profile_for(
    lead: AgencyName, parties: Collection[AgencyName], day: date, *, chosen: PaperRules | str = ""
) -> LayoutProfile:
    """The profile of a paper that agencies issue together, by what each is on the paper's day.

    Rule: R-LAYOUT-1. One paper, one heading: the rules of the agency that leads, Decree 30 wherever a State body signs,
    or the rules its secretary chose.
    Raises: RuleBroken for a day before the rules were in force.
    """
    rules = PaperRules(chosen) if chosen else joint_rules(lead, parties)
    return profile_on(rules, day)


def conventions_of(lead: AgencyName, parties: Collection[AgencyName], *, chosen: str = "") -> Conventions:
    """How such papers are worded and numbered, which no later text of the same rules has changed."""
    return _OF_RULES[PaperRules(chosen) if chosen else joint_rules(lead, parties)][-1].conventions


def profile_on(rules: PaperRules, day: date) -> LayoutProfile:
    """The text in force on a day of the rules a paper follows.

    Raises: RuleBroken for a day before the first of them.
    """
    texts = _OF_RULES[rules]
    found = next((profile for profile in texts if profile.is_in_force(day)), None)
    if found is None:
        told = {"rules": PaperRules(rules).label, "day": wording.day(texts[0].in_force_from)}
        raise RuleBroken(_("The portal has no presentation rules “%(rules)s” for papers dated before %(day)s.") % told)
    return found
