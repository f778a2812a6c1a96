"""The facts of an agency as a form hands them over, what must hold between them, and its place among the others."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import F, Q
from django.utils.translation import gettext as _

from agencies.directory.enums import AgencyKind, Family, PaperRules, SigningAuthority
from agencies.directory.models import Agency, AgencyName
from agencies.directory.services import Naming
from agencies.registry.defaults import FAMILY_OF_KIND, usual_authority
from agencies.units.models import AdminUnit
from records import wording
from records.errors import RuleBroken

FIRST: Final = "first"
_STEP, _ROOM, _HIGHEST = 10, 2, 32_000
_LINES = ("superior_lines", "letterhead_lines", "authority_lines")
_MOST_LINES, _LONGEST_LINE = 5, 80


@dataclass(frozen=True)
class Facts:
    """What is recorded of an agency from a day on. What is left blank is filled with what is usual for its kind.

    Shape: `after` is the agency it follows in protocol order, FIRST, or None to keep the place it has.
    """

    name: str
    abbreviation: str
    kind: str
    kind_label: str = ""
    short_name: str = ""
    document_symbol: str = ""
    family: str = ""
    after: Agency | str | None = None
    parent: Agency | None = None
    superior_lines: str = ""
    letterhead_lines: str = ""
    authority: str | None = None
    authority_lines: str = ""
    head_title: str = ""
    legal_basis: str = ""
    paper_rules: str = ""


def facts_of(agency: Agency, name: AgencyName) -> Facts:
    """What is recorded of an agency now, to begin a change from."""
    same = (
        "abbreviation", "short_name", "document_symbol", "family", "parent", *_LINES, "authority", "head_title",
        "paper_rules",
    )  # fmt: skip
    recorded = {column: getattr(name, column) for column in same}
    return Facts(name=name.name, kind=agency.kind, kind_label=agency.kind_label, **recorded)


def completed(facts: Facts) -> Facts:
    """The facts with every blank filled, so that the agency can be party, lead, coordinator and signer at once.

    Raises: RuleBroken naming the field.
    """
    if facts.kind not in AgencyKind.values:
        raise RuleBroken(_("Choose one of the listed values"), "kind")
    if facts.kind == AgencyKind.OTHER and not facts.kind_label.strip():
        raise RuleBroken(_("Name the kind of agency"), "kind_label")
    for field in ("name", "abbreviation", "head_title"):
        if not getattr(facts, field).strip():
            raise RuleBroken(_("Fill this in"), field)
    family = facts.family or FAMILY_OF_KIND[AgencyKind(facts.kind)]
    authority = usual_authority(facts.kind) if facts.authority is None else facts.authority
    if facts.paper_rules not in ("", *PaperRules.values):
        raise RuleBroken(_("Choose one of the listed values"), "paper_rules")
    if family not in Family.values or authority not in SigningAuthority.values:
        raise RuleBroken(_("Choose one of the listed values"), "family" if family not in Family.values else "authority")
    capitals = facts.name.upper()
    whole = replace(
        facts,
        kind_label=facts.kind_label if facts.kind == AgencyKind.OTHER else "",
        short_name=facts.short_name or facts.name[:80].rstrip(),
        document_symbol=facts.document_symbol or facts.abbreviation,
        family=family,
        authority=authority,
        letterhead_lines=facts.letterhead_lines.strip() or capitals,
        authority_lines=facts.authority_lines.strip() or capitals,
        head_title=facts.head_title.upper(),
    )
    _must_fit(whole)
    return whole


def naming_of(facts: Facts, protocol_order: int) -> Naming:
    """The completed facts as the directory records them."""
    same = (
        "name", "short_name", "abbreviation", "document_symbol", *_LINES, "head_title", "legal_basis", "paper_rules",
    )  # fmt: skip
    return Naming(
        **{column: getattr(facts, column) for column in same},
        family=Family(facts.family),
        authority=SigningAuthority(facts.authority),
        protocol_order=protocol_order,
    )


def must_be_told_apart(unit: AdminUnit, facts: Facts, since: date, until: date | None, but: Agency | None) -> None:
    """In one unit, at one time, no two agencies share a name or the symbol in their document numbers.

    Rule: R-AGENCY-1. Capitals make no difference.
    Raises: RuleBroken naming the field and the other agency.
    """
    others = AgencyName.objects.filter(Q(valid_to=None) | Q(valid_to__gte=since), agency__unit=unit)
    if until is not None:
        others = others.filter(valid_from__lte=until)
    if but is not None:
        others = others.exclude(agency=but)
    for other in others:
        words = {"agency": other.name, "since": wording.day(other.valid_from)}
        if other.name.lower() == facts.name.lower():
            raise RuleBroken(_("An agency of this unit has this name since %(since)s") % words, "name")
        if other.document_symbol.lower() == facts.document_symbol.lower():
            raise RuleBroken(_("%(agency)s has this symbol since %(since)s") % words, "document_symbol")


def place_behind(unit: AdminUnit, after: Agency | str, moving: Agency | None = None) -> int:
    """A rank behind one agency of a unit and before the next, or before all of them; room is made where there is none.

    Why ranks move and nothing else: the order of all other agencies stays what it was, on every day.
    Raises: RuleBroken when the agency to follow is none of the unit.
    """
    others = list(unit.agencies.exclude(pk=moving.pk if moving else None).in_protocol_order())
    if after == FIRST:
        lowest, following = -1, others
    else:
        if after not in others:
            raise RuleBroken(_("Choose one of the listed values"), "after")
        place = others.index(after)
        lowest, following = others[place].protocol_order, others[place + 1 :]
    if not following:
        return min(lowest + _STEP, _HIGHEST)
    if following[0].protocol_order - lowest >= _ROOM:
        return lowest + (following[0].protocol_order - lowest) // 2
    _make_room(unit, lowest, following)
    return lowest + 1


def _make_room(unit: AdminUnit, lowest: int, following: list[Agency]) -> None:
    """Move every higher rank up, and those of the same rank that follow; later and earlier namings alike."""
    tied = [agency.pk for agency in following if agency.protocol_order == lowest]
    for rows, owner in ((AgencyName.objects.filter(agency__unit=unit), "agency_id"), (unit.agencies.all(), "pk")):
        higher = Q(protocol_order__gt=lowest) | Q(protocol_order=lowest, **{f"{owner}__in": tied})
        rows.filter(higher).update(protocol_order=F("protocol_order") + _ROOM)


def _must_fit(facts: Facts) -> None:
    for field in ("name", "short_name", "abbreviation", "document_symbol", "head_title", "legal_basis"):
        if len(getattr(facts, field)) > AgencyName._meta.get_field(field).max_length:
            raise RuleBroken(_("The text is too long"), field)
    for field in _LINES:
        lines = getattr(facts, field).splitlines()
        if len(lines) > _MOST_LINES or any(len(line) > _LONGEST_LINE for line in lines):
            raise RuleBroken(_("At most 5 lines of at most 80 characters"), field)
