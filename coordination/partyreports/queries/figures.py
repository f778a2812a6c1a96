"""The tasks of a party in one year of a program, counted as every other page counts them, and as they were kept."""

from dataclasses import dataclass
from datetime import date

from agencies.models import Agency, Membership
from coordination.figures.queries import Scope, figures_of
from coordination.figures.shapes import AgencyFigures
from coordination.figures.tally import Tally, tally
from coordination.partyreports.models import PartyReport
from coordination.programs.models import Program
from coordination.tasks.enums import Bucket


@dataclass(frozen=True)
class PartyFigures:
    """What a party led and what it only took part in, judged on a day.

    Rule: R-PARTYREPORT-4. Counts that were kept lead to no list: what is listed now may differ.
    """

    as_of: date
    led: Tally
    coordinated: int
    is_kept: bool = False

    @classmethod
    def of(cls, counted: AgencyFigures | None, as_of: date) -> "PartyFigures":
        """As they are counted now; nothing where the party has no task."""
        return cls(as_of, counted.led, counted.coordinated) if counted else cls(as_of, tally((), None), 0)

    @classmethod
    def kept_in(cls, report: PartyReport) -> "PartyFigures | None":
        """As they were counted when the report was sent; None while it is not, or was sent before counts were kept."""
        if not (report.is_sent and report.figures):
            return None
        buckets = {Bucket(name): count for name, count in report.figures["led"].items()}
        return cls(report.cut_off_on, Tally(buckets, None), report.figures["coordinated"], is_kept=True)

    def as_json(self) -> dict:
        """As they are kept with a report that is sent."""
        led = {bucket.value: int(count) for bucket, count in self.led.buckets.items()}
        return {"led": led, "coordinated": int(self.coordinated)}

    def differs_from(self, other: "PartyFigures") -> bool:
        """Whether something was entered since that changes a count."""
        return self.as_json() != other.as_json()


def party_figures(actor: Membership, program: Program, agency: Agency, year: int, *, as_of: date) -> PartyFigures:
    """The tasks of one party as they stood on a day. Three queries."""
    counted = figures_by_agency(actor, program, year, as_of=as_of)
    return PartyFigures.of(counted.get(agency.pk), as_of)


def figures_by_agency(actor: Membership, program: Program, year: int, *, as_of: date) -> dict[int, AgencyFigures]:
    """What each agency led and took part in, by its id. Three queries."""
    figures = figures_of(Scope(actor, program_ids=(program.pk,)), year, as_of=as_of)
    return {one.agency.pk: one for one in figures.agencies}
