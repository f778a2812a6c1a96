"""Who may take a table of tasks into a program: whoever may add tasks to it, one or three hundred."""

from django.utils.translation import gettext as _

from agencies.access.decisions import no, unseen
from agencies.models import Membership
from coordination.intake.models import TaskTable
from coordination.programs.enums import ENDED_STATES, ProgramState
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_program
from coordination.tasks.permissions import can_create_task
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


def can_view_table(actor: Membership, table: TaskTable) -> Decision:
    """Whoever sent a table sees it, as long as they see its program; to everyone else it does not exist."""
    return can_view_program(actor, table.program) if table.by_id == actor.pk else unseen()


def can_take_in(actor: Membership, table: TaskTable) -> Decision:
    """Whoever sent the table takes it in, while tasks may be added to its program."""
    if not (seen := can_view_table(actor, table)):
        return seen
    return can_import_tasks(actor, table.program)
