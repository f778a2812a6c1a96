"""Agencies by what tables call them: names, abbreviations and symbols, present or former, marks ignored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from agencies.directory.enums import AgencyKind
from agencies.models import Agency, Membership
from coordination.programs.models import Program
from coordination.tasks.queries import other_agencies, parties_of
from records.text import fold

_FIRM_BREAKS = re.compile(r"[;\n]+|\s+-\s+(?=[A-ZĐ])")
_SOFT_BREAKS = re.compile(r",|\s+và\s+|\s+va\s+")
# What stands for several agencies at once, as programs write it.
_COMMUNES = re.compile(r"^(ubnd|uy ban nhan dan) (cac|09|9) (xa|xa, thi tran|xa va thi tran|xa phuong|xa, phuong)\b.*")
_ORGANISATIONS = re.compile(r"^cac (to chuc chinh tri\s*-?\s*xa hoi|doan the)( huyen| tinh| xa)?$")
_ORGANISATION_KINDS = (
    AgencyKind.TRADE_UNION, AgencyKind.FARMERS_UNION, AgencyKind.YOUTH_UNION, AgencyKind.WOMENS_UNION,
    AgencyKind.VETERANS_ASSOCIATION,
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """The agencies a text names and the parts of it that name none, each with what it may have meant."""

    agencies: tuple[Agency, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


@dataclass
class AgencyNames:
    """The parties of a program and whoever else may coordinate, by all they are called."""

    parties: list[Agency]
    others: list[Agency]
    by_name: dict[str, list[Agency]] = field(default_factory=dict)
    _several: dict[str, Found] = field(default_factory=dict)

    def one(self, written: str) -> Found:
        """The one agency a text names; a name several share is the party's."""
        line = " ".join(written.split()).strip(" .;,")
        known = self.by_name.get(_key(line), [])
        parties = [agency for agency in known if agency in self.parties]
        if len(parties) == 1 or len(known) == 1:
            return Found(((parties or known)[0],))
        return Found(unknown=((line, self._near(line)),))

    def several(self, written: str) -> Found:
        """All agencies a text lists, parted by semicolons, lines, commas or “và”; a name may hold those itself."""
        if written not in self._several:
            self._several[written] = self._found(written)
        return self._several[written]

    def _found(self, written: str) -> Found:
        agencies: list[Agency] = []
        unknown: list[tuple[str, str]] = []
        for part in filter(str.strip, _FIRM_BREAKS.split(written)):
            for found in self._listed(" ".join(part.split())):
                agencies += [agency for agency in found.agencies if agency not in agencies]
                unknown += found.unknown
        return Found(tuple(agencies), tuple(unknown))

    def _listed(self, part: str) -> Iterator[Found]:
        whole = self._group(part) or self.one(part)
        if whole.agencies:
            yield whole
            return
        pieces = re.split(f"({_SOFT_BREAKS.pattern})", part)
        if len(pieces) == 1:
            yield whole
            return
        place = 0
        while place < len(pieces):
            found, place = self._longest(pieces, place)
            if found is not None:
                yield found

    def _longest(self, pieces: list[str], place: int) -> tuple[Found | None, int]:
        """The longest run of pieces from a place that names an agency; pieces and breaks alternate."""
        for end in range(len(pieces), place, -2):
            said = "".join(pieces[place:end]).strip(" ,")
            found = self._group(said) or self.one(said)
            if found.agencies:
                return found, end + 1
        said = pieces[place].strip(" ,.")
        return (self.one(said) if said else None), place + 2

    def _group(self, written: str) -> Found | None:
        plain = fold(written).strip(" .")
        every = [*self.parties, *self.others]
        if _COMMUNES.match(plain):
            units = {agency.unit_id for agency in self.parties}
            below = [one for one in every if one.kind == AgencyKind.PEOPLES_COMMITTEE and one.unit_id not in units]
            return Found(tuple(below)) if below else None
        if _ORGANISATIONS.match(plain):
            named = [one for one in self.parties if one.kind in _ORGANISATION_KINDS]
            return Found(tuple(named)) if named else None
        return None

    def _near(self, written: str) -> str:
        """The name of what may have been meant; blank where nothing is near."""
        near = get_close_matches(_key(written), self.by_name, n=1, cutoff=0.6)
        near = near or [name for name in self.by_name if len(written) > 3 and name.startswith(_key(written))]
        return self.by_name[near[0]][0].current_name if near else ""


def names_for(actor: Membership, program: Program) -> AgencyNames:
    """Everything the agencies of a program's tasks may be called. Five queries whatever their number."""
    parties = parties_of(program)
    others = list(other_agencies(actor, parties).select_related("unit").prefetch_related("names"))
    standing = Agency.objects.filter(pk__in=[one.pk for one in parties]).select_related("unit")
    parties = list(standing.prefetch_related("names").in_protocol_order())
    names = AgencyNames(parties, others)
    for agency in [*parties, *others]:
        for called in {_key(one) for one in _called(agency) if one}:
            names.by_name.setdefault(called, []).append(agency)
    return names


def _called(agency: Agency) -> Iterator[str]:
    yield from (agency.current_name, agency.current_short_name, agency.code)
    for name in agency.names.all():
        yield from (name.name, name.short_name, name.abbreviation, name.document_symbol)


def _key(written: str) -> str:
    """Letters and digits only: "TT. HĐND", "TT-HĐND" and "tt hdnd" are one."""
    return " ".join(re.findall(r"[^\W_]+", fold(written)))
