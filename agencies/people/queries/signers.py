"""Who may be printed as signer for an agency on a day, with the title and ground of that day."""

from dataclasses import dataclass
from datetime import date

from agencies.directory.enums import SigningAuthority
from agencies.directory.models import Agency
from agencies.people.models import OfficeHolding, OfficeTitle, Person


@dataclass(frozen=True)
class Signer:
    """One person in one office; whoever holds two offices in the agency stands there twice."""

    holding: OfficeHolding
    title: str
    printed_title: str
    authority: str

    @property
    def person(self) -> Person:
        return self.holding.person


def signers_of(agency: Agency, day: date) -> list[Signer]:
    """Everyone who holds an office in an agency on a day, its head first.

    Rule: R-SIGN-4. The head signs as the agency signs, an acting head as acting (Q.), others on their office's ground.
    """
    rows = OfficeHolding.objects.on(day).filter(office__agency=agency).select_related("person", "office")
    rows = rows.prefetch_related("office__titles").in_protocol_order()
    as_agency = agency.name_on(day).authority
    return [_signer(row, day, as_agency) for row in rows]


def head_on(agency: Agency, day: date) -> Signer | None:
    """Who heads an agency on a day, acting or not; None where it is not known."""
    return next((signer for signer in signers_of(agency, day) if signer.holding.office.is_head), None)


def _signer(holding: OfficeHolding, day: date, as_agency: str) -> Signer:
    named: OfficeTitle = holding.office.title_on(day)
    authority = as_agency if holding.office.is_head else named.authority
    if holding.is_acting:
        authority = SigningAuthority.ACTING
    return Signer(holding, named.title, named.printed_title, authority)
