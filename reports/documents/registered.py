"""What an office gives a paper of its own: number, day and signer; and the head and foot they make."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from agencies.models import AdminUnit, Agency, AgencyName
from agencies.people.queries import head_on
from reports.documents.enums import PaperKind
from reports.documents.layout_profiles import profile_for
from reports.documents.letterheads import place_of, single_letterhead
from reports.documents.models import SUBJECTS, Registration
from reports.documents.papers import Letterhead, PaperDay, PaperState, SignatureBlock
from reports.documents.signing import block_of, lines_above


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The number, day and signer a paper was given. Without a title the head signs; without a name, by hand."""

    number: int
    symbol: str
    dated_on: date
    authority: str = ""
    title: str = ""
    signer: str = ""
    minute_taker: str = ""


@dataclass(frozen=True)
class Office:
    """The agency that issues a paper, as it was called on the paper's day."""

    agency: Agency
    unit: AdminUnit
    name: AgencyName
    on: date
    registered: Registered | None

    @property
    def day(self) -> date:
        """The day on the paper, or the day it is made for while it has none."""
        return self.registered.dated_on if self.registered else self.on

    def letterhead(self, symbol: str) -> Letterhead:
        """The head of page 1; number and day stay blank until they are given. Shape: `symbol` is the one proposed."""
        given = self.registered
        return single_letterhead(
            self.name,
            self.unit,
            number=given.number if given else None,
            symbol=given.symbol if given else symbol,
            place=place_of(self.unit, self.day),
            day=PaperDay.of(given.dated_on) if given else PaperDay(self.on.year, self.on.month),
            on=self.day,
        )

    @property
    def profile_code(self) -> str:
        """The layout rules of the office's family on the paper's day.

        Raises: RuleBroken where none are known.
        """
        return profile_for(self.name, [self.name], self.day).code

    def state(self, *, is_draft: bool) -> PaperState:
        """A draft until what it tells is settled; issued once it has its number and day."""
        if is_draft:
            return PaperState.DRAFT
        return PaperState.ISSUED if self.registered else PaperState.FOR_SIGNING

    def signature(self) -> SignatureBlock:
        """Whoever was named signs by the title given; otherwise the head or acting head of that day, where known."""
        given = self.registered
        if given and given.title:
            lines = lines_above(self.name, given.authority, given.title)
            return SignatureBlock(lines=lines, signer=given.signer or None)
        head = head_on(self.agency, self.day)
        if head is None:
            return block_of(self.name)
        return block_of(self.name, signer=head.person.full_name, is_acting=head.holding.is_acting)


def office_of(agency: Agency, unit: AdminUnit, on: date, registered: Registered | None) -> Office:
    """The issuing office by its name on the day of the paper, or on the day it is made for."""
    day = registered.dated_on if registered else on
    return Office(agency, unit, agency.name_on(day), on, registered)


def registered(kind: PaperKind, subject: Model) -> Registered | None:
    """What a paper was given, while its number stands. One query."""
    rows = Registration.objects.live().select_related("entry").filter(kind=kind, **{SUBJECTS[kind]: subject})
    given = rows.first()
    if given is None:
        return None
    return Registered(
        number=given.entry.number,
        symbol=given.entry.symbol,
        dated_on=given.dated_on,
        authority=given.authority,
        title=given.title,
        signer=given.signer,
        minute_taker=given.minute_taker,
    )
