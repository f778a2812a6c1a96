"""Reports that were asked for and not sent: by whom, until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from agencies.models import Agency, Membership
from coordination.partyreports.enums import PartyReportState
from coordination.partyreports.models import PartyReport, ReportCall
from coordination.partyreports.permissions import SENDERS, WRITERS
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program, ProgramParty

WEEKS_FOLLOWED = 12


@dataclass(frozen=True)
class ToSend:
    """A report one of the member's agencies was asked for and has not sent, or that was returned to it.

    `due_on` is None where nobody set a day, `reason` is why it was returned.
    """

    program: Program
    year: int
    agency: Agency
    due_on: date | None
    is_late: bool
    reason: str = ""


def reports_to_send(actor: Membership, today: date, *, most: int) -> Sequence[ToSend]:
    """Reports asked for that the member's agencies have not sent, and those returned to them. Four queries, two while
    there is none.

    Rule: R-PARTYREPORT-3.
    """
    if actor.role not in WRITERS:
        return []
    mine = actor.agency_ids()
    rows = PartyReport.objects.filter(agency_id__in=mine, state=PartyReportState.RETURNED)
    rows = rows.select_related("program", "agency").order_by("returned_on", "pk")
    returned = {(one.program_id, one.year, one.agency_id): one for one in rows}
    calls = ReportCall.objects.visible_to(actor).filter(program__state__in=SIGNED_STATES)
    calls = calls.filter(program__in=ProgramParty.objects.filter(agency_id__in=mine).values("program_id"))
    waiting = []
    for call, agencies in _unanswered(list(calls.select_related("program").order_by("due_on", "pk")), only=mine):
        for agency in agencies:
            again = returned.pop((call.program_id, call.year, agency.pk), None)
            reason = again.return_reason if again else ""
            waiting.append(ToSend(call.program, call.year, agency, call.due_on, call.is_late_on(today), reason))
    waiting += [
        ToSend(one.program, one.year, one.agency, None, is_late=False, reason=one.return_reason)
        for one in returned.values()
    ]
    return waiting[:most]


@dataclass(frozen=True)
class ToGather:
    """Reports somebody who gathers them still waits for."""

    call: ReportCall
    missing: Sequence[Agency]
    is_late: bool


def reports_to_gather(actor: Membership, today: date, *, most: int) -> Sequence[ToGather]:
    """Calls of programs the member's agencies draft or lead that some party has not answered. Three queries, one while
    there is none.

    Rule: R-PARTYREPORT-3. Why not for ever: a year nobody asks about any more is left after some weeks.
    """
    if actor.role not in SENDERS:
        return []
    mine = actor.agency_ids()
    led = ProgramParty.objects.filter(agency_id__in=mine, is_lead=True).values("program_id")
    gathers = Q(program__drafting_agency_id__in=mine) | Q(program__in=led)
    since = today - timedelta(weeks=WEEKS_FOLLOWED)
    calls = ReportCall.objects.visible_to(actor).filter(gathers, due_on__gte=since, program__state__in=SIGNED_STATES)
    rows = _unanswered(list(calls.select_related("program").order_by("due_on", "pk")))
    return [ToGather(call, missing, call.is_late_on(today)) for call, missing in rows][:most]


def agencies_to_report(call: ReportCall) -> list[Agency]:
    """The parties that have not sent what was asked for, in letterhead order. Two queries."""
    return [agency for _call, agencies in _unanswered([call]) for agency in agencies]


def calls_unanswered(since: date) -> Iterator[tuple[ReportCall, int]]:
    """Every call due from a day on, with each agency that has not sent its report. For the run of notices, which tells
    nobody of anything but their own. Three queries.
    """
    calls = ReportCall.objects.filter(due_on__gte=since, program__state__in=SIGNED_STATES).select_related("program")
    for call, agencies in _unanswered(list(calls.order_by("pk"))):
        for agency in agencies:
            yield call, agency.pk


def _unanswered(calls: Sequence[ReportCall], only: set[int] | None = None) -> Iterator[tuple[ReportCall, list[Agency]]]:
    """Each call with the parties whose report is missing. Two queries for all of them."""
    programs = {call.program_id for call in calls}
    parties = ProgramParty.objects.filter(program_id__in=programs).select_related("agency")
    if only is not None:
        parties = parties.filter(agency_id__in=only)
    by_program: dict[int, list[Agency]] = {}
    for party in parties.order_by("letterhead_order") if calls else ():
        by_program.setdefault(party.program_id, []).append(party.agency)
    rows = PartyReport.objects.sent().filter(program_id__in=programs) if calls else PartyReport.objects.none()
    sent = set(rows.values_list("program_id", "year", "agency_id"))
    for call in calls:
        missing = [
            agency
            for agency in by_program.get(call.program_id, ())
            if (call.program_id, call.year, agency.pk) not in sent
        ]
        if missing:
            yield call, missing
