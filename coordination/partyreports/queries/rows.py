"""The parties of a program with their reports of a year: who has sent, what each says, what it may begin with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agencies.models import Agency, Membership
from coordination.partyreports.enums import PartyReportState
from coordination.partyreports.models import TEXTS, PartyReport, ReportCall
from coordination.partyreports.permissions import SENDERS, WRITERS, can_call_for_reports
from coordination.partyreports.queries.figures import PartyFigures, figures_by_agency
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program
from coordination.tasks.models import ProgressReport, Task

CUT_OFF = (12, 14)
MOST_LINES = 12


@dataclass(frozen=True)
class PartyRow:
    """One party, its report as far as the reader sees one, where it stands, its counts, who may write and send it."""

    agency: Agency
    report: PartyReport | None
    state: PartyReportState | None
    returned_on: date | None
    figures: PartyFigures
    is_changed_since: bool
    is_late: bool
    may_write: bool
    may_send: bool

    @property
    def is_sent(self) -> bool:
        return self.state == PartyReportState.SUBMITTED


@dataclass(frozen=True)
class Standing:
    """The reports of all parties of a year: what was asked, who has sent, who has not."""

    call: ReportCall | None
    rows: Sequence[PartyRow]
    may_call: bool

    @property
    def sent(self) -> int:
        return sum(row.is_sent for row in self.rows)

    @property
    def missing(self) -> list[Agency]:
        return [row.agency for row in self.rows if not row.is_sent]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def is_late(self) -> bool:
        return any(row.is_late for row in self.rows)


@dataclass(frozen=True)
class SaidPart:
    """One part of the reports: what each party wrote under it."""

    name: str
    label: str
    texts: Sequence[tuple[Agency, str]]


def standing(actor: Membership, program: Program, year: int, *, today: date) -> Standing:
    """Where the reports of a year stand. Seven queries whatever the number of parties.

    Rule: R-PARTYREPORT-4. Counts of reports that were sent are those kept with them; the others are counted now, up to
    the day that was asked for.
    """
    call = call_of(program, year)
    as_of = min(call.cut_off_on, today) if call else usual_cut_off(program, year, today)
    may_call = bool(can_call_for_reports(actor, program))
    rows = party_rows(actor, program, year, as_of=as_of, late=bool(call and call.is_late_on(today)), knows=may_call)
    return Standing(call, rows, may_call)


def party_rows(
    actor: Membership, program: Program, year: int, *, as_of: date, late: bool = False, knows: bool = False
) -> list[PartyRow]:
    """The parties of a program in letterhead order with their reports of a year. Six queries.

    Rule: R-SEE-13. With `knows` the reader learns of reports not sent that they are being written or were returned, not
    what they say.
    """
    every = {report.agency_id: report for report in PartyReport.objects.filter(program=program, year=year)}
    seen = set(PartyReport.objects.visible_to(actor).filter(program=program, year=year).values_list("pk", flat=True))
    counted = figures_by_agency(actor, program, year, as_of=as_of)
    writes = actor.role in WRITERS and program.state in SIGNED_STATES
    rows = []
    for party in program.parties.select_related("agency").order_by("letterhead_order"):
        report = every.get(party.agency_id)
        shown = report if report and report.pk in seen else None
        now = PartyFigures.of(counted.get(party.agency_id), as_of)
        kept = PartyFigures.kept_in(report) if report else None
        tells = report is not None and (shown is not None or knows)
        rows.append(
            PartyRow(
                agency=party.agency,
                report=shown,
                state=report.status if tells else None,
                returned_on=report.returned_on if tells and report.is_returned else None,
                figures=kept or now,
                is_changed_since=kept is not None and kept.as_of == as_of and kept.differs_from(now),
                is_late=late and not (report is not None and report.is_sent),
                may_write=writes and actor.acts_for(party.agency_id),
                may_send=_waits_to_be_sent(shown) and actor.role in SENDERS and actor.acts_for(party.agency_id),
            )
        )
    return rows


def _waits_to_be_sent(report: PartyReport | None) -> bool:
    """Whether a report was saved, not only begun in a browser, and lies with its party."""
    return report is not None and not report.is_sent


def said_by_parties(actor: Membership, program: Program, year: int) -> list[SaidPart]:
    """What the parties sent, part by part, so that the report of all is made out of it. One query.

    Parts nobody wrote anything under are left out.
    """
    sent = PartyReport.objects.visible_to(actor).sent().filter(program=program, year=year)
    reports = list(sent.select_related("agency").order_by("agency__protocol_order", "agency_id"))
    parts = []
    for name in TEXTS:
        texts = [(report.agency, getattr(report, name)) for report in reports if getattr(report, name).strip()]
        parts.append(SaidPart(name, str(PartyReport._meta.get_field(name).verbose_name), texts))
    return [part for part in parts if part.texts]


def call_of(program: Program, year: int) -> ReportCall | None:
    """What the parties were asked for, of a year. One query. For pages that have asked who may see them."""
    return ReportCall.objects.filter(program=program, year=year).first()


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
