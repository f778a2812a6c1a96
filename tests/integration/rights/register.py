"""Numbers of a series in each of their states, and a program in force that can be issued and amended."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.models import Membership
from coordination.programs.enums import AmendmentWay
from coordination.programs.models import Program
from coordination.register import permissions, services
from coordination.register.enums import DocumentType, GapReason, NumberState
from coordination.register.models import NumberSeries, RegisterEntry
from records import clock
from tests.factories.programs import make_program
from tests.integration.rights.cast import Cast

NONE_YET, IN_FORCE = "no series yet", "program in force"
STATES = (NONE_YET, *NumberState.values, IN_FORCE)


@dataclass(frozen=True)
class Stage:
    """A series of the lead party with a number in each state, and a program signed by all."""

    cast: Cast
    series: NumberSeries
    entries: dict[str, RegisterEntry]
    program: Program


def set_stage(cast: Cast) -> Stage:
    program = make_program("signed", agencies=cast.parties, secretary=cast.secretary)
    services.assign_number(program, actor=cast.secretary, symbol="CTPH-X")
    series = program.register_entries.get().series
    entries = {
        state: services.reserve_number(series, actor=cast.secretary, subject=f"Văn bản {state}")
        for state in NumberState.values
    }
    services.use_number(entries["used"], actor=cast.secretary, used_on=clock.today())
    services.void_number(entries["voided"], actor=cast.secretary, reason="Ghi nhầm")
    return Stage(cast, series, entries, Program.objects.get(pk=program.pk))


def viewed(stage: Stage):
    """Series and numbers have a scope and no predicate of their own: pages fetch them by it."""
    return []


def reached(stage: Stage) -> set[str]:
    """The states the staged numbers are in."""
    return {RegisterEntry.objects.get(pk=entry.pk).state for entry in stage.entries.values()}


EVERY_STATE = set(NumberState.values)


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about numbers, issue and amendment."""
    if state == NONE_YET:
        return _opening(stage)
    if state == IN_FORCE:
        return _in_force(stage.program)
    entry, series, today = stage.entries[state], stage.series, clock.today()
    series.refresh_from_db()
    ahead = {"first": series.next_number, "last": series.next_number, "why": GapReason.OUTSIDE, "words": "Trên giấy"}
    return {
        "can_keep_register": lambda actor: permissions.can_keep_register(actor, series.agency),
        "reserve_number": lambda actor: services.reserve_number(series, actor=actor, subject="Kế hoạch"),
        "explain_gap": lambda actor: services.explain_gap(series, actor=actor, **ahead),
        "use_number": lambda actor: services.use_number(entry, actor=actor, used_on=today),
        "void_number": lambda actor: services.void_number(entry, actor=actor, reason="Ghi nhầm"),
    }


def _opening(stage: Stage) -> dict[str, Callable[[Membership], object] | None]:
    opened = {"agency": stage.cast.agencies["lead"], "document_type": DocumentType.PLAN, "year": 2022}
    return {
        "can_open_register": permissions.can_open_register,
        "open_series": lambda actor: services.open_series(actor=actor, **opened),
    }


def _in_force(program: Program) -> dict[str, Callable[[Membership], object] | None]:
    return {
        "can_issue": lambda actor: permissions.can_issue(actor, program),
        "can_amend": lambda actor: permissions.can_amend(actor, program),
        "issue": lambda actor: services.issue(program, actor=actor, issued_on=clock.today(), recipients="Các bên"),
        "amend": lambda actor: services.amend(program, actor=actor, by=AmendmentWay.PROGRAM),
    }
