"""Who may take a table of tasks in: whoever may add tasks to its program, one or three hundred."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.scopes import works_on_content
from agencies.models import Membership
from coordination.intake.models import TaskTable
from coordination.programs.enums import ENDED_STATES, ProgramState
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_program
from coordination.tasks.permissions import can_create_task, writes_tasks
from records.errors import Decision

# In these no task can be added any more; a table sent before then finds that the program has moved on.
CLOSED_TO_TASKS = (ProgramState.EVALUATING, *ENDED_STATES)


def can_import_tasks(actor: Membership, program: Program) -> Decision:
    """Officials and secretaries of a party, until the program is evaluated or has ended."""
    if not (may := can_create_task(actor, program)):
        return may
    if program.state in CLOSED_TO_TASKS:
        return no(_("The program is being evaluated or has ended; no task can be added."))
    return may


def can_send_workbook(actor: Membership) -> Decision:
    """Officials and secretaries send the workbook of their agency back; each of its rows is asked about by itself."""
    if not works_on_content(actor):
        return no(_("Workbooks of tasks are filled in by those who work on them."))
    if not writes_tasks(actor):
        return no(_("Officials and secretaries send workbooks of tasks. Ask one of your agency."))
    return YES


def can_view_table(actor: Membership, table: TaskTable) -> Decision:
    """Whoever sent a table sees it, as long as they see its program; to everyone else it does not exist."""
    if table.by_id != actor.pk or not works_on_content(actor):
        return unseen()
    return can_view_program(actor, table.program) if table.program_id else YES


def can_take_in(actor: Membership, table: TaskTable) -> Decision:
    """Whoever sent the table takes it in, while tasks may be added to its program, or of an agency's while their role
    writes tasks."""
    if not (seen := can_view_table(actor, table)):
        return seen
    return can_import_tasks(actor, table.program) if table.program_id else can_send_workbook(actor)


def can_undo_take_in(actor: Membership, table: TaskTable) -> Decision:
    """Whoever took a table in undoes it, while their role writes tasks; for how long is a rule of its own."""
    if not (seen := can_view_table(actor, table)):
        return seen
    return can_send_workbook(actor)


can_tell_columns = can_take_in
