"""A program from draft to evaluation, a task table waiting for it, and the next program to be started from it."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from agencies.models import Membership
from coordination.carryover import permissions as starting
from coordination.carryover import services as carryover
from coordination.carryover.enums import Part
from coordination.carryover.queries import Choice, plan_of
from coordination.intake import permissions, services
from coordination.intake.models import TaskTable
from coordination.intake.queries import grids_of, preview_of
from coordination.programs import services as drafting
from coordination.programs.models import Program
from tests.factories.intake import HEAD, make_workbook, row, send
from tests.factories.programs import make_area, make_program
from tests.integration.rights.cast import Cast

STATES = ("draft", "signed", "evaluating")


@dataclass(frozen=True)
class Stage:
    """A program in each state, each with a table its drafting secretary sent."""

    cast: Cast
    programs: dict[str, Program]
    tables: dict[str, TaskTable]
    content: bytes


def set_stage(cast: Cast) -> Stage:
    make_area(cast.unit)
    lead = cast.agencies["lead"].current_name
    content = make_workbook([HEAD, row(c3=lead, c4="")])
    programs, tables = {}, {}
    for state in STATES:
        begun = "draft" if state == "draft" else "signed"
        program = make_program(begun, agencies=cast.parties, secretary=cast.secretary)
        tables[state] = send(program, cast.secretary, content)
        programs[state] = advance_on(program, state, cast)
    return Stage(cast, programs, tables, content)


def advance_on(program: Program, state: str, cast: Cast) -> Program:
    """On from signed to evaluation, where that is asked for."""
    if state == "evaluating":
        drafting.open_evaluation(program, actor=cast.secretary)
    return Program.objects.get(pk=program.pk)


def viewed(stage: Stage):
    """The table of whoever sent it."""
    return [(TaskTable, permissions.can_view_table)]


def reached(stage: Stage) -> set[str]:
    """The states the staged programs are in."""
    return {program.state for program in stage.programs.values()}


EVERY_STATE = {"draft", "in_force", "evaluating"}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service of the two rooms."""
    program, table = stage.programs[state], TaskTable.objects.get(pk=stage.tables[state].pk)
    [grid] = grids_of(table.file)
    digest = preview_of(grid, program, actor=stage.cast.secretary).digest
    sent = {"name": "bang.xlsx", "size_bytes": len(stage.content)}
    everyone = frozenset(program.parties.values_list("pk", flat=True))
    choice = Choice(2023, "Chương trình năm 2023", "Năm 2023", ticked={Part.PARTIES: everyone})

    def start(actor: Membership) -> Program:
        plan = plan_of(program, actor=actor, choice=choice)
        return carryover.start_from(program, actor=actor, choice=choice, digest=plan.digest)

    return {
        "can_import_tasks": lambda actor: permissions.can_import_tasks(actor, program),
        "can_view_table": lambda actor: permissions.can_view_table(actor, table),
        "can_take_in": lambda actor: permissions.can_take_in(actor, table),
        "send_table": lambda actor: services.send_table(program, actor=actor, content=BytesIO(stage.content), **sent),
        "take_in": lambda actor: services.take_in(table, actor=actor, digest=digest, sheet=0),
        "can_start_from": lambda actor: starting.can_start_from(actor, program),
        "start_from": start,
    }
