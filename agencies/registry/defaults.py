"""What an agency is called and printed by when only its name is known: enough to be party, lead and signer at once."""

from agencies.directory.enums import AgencyKind, Family, SigningAuthority

FAMILY_OF_KIND = {
    AgencyKind.COUNCIL_STANDING: Family.STATE,
    AgencyKind.PEOPLES_COMMITTEE: Family.STATE,
    AgencyKind.OFFICE: Family.STATE,
    AgencyKind.SPECIALISED: Family.STATE,
    AgencyKind.PARTY_COMMITTEE: Family.PARTY,
    AgencyKind.PROPAGANDA_BOARD: Family.PARTY,
    AgencyKind.FRONT_COMMITTEE: Family.FRONT,
    AgencyKind.TRADE_UNION: Family.ORGANISATION,
    AgencyKind.FARMERS_UNION: Family.ORGANISATION,
    AgencyKind.WOMENS_UNION: Family.ORGANISATION,
    AgencyKind.VETERANS_ASSOCIATION: Family.ORGANISATION,
    AgencyKind.YOUTH_UNION: Family.ORGANISATION,
    AgencyKind.OTHER: Family.OTHER,
}
# These work as a collective, so their head signs on its behalf; everywhere else the head signs in person.
_COLLECTIVE = frozenset(FAMILY_OF_KIND) - {
    AgencyKind.OFFICE, AgencyKind.SPECIALISED, AgencyKind.PROPAGANDA_BOARD, AgencyKind.OTHER
}  # fmt: skip
_HEADS = {
    AgencyKind.PARTY_COMMITTEE: "Bí thư",
    AgencyKind.PROPAGANDA_BOARD: "Trưởng Ban",
    AgencyKind.YOUTH_UNION: "Bí thư",
    AgencyKind.OFFICE: "Chánh Văn phòng",
    AgencyKind.SPECIALISED: "Thủ trưởng",
    AgencyKind.OTHER: "Thủ trưởng",
}
_USUAL_HEAD = "Chủ tịch"


def usual_authority(kind: str) -> SigningAuthority:
    """On what ground the head of such an agency usually signs."""
    return SigningAuthority.COLLECTIVE if kind in _COLLECTIVE else SigningAuthority.OWN


def usual_head(kind: str) -> str:
    """What the head of such an agency is usually called."""
    return _HEADS.get(kind, _USUAL_HEAD)
