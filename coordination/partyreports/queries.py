"""Named reads about reports of the parties."""

from dataclasses import dataclass
from datetime import date

from agencies.models import Agency, Membership
from coordination.partyreports.models import PartyReport
from coordination.partyreports.permissions import WRITERS
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program
from coordination.tasks.models import ProgressReport, Task

CUT_OFF = (12, 14)
MOST_LINES = 12


@dataclass(frozen=True)
class PartyRow:
    """One party of a program with its report of the year, as far as the reader sees one, and whether they write it."""

    agency: Agency
    report: PartyReport | None
    may_write: bool


def party_rows(actor: Membership, program: Program, year: int) -> list[PartyRow]:
    """The parties of a program in letterhead order with their reports of a year. Two queries."""
    reports = PartyReport.objects.visible_to(actor).filter(program=program, year=year)
    by_agency = {report.agency_id: report for report in reports}
    writes = actor.role in WRITERS and program.state in SIGNED_STATES
    return [
        PartyRow(party.agency, by_agency.get(party.agency_id), writes and actor.acts_for(party.agency_id))
        for party in program.parties.select_related("agency").order_by("letterhead_order")
    ]


def years_reported(program: Program) -> list[int]:
    """The years a program covers, the first one first."""
    return list(range(program.period_start.year, program.period_end.year + 1))


def usual_cut_off(program: Program, year: int, today: date) -> date:
    """The day a year's figures are usually closed, 14/12; today while that lies ahead, never before the program.

    Source: Decree 09/2019/NĐ-CP on the periods of reports.
    """
    return max(min(date(year, *CUT_OFF), today), program.period_start)


def said_in_reports(program: Program, agency: Agency, year: int) -> dict[str, str]:
    """What the progress reports of the tasks an agency leads told of obstacles, causes and proposals, each once."""
    led = Task.objects.filter(program=program).of_year(year).led_by([agency.pk])
    told = ProgressReport.objects.filter(task__in=led, reported_on__year=year).order_by("reported_on", "pk")
    columns = {"limitations": "obstacles", "causes": "causes", "proposals": "proposal"}
    rows = list(told.values(*columns.values()))
    return {
        field: "\n".join(list(dict.fromkeys(row[column].strip() for row in rows if row[column].strip()))[:MOST_LINES])
        for field, column in columns.items()
    }
