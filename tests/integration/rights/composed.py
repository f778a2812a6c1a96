"""Reports written block by block, on the year of a signed program, in every state of the report."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from records import clock
from reports.composed.enums import ReportKind, ReportState
from reports.composed.models import ComposedReport
from reports.composed.permissions import can_read_composed_paper, can_view_composed
from reports.composer import permissions, services
from tests.factories.conferences import make_conference
from tests.factories.programs import make_program
from tests.factories.reports import REASON, finish, write
from tests.integration.rights.cast import Cast

NONE_YET = "not begun"
STATES = (NONE_YET, *ReportState.values)
EVERY_STATE = set(ReportState.values)


@dataclass(frozen=True)
class Stage:
    """A signed program for each state, with the lead's report on its year; a conference nobody reported on yet."""

    cast: Cast
    programs: dict[str, Program]
    conference: Conference
    reports: dict[str, ComposedReport]


def set_stage(cast: Cast) -> Stage:
    made = {
        state: make_program("signed", agencies=cast.parties, secretary=cast.secretary, short_title=state)
        for state in STATES
    }
    conference = make_conference("held", organiser=cast.agencies["lead"], actor=cast.secretary, signs=[made[NONE_YET]])
    reports = {state: _walked(made[state], state, cast) for state in ReportState.values}
    return Stage(cast, made, conference, reports)


def _walked(program: Program, state: str, cast: Cast) -> ComposedReport:
    secretary, leader = cast.secretary, cast.members["lead", Role.LEADER]
    given = {"year": program.year, "issuer": cast.agencies["lead"], "cut_off_on": clock.today()}
    report = services.begin_year_report(program, actor=secretary, **given)
    finish(report, actor=secretary)
    services.add_block(
        report, actor=secretary, heading="Nội dung riêng", level=2, after=report.blocks.get(key="ii.thang")
    )
    finish_by_hand(report, secretary)
    if state != "draft":
        services.submit_report(report, actor=secretary)
    if state == "returned":
        services.return_report(report, actor=leader, reason=REASON)
    if state == "approved":
        services.approve_report(report, actor=leader)
    return ComposedReport.objects.get(pk=report.pk)


def finish_by_hand(report: ComposedReport, actor: Membership) -> None:
    """Something in the part that was added, and other words in one the portal wrote."""
    for key in ("rieng-1", "ii.thang"):
        write(report, key, "Nội dung của thư ký.", actor=actor)


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(ComposedReport, can_view_composed)]


def reached(stage: Stage) -> set[str]:
    """The states the reports are in."""
    return {report.state for report in stage.reports.values()}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a report that is written block by block."""
    return _beginning(stage) if state == NONE_YET else _of_report(stage.reports[state])


def _beginning(stage: Stage) -> dict[str, Callable[[Membership], object]]:
    program, issuer, day = stage.programs[NONE_YET], stage.cast.agencies["lead"], clock.today()
    template = {"kind": ReportKind.PROGRAM, "key": "ket", "text": "Năm {{nam}}", "revision": 0}
    return {
        "can_begin_conference_report": lambda actor: permissions.can_begin_conference_report(actor, stage.conference),
        "begin_conference_report": lambda actor: services.begin_conference_report(
            stage.conference, actor=actor, cut_off_on=day
        ),
        "can_begin_year_report": lambda actor: permissions.can_begin_year_report(actor, program, issuer),
        "begin_year_report": lambda actor: services.begin_year_report(
            program, actor=actor, year=program.year, issuer=issuer, cut_off_on=day
        ),
        "can_write_template": lambda actor: permissions.can_write_template(actor, issuer),
        "write_template": lambda actor: services.write_template(issuer, actor=actor, **template),
    }


def _of_report(report: ComposedReport) -> dict[str, Callable[[Membership], object]]:
    block, added = report.blocks.get(key="ii.thang"), report.blocks.get(key="rieng-1")
    over, at = {"revision": block.revision}, {"revision": added.revision}
    return {
        "can_view_composed": lambda actor: can_view_composed(actor, report),
        "can_read_composed_paper": lambda actor: can_read_composed_paper(actor, report),
        "can_keep_report": lambda actor: permissions.can_keep_report(actor, report),
        "can_write_report": lambda actor: permissions.can_write_report(actor, report),
        "can_submit_report": lambda actor: permissions.can_submit_report(actor, report),
        "can_decide_report": lambda actor: permissions.can_decide_report(actor, report),
        "write_block": lambda actor: services.write_block(
            report, block, actor=actor, text="Khác.", heading=block.heading, **over
        ),
        "choose_words": lambda actor: services.choose_words(report, block, actor=actor, own=False, **over),
        "settle_block": lambda actor: services.settle_block(report, block, actor=actor, is_included=False, **over),
        "move_block": lambda actor: services.move_block(report, block, actor=actor, move="up", **over),
        "add_block": lambda actor: services.add_block(report, actor=actor, heading="Mục", level=2, after=block),
        "remove_block": lambda actor: services.remove_block(report, added, actor=actor, **at),
        "refresh_report": lambda actor: services.refresh_report(report, actor=actor),
        "submit_report": lambda actor: services.submit_report(report, actor=actor),
        "approve_report": lambda actor: services.approve_report(report, actor=actor),
        "return_report": lambda actor: services.return_report(report, actor=actor, reason=REASON),
        "take_back_report": lambda actor: services.take_back_report(report, actor=actor),
    }
