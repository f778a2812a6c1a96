"""Reports of parties on a program all have signed: not begun, being written, sent, returned."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.partyreports import permissions, services
from coordination.partyreports.enums import PartyReportState
from coordination.partyreports.models import PartyReport, ReportCall
from coordination.programs.models import Program
from records import clock
from tests.factories.papers import TEXTS
from tests.factories.programs import make_program
from tests.integration.rights.cast import Cast

NONE_YET = "not begun"
STATES = (NONE_YET, *PartyReportState.values)
EVERY_STATE = set(PartyReportState.values)


@dataclass(frozen=True)
class Stage:
    """A signed program for each state, with the report of the second party on it."""

    agency: Agency
    programs: dict[str, Program]
    reports: dict[str, PartyReport]


def set_stage(cast: Cast) -> Stage:
    made = {
        state: make_program("signed", agencies=cast.parties, secretary=cast.secretary, short_title=state)
        for state in STATES
    }
    writer, agency = cast.members["party", Role.SECRETARY], cast.agencies["party"]
    reports = {state: _written(made[state], writer, agency) for state in PartyReportState.values}
    for state in ("submitted", "returned"):
        services.send_party_report(reports[state], actor=writer)
    services.return_party_report(reports["returned"], actor=cast.secretary, reason="Bổ sung số liệu")
    for program in made.values():
        services.call_for_reports(
            program, actor=cast.secretary, year=2022, due_on=clock.today(), cut_off_on=clock.today()
        )
    return Stage(agency, made, {state: PartyReport.objects.get(pk=one.pk) for state, one in reports.items()})


def _written(program: Program, writer: Membership, agency: Agency) -> PartyReport:
    given = {"year": 2022, "cut_off_on": clock.today(), "texts": TEXTS}
    return services.write_party_report(program, actor=writer, agency=agency, **given)


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(PartyReport, permissions.can_view_party_report)]


def reached(stage: Stage) -> set[str]:
    """The states the reports are in."""
    return {report.state for report in stage.reports.values()}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about the report of a party."""
    program, agency = stage.programs[state], stage.agency
    report = stage.reports.get(state)
    given = {"agency": agency, "year": 2022, "cut_off_on": clock.today(), "texts": TEXTS | {"lessons": "Bài học."}}
    shared = {
        "can_view_party_reports": lambda actor: permissions.can_view_party_reports(actor, program),
        "can_write_party_report": lambda actor: permissions.can_write_party_report(actor, program, agency),
        "write_party_report": lambda actor: services.write_party_report(
            program, actor=actor, revision=report.revision if report else 0, **given
        ),
    }
    call = {"year": 2022, "due_on": clock.today(), "cut_off_on": clock.today()}
    asked = ReportCall.objects.filter(program=program).first()
    shared |= {
        "can_call_for_reports": lambda actor: permissions.can_call_for_reports(actor, program),
        "call_for_reports": lambda actor: services.call_for_reports(
            program, actor=actor, revision=asked.revision, note="Gửi sớm", **call
        ),
        "ask_again": lambda actor: services.ask_again(asked, actor=actor),
    }
    if report is None:
        return shared
    if report.is_sent:
        del shared["write_party_report"]
    return shared | {
        "can_view_party_report": lambda actor: permissions.can_view_party_report(actor, report),
        "can_send_party_report": lambda actor: permissions.can_send_party_report(actor, report),
        "can_return_party_report": lambda actor: permissions.can_return_party_report(actor, report),
        **(
            {
                "take_back_party_report": lambda actor: services.take_back_party_report(report, actor=actor),
                "return_party_report": lambda actor: services.return_party_report(
                    report, actor=actor, reason="Thiếu số liệu"
                ),
            }
            if report.is_sent
            else {"send_party_report": lambda actor: services.send_party_report(report, actor=actor)}
        ),
    }
