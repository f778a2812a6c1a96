"""By which rules an agency's papers are laid out, and those of a paper several agencies sign together."""

from collections.abc import Collection

from agencies.directory.enums import AgencyKind, Family, PaperRules
from agencies.directory.models import AgencyName

_USUAL = {
    Family.STATE: PaperRules.ND30,
    Family.FRONT: PaperRules.ND30,
    Family.PARTY: PaperRules.PARTY,
}


def rules_of(family: str, kind: str = "") -> PaperRules:
    """The rules usual for a family: Decree 30 for the State and the Front, the Party's own, the Youth Union's own."""
    if kind == AgencyKind.YOUTH_UNION:
        return PaperRules.YOUTH
    return _USUAL.get(Family(family), PaperRules.NEUTRAL)


def own_rules(name: AgencyName) -> PaperRules:
    """The rules an agency's own papers follow: as recorded of it, otherwise as usual for its family and kind."""
    return PaperRules(name.paper_rules) if name.paper_rules else rules_of(name.family, name.agency.kind)


def joint_rules(lead: AgencyName, parties: Collection[AgencyName]) -> PaperRules:
    """The rules of a paper agencies sign together: Decree 30 where a State body signs, otherwise the lead's own.

    Rule: R-LAYOUT-1.
    """
    if any(name.family == Family.STATE for name in (lead, *parties)):
        return PaperRules.ND30
    return own_rules(lead)


def offered_rules(parties: Collection[AgencyName]) -> list[PaperRules]:
    """What a secretary may choose among: the rules of every party, and the plain ones, in their fixed order.

    Rule: R-LAYOUT-2. Nobody prints under a heading that belongs to none of those who sign.
    """
    held = {own_rules(name) for name in parties} | {PaperRules.NEUTRAL}
    return [rules for rules in PaperRules if rules in held]
