"""A program from draft to evaluation, a task table waiting for it and one taken in, its workbook, and the next program
to be started from it."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from agencies.models import Membership
from coordination.carryover import permissions as starting
from coordination.carryover import services as carryover
from coordination.carryover.enums import Part
from coordination.carryover.queries import Choice, plan_of
from coordination.intake import permissions, services
from coordination.intake.enums import Column
from coordination.intake.models import TaskTable
from coordination.intake.queries import grids_of, preview_of
from coordination.intake.queries.layouts import lines_shown
from coordination.programs import services as drafting
from coordination.programs.models import Program
from coordination.workbooks import permissions as handing_out
from coordination.workbooks import services as workbooks
from tests.factories.intake import HEAD, make_workbook, row, send
from tests.factories.programs import make_area, make_program
from tests.integration.rights.cast import Cast

STATES = ("draft", "signed", "evaluating")


@dataclass(frozen=True)
class Stage:
    """A program in each state, each with a table its drafting secretary sent and one they have taken in."""

    cast: Cast
    programs: dict[str, Program]
    tables: dict[str, TaskTable]
    taken: dict[str, TaskTable]
    content: bytes


def set_stage(cast: Cast) -> Stage:
    make_area(cast.unit)
    lead = cast.agencies["lead"].current_name
    content = make_workbook([HEAD, row(c3=lead, c4="")])
    programs, tables, taken = {}, {}, {}
    for state in STATES:
        begun = "draft" if state == "draft" else "signed"
        program = make_program(begun, agencies=cast.parties, secretary=cast.secretary)
        tables[state] = send(program, cast.secretary, content)
        taken[state] = send(program, cast.secretary, make_workbook([HEAD, row(c2="Việc đã nhập", c3=lead, c4="")]))
        services.take_in(taken[state], actor=cast.secretary, digest=_digest(taken[state], cast), sheet=0)
        programs[state] = advance_on(program, state, cast)
    return Stage(cast, programs, tables, taken, content)


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
    digest = _digest(table, stage.cast)
    taken = TaskTable.objects.get(pk=stage.taken[state].pk)
    pasted = "Việc\tAi\tBao giờ\nRà soát\tBên thứ 1\tQuý III\n"
    columns = {2: Column.CONTENT, 3: Column.LEAD, 5: Column.TIME}
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
        "send_pasted": lambda actor: services.send_pasted(program, actor=actor, text=pasted),
        "tell_columns": lambda actor: services.tell_columns(
            table, actor=actor, shown=lines_shown(grid, actor), columns=columns
        ),
        "can_undo_take_in": lambda actor: permissions.can_undo_take_in(actor, taken),
        "undo_take_in": lambda actor: services.undo_take_in(taken, actor=actor),
        "can_send_workbook": permissions.can_send_workbook,
        "can_take_program_workbook": lambda actor: handing_out.can_take_program_workbook(actor, program),
        "take_program_workbook": lambda actor: workbooks.take_program_workbook(program, actor=actor),
        "can_take_agency_workbook": handing_out.can_take_agency_workbook,
        "take_agency_workbook": lambda actor: workbooks.take_agency_workbook(2022, actor=actor),
        "can_start_from": lambda actor: starting.can_start_from(actor, program),
        "start_from": start,
    }


def _digest(table: TaskTable, cast: Cast) -> str:
    """What the drafting secretary would have looked at."""
    [grid] = grids_of(table.file)
    return preview_of(grid, table.program, actor=cast.secretary).digest
