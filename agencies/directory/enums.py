from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Family(models.TextChoices):
    """The family an agency belongs to; it decides by which rules its papers are laid out."""

    STATE = "state", _("State")
    PARTY = "party", _("Party")
    FRONT = "front", _("Fatherland Front")
    ORGANISATION = "organisation", _("Socio-political organisation")
    OTHER = "other", _("Other")


class AgencyKind(models.TextChoices):
    """The kinds of agency programs are usually made by; anything else is OTHER with a name of its own."""

    COUNCIL_STANDING = "council_standing", _("People's Council Standing Committee")
    PEOPLES_COMMITTEE = "peoples_committee", _("People's Committee")
    PARTY_COMMITTEE = "party_committee", _("Party committee")
    PROPAGANDA_BOARD = "propaganda_board", _("Propaganda Board")
    FRONT_COMMITTEE = "front_committee", _("Fatherland Front Committee")
    TRADE_UNION = "trade_union", _("Labour Federation")
    FARMERS_UNION = "farmers_union", _("Farmers' Union")
    WOMENS_UNION = "womens_union", _("Women's Union")
    VETERANS_ASSOCIATION = "veterans_association", _("War Veterans' Association")
    YOUTH_UNION = "youth_union", _("Ho Chi Minh Communist Youth Union")
    OFFICE = "office", _("Office serving other agencies")
    SPECIALISED = "specialised", _("Specialised agency")
    OTHER = "other", _("Other kind")


class Block(models.IntegerChoices):
    """The blocks a directory is printed in, in their order."""

    COUNCIL = 0, _("People's Council")
    STATE = 1, _("People's Committee and its agencies")
    PARTY = 2, _("Party")
    FRONT = 3, _("Fatherland Front and socio-political organisations")
    OTHER = 4, _("Other agencies")


_BLOCK_OF_FAMILY = {
    Family.STATE: Block.STATE,
    Family.PARTY: Block.PARTY,
    Family.FRONT: Block.FRONT,
    Family.ORGANISATION: Block.FRONT,
}


def block_of(kind: str, family: str) -> Block:
    """The block an agency is listed under: the council apart, all else by the family it belongs to."""
    return Block.COUNCIL if kind == AgencyKind.COUNCIL_STANDING else _BLOCK_OF_FAMILY.get(family, Block.OTHER)


class Standing(models.TextChoices):
    """Which agencies a list shows: those that exist, those that have ended, or both."""

    ACTIVE = "active", _("Existing")
    ENDED = "ended", pgettext_lazy("agencies", "Ended")
    ALL = "all", _("Existing and ended")


class SigningAuthority(models.TextChoices):
    """On what ground a person signs; the value is printed as the office's family prints it."""

    COLLECTIVE = "TM", _("On behalf of the body (TM.)")
    DEPUTY = "KT", _("For the head (KT.)")
    BY_ORDER = "TL", _("By order (TL.)")
    AUTHORISED = "TUQ", _("By authorisation (TUQ.)")
    ACTING = "Q", _("Acting head (Q.)")
    OWN = "", _("Head in person")


class PaperRules(models.TextChoices):
    """By whose rules a paper is laid out; which text of them holds depends on the paper's day."""

    ND30 = "nd30", _("Decree 30 (State bodies)")
    PARTY = "party", _("Instructions of the Party")
    YOUTH = "youth", _("Instruction of the Youth Union")
    NEUTRAL = "neutral", _("Plain, without a heading")
